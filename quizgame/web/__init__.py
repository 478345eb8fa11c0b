"""Top floor: HTTP in, pages out. One blueprint a noun."""

from flask import Flask

from quizgame.web import (
    about,
    access,
    accounts,
    agreements,
    annotations,
    articles,
    categories,
    clashes,
    dashboard,
    drafts,
    errors,
    filters,
    languages,
    leaderboards,
    library,
    markup,
    players,
    plays,
    quizzes,
    revisions,
    sessions,
    suggestions,
    taxonomy,
    users,
)

NOUNS = (
    about,
    accounts,
    agreements,
    annotations,
    articles,
    categories,
    clashes,
    dashboard,
    drafts,
    languages,
    leaderboards,
    library,
    markup,
    players,
    plays,
    quizzes,
    revisions,
    sessions,
    suggestions,
    taxonomy,
    users,
)
HEADERS = access.HEADERS
choose_locale = languages.choose_locale


def init_app(app: Flask) -> None:
    """Open every blueprint, and what all pages share."""
    access.init_app(app)
    errors.init_app(app)
    filters.init_app(app)
    for module in NOUNS:
        app.register_blueprint(module.blueprint)
