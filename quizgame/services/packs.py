"""Taking sets out as files that stand alone, and making them somebody's own again."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from quizgame.domain.errors import N_, ContentError
from quizgame.domain.passages import Annotation, Article
from quizgame.domain.quizzes import QuizDraft
from quizgame.domain.taxonomy import Category, Taxonomy
from quizgame.domain.worksheets import Sheet, sheet
from quizgame.formats import FORMATS, Asked, SetCopy, article_document, set_pack
from quizgame.formats._archives import SIGNATURE, packed
from quizgame.formats.set_pack import Pack
from quizgame.models.articles import ArticleVersion
from quizgame.models.base import begin_write, db
from quizgame.models.categories import OwnCategory
from quizgame.services import drafts, exchanges
from quizgame.services.articles import described
from quizgame.services.categories import PREFIX, taxonomy_of
from quizgame.services.checks import LONGEST_ROUND
from quizgame.services.credentials import new_id
from quizgame.services.drafts import LEVELS, MOST, Desk
from quizgame.services.linting import Findings, lint
from quizgame.services.taxonomy import get_taxonomy

MOST_BYTES = 2_500_000
TOO_LONG = N_("The set file is too large: 2.5 MB are the most.")
NOT_WHOLE = N_("The set file did not come through whole. Choose it again.")


@dataclass(frozen=True, slots=True)
class Opened:
    """A set file that may be kept: what is in it, and what the linter says of it."""

    pack: Pack
    findings: Findings


def formats() -> dict[str, tuple[str, str]]:
    """Return the formats that a set can be taken out in: their titles, and what each loses."""
    return {id_: (f.title, f.loses) for id_, f in FORMATS.items() if f.export}


def copy_of_draft(desk: Desk) -> SetCopy:
    """Return a draft as exporters see it. Rounds that cannot be asked are left out."""
    document, draft = desk.draft.document, desk.draft
    told = {name: getattr(document, name) for name in ("title", "summary", "language", "minutes")}
    told |= {name: getattr(draft, name) for name in ("topic", "level", "licence", "credit")}
    return exchanges.copy_with(desk.findings.rounds, id=draft.public_id, **told)


def sheets_of(copy: SetCopy) -> list[Sheet]:
    """Put the rounds of a set on paper."""

    def put(asked: Asked) -> Sheet:
        title = (asked.title, asked.task)
        return sheet(asked.number, title, asked.item, asked.layer, asked.right)

    return [put(asked) for asked in copy.rounds]


def open_file(user_id: int, data: bytes) -> Opened:
    """Read a set file, whatever it is called, without keeping it. Raises ContentError."""
    if len(data) > MOST_BYTES:
        raise ContentError(TOO_LONG)
    name = "set.zip" if data.startswith(SIGNATURE) else "set.json"
    pack = _checked(set_pack.read({name: data}))
    draft, article, categories = _renamed(pack, user_id)
    return Opened(pack, lint(draft, article, _with(taxonomy_of(user_id), categories)))


def carried(pack: Pack) -> str:
    """Return a pack as text that a form can carry from its preview to where it is kept."""
    return base64.b64encode(packed({"set.json": set_pack.write(pack)})).decode()


def uncarried(text: str) -> bytes:
    """Return what a form carried. Raises ContentError."""
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ContentError(NOT_WHOLE) from None


def keep_file(user_id: int, data: bytes, *, now: datetime) -> str:
    """Make a draft of a set file for a user; return its id. Raises ContentError."""
    pack = open_file(user_id, data).pack
    return adopt(user_id, pack, pack.credit, None, now=now)


def adopt(
    user_id: int, pack: Pack, credit: str, forked_from_id: int | None, *, now: datetime
) -> str:
    """Make a pack a user's own: its passages an article, its set a draft; return the draft's id.

    Categories that the user does not have become theirs, under ids of their own.
    """
    draft, article, categories = _renamed(pack, user_id)
    begin_write()
    for category in categories:
        document = replace(category, example="", origin=())
        db.session.add(
            OwnCategory(
                public_id=category.id,
                owner_id=user_id,
                document=document,
                is_shared=False,
                changed_at=now,
                removed_at=None,
            )
        )
    version = ArticleVersion(
        public_id=article.id,
        version=1,
        digest=sha256(article_document.write(article)).hexdigest(),
        document=article,
        stored_at=now,
        owner_id=user_id,
        removed_at=None,
        **described(article),
    )
    db.session.add(version)
    db.session.flush()
    told = {name: getattr(pack, name)[: MOST[name]] for name in ("topic", "licence")}
    told |= {"level": pack.level if pack.level in LEVELS else "", "credit": credit[:400]}
    made = drafts.added(user_id, version.id, draft, now=now, forked_from_id=forked_from_id, **told)
    db.session.add(made)
    db.session.commit()
    return draft.id


def _checked(pack: Pack) -> Pack:
    """Refuse what would keep a set from being looked at, or a category from having a place."""
    taxonomy = get_taxonomy()
    layers = {layer.id for layer in taxonomy.layers}
    families = {family.id for family in taxonomy.families}
    for category in pack.categories:
        if category.layer not in layers or category.family not in families:
            raise ContentError(f"{category.id}: there is no such layer or family")
    words = {p.id: len(p.words) for p in pack.article.passages}
    for number, plan in enumerate(pack.draft.rounds, start=1):
        if sum(words.get(id_, 0) for id_ in plan.passages) > LONGEST_ROUND:
            raise ContentError(f"round {number} has more than {LONGEST_ROUND} words")
    if not 1 <= pack.draft.minutes <= drafts.MOST_MINUTES:
        raise ContentError("a set takes 1 to 600 minutes")
    long = [n for n in ("title", "summary", "language") if len(getattr(pack.draft, n)) > MOST[n]]
    if long:
        raise ContentError(f"too long: {', '.join(long)}")
    return pack


def _renamed(pack: Pack, user_id: int) -> tuple[QuizDraft, Article, tuple[Category, ...]]:
    """Return draft, article and new categories under ids that nobody else has."""
    known = {category.id: category for category in taxonomy_of(user_id).categories}
    built_in = {category.id for category in get_taxonomy().categories}
    new = [c for c in pack.categories if c.id not in built_in and known.get(c.id) != c]
    ids = {category.id: f"{PREFIX}{new_id()}" for category in new}
    categories = tuple(
        replace(c, id=ids[c.id], confusable_with=_those(c.confusable_with, ids, known)) for c in new
    )
    passages = tuple(
        replace(p, annotations=tuple(_annotation(a, ids) for a in p.annotations))
        for p in pack.article.passages
    )
    article = replace(pack.article, id=new_id(), version=1, passages=passages)
    rounds = tuple(
        replace(plan, options=tuple(ids.get(id_, id_) for id_ in plan.options))
        for plan in pack.draft.rounds
    )
    draft = replace(
        pack.draft,
        id=new_id(),
        article=article.id,
        position=drafts.POSITION,
        rounds=rounds,
    )
    return draft, article, categories


def _annotation(annotation: Annotation, ids: Mapping[str, str]) -> Annotation:
    return replace(annotation, category=ids.get(annotation.category, annotation.category))


def _those(
    names: tuple[str, ...], ids: Mapping[str, str], known: Mapping[str, Category]
) -> tuple[str, ...]:
    return tuple(ids.get(id_, id_) for id_ in names if id_ in ids or id_ in known)


def _with(taxonomy: Taxonomy, more: tuple[Category, ...]) -> Taxonomy:
    return replace(taxonomy, categories=taxonomy.categories + more)
