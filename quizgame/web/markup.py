"""Changing what is found in a passage."""

import re
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from quizgame.domain import markup as marks
from quizgame.domain.errors import InputError, NotFoundError, StaleError
from quizgame.domain.markup import Find, key_of
from quizgame.domain.passages import Annotation, Passage, Span
from quizgame.services import annotations, markup, revisions
from quizgame.services.categories import taxonomy_of
from quizgame.services.markup import Begun, Edit
from quizgame.services.taxonomy import get_taxonomy
from quizgame.web import clashes
from quizgame.web.access import now, require_user, visitor
from quizgame.web.annotations import ANNOTATION, GREY, STET, Inspector, find_of, page
from quizgame.web.forms.annotations import (
    AnnotationForm,
    EvidencedForm,
    FindForm,
    GreyForm,
    StetForm,
    read_rev,
    read_span,
)
from quizgame.web.requests import wants_json

blueprint = Blueprint("markup", __name__, url_prefix="/annotations")
MOVES = {
    "start-back": ("start", -1),
    "start-on": ("start", 1),
    "stop-back": ("stop", -1),
    "stop-on": ("stop", 1),
}
SAVE, REMOVE = "save", "remove"
DROP = re.compile("drop-([0-9])")
NEW = {ANNOTATION: "annotate", STET: "stet", GREY: "grey"}


@blueprint.post("/<set_id>/passages/<int:number>/selection")
@require_user
def select(set_id: str, number: int) -> ResponseReturnValue:
    """Go on with chosen words: to a new find, or by splitting or joining stretches there."""
    set_ = annotations.get_set(visitor().user_id, set_id)
    sent = dict(request.form.lists())
    if not {"rev", "do"} <= sent.keys() <= {"csrf_token", "rev", "do", "words", "show"}:
        raise BadRequest
    begun = Begun(set_, visitor().user_id, number, read_rev(request.form["rev"]))
    passage = annotations.standing(set_, number).passage
    do = request.form["do"]
    layer = request.form.get("show") or None
    back: dict[str, Any] = {"set_id": set_id, "number": number, "show": layer}
    try:
        span = _chosen(passage, sent.get("words", []))
        if do in NEW:
            back |= {"new": do, "start": span.start, "stop": span.stop, "layer": layer}
            return redirect(url_for("annotations.edit", **back, _anchor="inspector"), 303)
        if do not in {"split", "join"}:
            raise BadRequest
        edit = marks.split_before if do == "split" else marks.join_after
        markup.change(begun, lambda passage: edit(passage, span), do, now=now())
    except StaleError:
        flash(_("Somebody has changed this passage meanwhile. This is how it stands now."))
    except InputError as error:
        flash(_(str(error)))
    return redirect(url_for("annotations.edit", **back), 303)


@blueprint.post("/<set_id>/passages/<int:number>/annotations/<annotation_id>")
@require_user
def put_annotation(set_id: str, number: int, annotation_id: str) -> ResponseReturnValue:
    """Store an annotation, new or changed; move its edges, or remove it."""
    set_ = annotations.get_set(visitor().user_id, set_id)
    form = AnnotationForm.of_request()
    work = _Work(Begun(set_, visitor().user_id, number, _rev()), ANNOTATION, annotation_id, form)
    used = {a.category for a in work.passage.annotations}
    taxonomy = taxonomy_of(visitor().user_id, used=used)
    if work.is_removal():
        return work.remove()
    if not form.validate() or not form.check_terms(taxonomy):
        return work.refuse()
    values = form.values(taxonomy)
    old = work.old
    if isinstance(old, Annotation):
        return work.store(replace(old, span=work.span, **values))
    return work.store(Annotation(annotation_id, work.span, **values))


@blueprint.post("/<set_id>/passages/<int:number>/stets/<stet_id>")
@require_user
def put_stet(set_id: str, number: int, stet_id: str) -> ResponseReturnValue:
    """Store why a stretch is fair; move its edges, or remove it."""
    set_ = annotations.get_set(visitor().user_id, set_id)
    form = StetForm.of_request()
    work = _Work(Begun(set_, visitor().user_id, number, _rev()), STET, stet_id, form)
    if work.is_removal():
        return work.remove()
    if not form.validate():
        return work.refuse()
    _check_layers(form.layers.data or [])
    return work.store(form.stet(stet_id, work.span))


@blueprint.post("/<set_id>/passages/<int:number>/grey/<grey_id>")
@require_user
def put_grey(set_id: str, number: int, grey_id: str) -> ResponseReturnValue:
    """Store a grey zone; move its edges, or remove it."""
    set_ = annotations.get_set(visitor().user_id, set_id)
    form = GreyForm.of_request()
    work = _Work(Begun(set_, visitor().user_id, number, _rev()), GREY, grey_id, form)
    if work.is_removal():
        return work.remove()
    if not form.validate():
        return work.refuse()
    _check_layers([form.said("layer")])
    return work.store(form.zone(work.span))


