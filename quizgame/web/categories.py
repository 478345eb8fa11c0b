"""Own categories: what a teacher looks for beside the built-in list."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizgame.domain.errors import InputError
from quizgame.services import categories
from quizgame.services.taxonomy import get_taxonomy
from quizgame.web.access import now, require_user, visitor
from quizgame.web.forms.categories import CategoryForm
from quizgame.web.requests import read_form

blueprint = Blueprint("categories", __name__, url_prefix="/categories")


@blueprint.get("")
@require_user
def index() -> ResponseReturnValue:
    """List one's own categories, and those that colleagues share."""
    found = categories.categories_of(visitor().user_id)
    return render_template("categories/index.html", categories=found)


@blueprint.route("/new", methods=["GET", "POST"])
@require_user
def new() -> ResponseReturnValue:
    """Make a category."""
    form = CategoryForm.of_request()
    if form.is_sent():
        try:
            shared = bool(form.is_shared.data)
            categories.add_category(visitor().user_id, form.category(), shared, now=now())
            flash(_("Saved."))
            return redirect(url_for(".index"), 303)
        except InputError as error:
            form.refuse(error)
    return _page(form, ""), 422 if form.errors else 200


@blueprint.route("/<category_id>", methods=["GET", "POST"])
@require_user
def edit(category_id: str) -> ResponseReturnValue:
    """Change a category; what is annotated with it shows the new words."""
    row = categories.get_category(visitor().user_id, category_id)
    form = CategoryForm.of_request(row.document, row.is_shared)
    if form.is_sent():
        try:
            categories.change_category(
                visitor().user_id,
                category_id,
                form.category(),
                bool(form.is_shared.data),
                now=now(),
            )
            flash(_("Saved."))
            return redirect(url_for(".index"), 303)
        except InputError as error:
            form.refuse(error)
    return _page(form, category_id), 422 if form.errors else 200


@blueprint.post("/<category_id>/remove")
@require_user
def remove(category_id: str) -> ResponseReturnValue:
    """Offer a category no more."""
    categories.get_category(visitor().user_id, category_id)
    read_form()
    categories.remove_category(visitor().user_id, category_id, now=now())
    flash(_("Removed. What is annotated with it keeps its name."))
    return redirect(url_for(".index"), 303)


def _page(form: CategoryForm, id_: str) -> str:
    taxonomy = categories.taxonomy_of(visitor().user_id)
    built_in = get_taxonomy()
    families = {
        layer.id: list(dict.fromkeys(c.family for c in built_in.of_layer(layer.id)))
        for layer in built_in.layers
    }
    return render_template(
        "categories/edit.html", form=form, id=id_, taxonomy=taxonomy, families=families
    )
