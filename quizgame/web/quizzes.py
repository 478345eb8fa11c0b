"""The sets: the front page, and each set with its prices before it begins."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quizgame.rounds import KINDS
from quizgame.services import plays, quizzes
from quizgame.web.access import player_id

blueprint = Blueprint("quizzes", __name__)


@blueprint.get("/")
def front_page() -> ResponseReturnValue:
    """Say what this is, and let a student begin."""
    sets = quizzes.open_quizzes()
    return render_template("quizzes/front_page.html", quizzes=sets)


@blueprint.get("/quizzes")
def index() -> ResponseReturnValue:
    """List the sets."""
    return render_template("quizzes/index.html", quizzes=quizzes.open_quizzes())


@blueprint.get("/quizzes/<public_id>")
def show(public_id: str) -> ResponseReturnValue:
    """Show a set and what its rounds pay and cost."""
    quiz = quizzes.get_quiz(public_id)
    player = player_id()
    mine = plays.plays_of_set(player, quiz.id) if player else []
    kinds = [KINDS[round_.kind].title for round_ in quiz.rounds]
    asked = {title: kinds.count(title) for title in dict.fromkeys(kinds)}
    titles = {KINDS[r.kind].pool.name: KINDS[r.kind].title for r in quiz.rounds}
    return render_template(
        "quizzes/show.html",
        quiz=quiz,
        said=quizzes.tell(quiz),
        asked=asked,
        mine=mine,
        titles=titles,
    )