class _Work:
    """One find in hand: what was sent about it, and the passage that its sender saw."""

    def __init__(self, begun: Begun, what: str, id_: str, form: FindForm) -> None:
        [self.begun, self.what, self.id, self.form] = [begun, what, id_, form]
        self.do = request.form.get("do", SAVE)
        stands = annotations.standing_at(begun.set_, begun.number, begun.rev)
        self.passage = stands.passage
        self.old = self._find_old()
        self.span = self._read_span()
        if isinstance(form, EvidencedForm) and (row := DROP.fullmatch(self.do)):
            form.drop(int(row[1]))
        elif self.do not in {SAVE, REMOVE, *MOVES}:
            raise BadRequest

    def _find_old(self) -> Find | None:
        try:
            return find_of(self.passage, self.what, self.id)
        except NotFoundError:
            if markup.may_be_new(self.id):
                return None
            raise

    def _read_span(self) -> Span:
        span = read_span(request.form.get("start", ""), request.form.get("stop", ""))
        is_same = self.old is not None and self.old.span == span
        span = span if is_same else marks.snapped(self.passage, span)
        if self.do not in MOVES:
            return span
        try:
            return marks.moved(self.passage, span, *MOVES[self.do])
        except InputError as error:
            flash(_(str(error)))
            return span

    def is_removal(self) -> bool:
        """Tell whether the find shall go."""
        return self.do == REMOVE

    def remove(self) -> ResponseReturnValue:
        """Take the find away."""
        if self.old is None:
            return redirect(self._address(""), 303)
        key = key_of(self.old)
        return self._carry_out(lambda passage: marks.remove(passage, key), "remove", "")

    def store(self, find: Find) -> ResponseReturnValue:
        """Put the find in its place."""
        word = f"{markup.EDIT}{self.id}" if self.old else NEW[self.what]
        old_key = key_of(self.old) if self.old else ""
        id_ = key_of(find).partition(" ")[2].replace(" ", ".") if self.what == GREY else self.id
        return self._carry_out(markup.adder(self.begun.set_, find, old_key), word, id_)

    def refuse(self) -> ResponseReturnValue:
        """Say what will not do, with everything that was typed still in its place."""
        if wants_json():
            words = [_(word) for word in self.form.sentences()]
            return jsonify(saved=False, errors=words), 422
        key = key_of(self.old) if self.old else ""
        inspector = Inspector(self.what, self.id, key, self.span, self.form)
        return page(self.begun.set_, self.begun.number, inspector, 422)

    def _carry_out(self, edit: Edit, word: str, id_: str) -> ResponseReturnValue:
        set_, number = self.begun.set_, self.begun.number
        try:
            rev = markup.change(self.begun, edit, word, now=now())
        except StaleError:
            return clashes.show(self.begun, edit(self.passage))
        except InputError as error:
            self.form.form_errors.append(str(error))
            return self.refuse()
        if not wants_json():
            flash(_("Saved.") if id_ else _("Removed. Undo brings it back."))
            return redirect(self._address(id_), 303)
        stack = revisions.stack(set_, number)
        can = {"undo": stack.undo is not None, "redo": stack.redo is not None}
        action = url_for(request.endpoint or "", **{**(request.view_args or {}), self._arg: id_})
        return jsonify(saved=True, rev=rev, action=action, address=self._address(id_), **can)

    @property
    def _arg(self) -> str:
        return f"{self.what}_id"

    def _address(self, id_: str) -> str:
        shown: dict[str, Any] = {self.what: id_} if id_ else {}
        shown["show"] = request.args.get("show")
        place: dict[str, Any] = {"set_id": self.begun.set_.public_id, "number": self.begun.number}
        anchor = "inspector" if id_ else None
        return url_for("annotations.edit", **place, **shown, _anchor=anchor)


def _rev() -> int:
    return read_rev(request.form.get("rev", ""))


def _chosen(passage: Passage, values: list[str]) -> Span:
    """Return the stretch from the first to the last chosen word. InputError if there is none."""
    spans = [read_span(*value.partition(":")[2].split("-")[:2]) for value in values if "-" in value]
    if not spans:
        raise InputError(marks.NO_WORDS)
    return marks.snapped(passage, Span(min(spans).start, max(span.stop for span in spans)))


def _check_layers(layers: list[str]) -> None:
    if not {layer.id for layer in get_taxonomy().layers}.issuperset(layers):
        raise BadRequest
