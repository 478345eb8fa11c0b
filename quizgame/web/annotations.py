"""The annotation editor: an article's passages, and what is found in each of them."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from quizgame.domain import proofs
from quizgame.domain.errors import NotFoundError
from quizgame.domain.items import Question
from quizgame.domain.markup import Find, key_of, markup_of, snapped
from quizgame.domain.passages import Annotation, GreyZone, Passage, Span, Stet
from quizgame.domain.taxonomy import Taxonomy
from quizgame.rounds import KINDS
from quizgame.services import annotations, lints, markup, revisions
from quizgame.services.annotations import BLIND, NO_SUCH_ARTICLE, Standing
from quizgame.services.categories import taxonomy_of
from quizgame.services.lints import Breach
from quizgame.web.access import now, require_user, visitor
from quizgame.web.forms.annotations import AnnotationForm, FindForm, GreyForm, StetForm, read_span
from quizgame.web.requests import read_form

blueprint = Blueprint("annotations", __name__, url_prefix="/annotations")
ANNOTATION, STET, GREY = "annotation", "stet", "grey"


@dataclass(frozen=True, slots=True)
class Inspector:
    """What is looked at closely: a find that is stored, or one that is about to be.

    `key` is empty for a new one; `id` is that under which it is, or will be, stored.
    """

    what: str
    id: str
    key: str
    span: Span
    form: FindForm


@blueprint.get("/<set_id>")
@require_user
def show(set_id: str) -> ResponseReturnValue:
    """List the passages with what is found in them."""
    set_ = annotations.get_set(visitor().user_id, set_id)
    version = annotations.version_of(set_)
    standings = annotations.standings(set_)
    taxonomy = _taxonomy(standings)
    layer = _layer(taxonomy)
    shown = [s for s in standings if _has(s.passage, layer)]
    return render_template(
        "annotations/show.html",
        set=set_,
        version=version,
        standings=shown,
        total=len(standings),
        taxonomy=taxonomy,
        layer=layer,
        is_clean_copy=request.args.get("view") == "clean",
        breaches=_breaches(set_, standings, taxonomy),
        is_blind=set_.purpose == BLIND,
        tally=proofs.tally,
        untouched=proofs.untouched,
    )


@blueprint.get("/<set_id>/passages/<int:number>")
@require_user
def edit(set_id: str, number: int) -> ResponseReturnValue:
    """Show a passage with what is found in it, and one find closely if the address names it."""
    set_ = annotations.get_set(visitor().user_id, set_id)
    return page(set_, number, inspected(annotations.standing(set_, number).passage))


@blueprint.get("/<set_id>/passages/<int:number>/preview")
@require_user
def preview(set_id: str, number: int) -> ResponseReturnValue:
    """Show a passage as a student meets it in a round: without the key."""
    set_ = annotations.get_set(visitor().user_id, set_id)
    passage = annotations.standing(set_, number).passage
    kinds = {id_: kind for id_, kind in KINDS.items() if kind.layer}
    chosen = request.args.get("kind") or next(iter(kinds))
    if chosen not in kinds:
        raise BadRequest
    source = annotations.version_of(set_).document.source
    question = Question(source, (passage.bare(),), (), None)
    return render_template(
        "annotations/preview.html",
        set=set_,
        number=number,
        kinds=kinds,
        chosen=chosen,
        question=question,
        form=kinds[chosen].form(question),
    )


@blueprint.post("/<set_id>/finish")
@require_user
def finish(set_id: str) -> ResponseReturnValue:
    """Note that a blind annotator is finished."""
    set_ = annotations.get_set(visitor().user_id, set_id)
    read_form()
    annotations.finish(set_, now=now())
    flash(_("Thank you. Your annotations can now be compared."))
    return redirect(url_for(".show", set_id=set_id), 303)


@blueprint.post("/<set_id>/reopen")
@require_user
def reopen(set_id: str) -> ResponseReturnValue:
    """Let a blind annotator go on."""
    set_ = annotations.get_set(visitor().user_id, set_id)
    read_form()
    annotations.reopen(set_)
    return redirect(url_for(".show", set_id=set_id), 303)


def page(set_: Any, number: int, inspector: Inspector | None, status: int = 200) -> tuple[str, int]:
    """Render the editor of a passage, with one find looked at closely or none."""
    standings = annotations.standings(set_)
    if number >= len(standings):
        raise NotFoundError(NO_SUCH_ARTICLE)
    stands = standings[number]
    taxonomy = _taxonomy(standings)
    layer = _layer(taxonomy)
    signs = proofs.signs_of(stands.passage)
    html = render_template(
        "annotations/edit.html",
        set=set_,
        version=annotations.version_of(set_),
        standing=stands,
        passage=stands.passage,
        last=len(standings) - 1,
        inspector=inspector,
        taxonomy=taxonomy,
        layer=layer,
        all_signs=signs,
        signs=proofs.of_layer(signs, layer),
        pieces=proofs.pieces,
        breaches=_breaches(set_, standings, taxonomy).get(number, []),
        stack=revisions.stack(set_, number),
        is_blind=set_.purpose == BLIND,
        is_closed=set_.finished_at is not None,
        is_clean_copy=request.args.get("view") == "clean",
    )
    return html, status


def inspected(passage: Passage) -> Inspector | None:
    """Return what the address asks to look at closely, if anything."""
    for what in (ANNOTATION, STET, GREY):
        if id_ := request.args.get(what, ""):
            find = find_of(passage, what, id_)
            return Inspector(what, id_, key_of(find), find.span, form_of(find))
    what = request.args.get("new", "")
    if not what:
        return None
    if what not in {ANNOTATION, STET, GREY}:
        raise BadRequest
    span = snapped(passage, read_span(request.args.get("start", ""), request.args.get("stop", "")))
    layer = request.args.get("layer", "")
    if what == ANNOTATION:
        form: FindForm = AnnotationForm.new(layer)
    else:
        form = StetForm(layers=[layer]) if what == STET else GreyForm(layer=layer)
    return Inspector(what, markup.new_find_id(), "", span, form)


def find_of(passage: Passage, what: str, id_: str) -> Find:
    """Return a find of a passage. Raises NotFoundError."""
    key = f"{what} {id_.replace('.', ' ') if what == GREY else id_}"
    find = markup_of(passage).finds.get(key)
    if find is None:
        raise NotFoundError(NO_SUCH_ARTICLE)
    return find


def form_of(find: Find) -> FindForm:
    """Return the form of a find as it is stored."""
    if isinstance(find, Annotation):
        return AnnotationForm.of(find)
    if isinstance(find, Stet):
        return StetForm(layers=list(find.layers), why=find.why, evidence=find.evidence)
    assert isinstance(find, GreyZone)
    return GreyForm(layer=find.layer, why=find.why)


def _layer(taxonomy: Taxonomy) -> str:
    layer = request.args.get("show", "")
    return layer if layer in {entry.id for entry in taxonomy.layers} else ""


def _has(passage: Passage, layer: str) -> bool:
    return not layer or bool(proofs.of_layer(proofs.signs_of(passage), layer))


def _taxonomy(standings: list[Standing]) -> Taxonomy:
    used = {a.category for s in standings for a in s.passage.annotations}
    return taxonomy_of(visitor().user_id, used=used)


def _breaches(set_: Any, standings: list[Standing], taxonomy: Taxonomy) -> dict[int, list[Breach]]:
    if set_.purpose == BLIND:
        return {}
    return lints.breaches(annotations.version_of(set_).document, standings, taxonomy)
