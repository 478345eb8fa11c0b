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
    compositions,
    dashboard,
    drafts,
    errors,
    filters,
    imports,
    languages,
    leaderboards,
    library,
    markup,
    packs,
    players,
    plays,
    proposals,
    quizzes,
    rehearsals,
    revisions,
    sessions,
    suggestions,
    taxonomy,
    users,
    versions,
)

NOUNS = (
    about,
    accounts,
    agreements,
    annotations,
    articles,
    categories,
    clashes,
    compositions,
    dashboard,
    drafts,
    imports,
    languages,
    leaderboards,
    library,
    markup,
    packs,
    players,
    plays,
    proposals,
    quizzes,
    revisions,
    rehearsals,
    sessions,
    suggestions,
    taxonomy,
    users,
    versions,
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
