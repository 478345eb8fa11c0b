"""A mutant of the server that says "saved" first and saves later. The checker must catch it."""

import gevent
from flask import current_app

from quizgame.cli import main
from quizgame.models.base import db
from quizgame.models.plays import Play
from quizgame.services import answers

DELAY = 0.1


def later(service):
    """Make a service that promises at once, and keeps its promise a little later."""

    def promise(play, number, response, rev, *, now):
        app, play_id = current_app._get_current_object(), play.id

        def keep():
            with app.app_context():
                service(db.session.get_one(Play, play_id), number, response, rev, now=now)

        gevent.spawn_later(DELAY, keep)
        return rev

    return promise


answers.save_answer = later(answers.save_answer)
answers.lock_answer = later(answers.lock_answer)

if __name__ == "__main__":
    main()
