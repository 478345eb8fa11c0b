"""Sets in the making: the list of one's own, the builder, and publishing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from quizgame.domain.breaches import Breach
from quizgame.domain.errors import ContentError, InputError, StaleError
from quizgame.rounds import KINDS
from quizgame.services import drafts, proposals, publications, quizzes
from quizgame.services.annotations import key_of
from quizgame.services.drafts import LEVELS, LICENCES, Desk
from quizgame.services.library import source_of
from quizgame.web.access import now, require_user, visitor
from quizgame.web.forms.drafts import FactsForm, read_lists, read_rev
from quizgame.web.requests import read_form

blueprint = Blueprint("drafts", __name__, url_prefix="/drafts")
TEMPLATES = {"": 0, "starter": proposals.SHORT, "lesson": proposals.LONG}
"""What a new set begins with: the minutes for which rounds are proposed."""


@blueprint.get("")
@require_user
def index() -> ResponseReturnValue:
    """List the sets of a teacher, and begin a new one."""
    user_id = visitor().user_id
    mine, articles = drafts.drafts_of(user_id), drafts.articles_for(user_id)
    return render_template("drafts/index.html", drafts=mine, articles=articles)


@blueprint.post("")
@require_user
def create() -> ResponseReturnValue:
    """Begin a set about an article: empty, or with rounds that are proposed."""
    sent = read_lists(["article"], ["template"])
    if len(sent["template"]) > 1:
        raise BadRequest
    chosen = "".join(sent["template"])
    if chosen not in TEMPLATES:
        raise BadRequest
    user_id = visitor().user_id
    version = drafts.newest_version(user_id, sent["article"][0])
    draft_id = proposals.begin(user_id, version, TEMPLATES[chosen], now=now())
    if chosen and not drafts.get_draft(user_id, draft_id).document.rounds:
        return redirect(url_for("proposals.show", draft_id=draft_id), 303)
    return redirect(url_for(".show", draft_id=draft_id), 303)


@blueprint.get("/<draft_id>")
@require_user
def show(draft_id: str) -> ResponseReturnValue:
    """Show the builder."""
    desk = drafts.on_desk(visitor().user_id, draft_id)
    return builder(desk, FactsForm.of_draft(desk.draft))


@blueprint.post("/<draft_id>")
@require_user
def save(draft_id: str) -> ResponseReturnValue:
    """Keep what is said about a set."""
    desk = drafts.on_desk(visitor().user_id, draft_id)
    form = FactsForm.of_request()
    rev = read_rev(form.said("rev"))
    if form.is_sent():
        facts = form.facts()
        try:
            drafts.save_facts(visitor().user_id, draft_id, rev, facts, now=now())
        except InputError as error:
            form.refuse(error)
        except StaleError as error:
            return conflict(desk, error, _fact_rows(desk.draft, facts))
        else:
            flash(_("Saved."))
            return redirect(url_for(".show", draft_id=draft_id, _anchor="about"), 303)
    return builder(desk, form), 422


@blueprint.post("/<draft_id>/remove")
@require_user
def remove(draft_id: str) -> ResponseReturnValue:
    """Throw a set away."""
    rev = read_rev(read_form("rev")["rev"])
    try:
        publications.remove(visitor().user_id, draft_id, rev, now=now())
    except StaleError as error:
        return conflict(drafts.on_desk(visitor().user_id, draft_id), error, [])
    flash(_("The set is gone. Who plays it just now can play it to the end."))
    return redirect(url_for(".index"), 303)


@blueprint.post("/<draft_id>/publish")
@require_user
def publish(draft_id: str) -> ResponseReturnValue:
    """Publish a set as it stands."""
    rev, user_id = read_rev(read_form("rev")["rev"]), visitor().user_id
    drafts.get_draft(user_id, draft_id)
    try:
        is_new = publications.publish(user_id, draft_id, rev, now=now())
    except StaleError as error:
        return conflict(drafts.on_desk(user_id, draft_id), error, [])
    except ContentError as error:
        desk = drafts.on_desk(user_id, draft_id)
        form = FactsForm.of_draft(desk.draft)
        form.refuse(error)
        return builder(desk, form), 422
    flash(_("Published.") if is_new else _("The rounds are as published; what is said is new."))
    return redirect(url_for(".show", draft_id=draft_id, _anchor="publish"), 303)


@blueprint.post("/<draft_id>/withdraw")
@require_user
def withdraw(draft_id: str) -> ResponseReturnValue:
    """Take a published set back."""
    read_form()
    drafts.get_draft(visitor().user_id, draft_id)
    quizzes.withdraw(visitor().user_id, draft_id, now=now())
    flash(_("Withdrawn: nobody can start it any more."))
    return redirect(url_for(".index"), 303)


def builder(desk: Desk, form: FactsForm) -> str:
    """Return the page of the builder."""
    user_id, draft = visitor().user_id, desk.draft
    key = key_of(draft.article_id)
    return render_template(
        "drafts/show.html",
        desk=desk,
        draft=draft,
        findings=desk.findings,
        form=form,
        newer=drafts.newer_version(user_id, draft),
        copied_from=source_of(draft.forked_from_id),
        key=key,
        kinds=KINDS,
        levels=LEVELS,
        licences=LICENCES,
        target=lambda breach: _target(breach, key),
        passages={p.id: p for p in desk.material.article.passages},
        versions=quizzes.versions_of(user_id, draft.public_id),
    )


def conflict(
    desk: Desk, error: StaleError, rows: list[tuple[str, str, str]]
) -> ResponseReturnValue:
    """Show what stands and what was sent beside each other, and let the teacher choose."""
    sent = [(n, v) for n, values in request.form.lists() for v in values]
    fields = [(name, value) for name, value in sent if name not in {"csrf_token", "rev"}]
    page = render_template(
        "drafts/conflict.html", draft=desk.draft, error=_(str(error)), rows=rows, fields=fields
    )
    return page, 409


def _target(breach: Breach, key: str) -> str:
    """Return where to mend a breach: at the annotation, the round, or in what is said."""
    if breach.annotation and key:
        return url_for("annotations.show", set_id=key, _anchor=breach.annotation)
    return f"#round-{breach.round}" if breach.round else "#rounds"


def _fact_rows(draft: Any, facts: drafts.Facts) -> list[tuple[str, str, str]]:
    stands = FactsForm.of_draft(draft).facts()
    fields = {
        **{name: name for name in ("title", "summary", "language", "minutes", "topic", "level")},
        "licence": "licence",
        "credit": "credit",
        "is_listed": "listed",
        "is_shared": "shared",
    }
    rows = []
    for name, field in fields.items():
        one, other = getattr(stands, name), getattr(facts, name)
        if one != other:
            rows.append((_(str(FactsForm()[field].label.text)), _told(one), _told(other)))
    return rows


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return str(value)
