"""Annotators of an article: whom the owner lets in, and how far each of them is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from quizgame.domain.errors import N_, InputError, NotFoundError
from quizgame.models.annotations import AnnotationSet
from quizgame.models.articles import ArticleShare, ArticleVersion
from quizgame.models.base import begin_write, db
from quizgame.models.users import User
from quizgame.services import annotations, users
from quizgame.services.annotations import ANNOTATOR, BLIND, EDITOR, NO_SUCH_ARTICLE
from quizgame.services.readings import blind_sets

MOST_VERSIONS = 2**31 - 1
"""What a database can count to."""

NO_SUCH_COLLEAGUE = N_(
    "Nobody can be invited by that user name. Ask your colleague for the name they sign in with."
)
YOURSELF = N_("That is you. The key is what you annotate yourself.")
HAS_SEEN = N_("This colleague has seen the key, so they cannot annotate blind any more.")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with a part in an article. `role` is "" for one who is let in no more."""

    user_id: str
    name: str
    display_name: str
    role: str
    begun_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shared:
    """An article that a user was invited to, and how far they are with it."""

    article_id: str
    version: int
    title: str
    language: str
    words: int
    owner: str
    role: str
    set_id: str
    finished_at: datetime | None


def find_version(user_id: int, article_id: str, number: int = 0) -> ArticleVersion:
    """Return a version of an article that a user owns or edits the key of; the newest if 0.

    Raises NotFoundError, for an annotator as for a stranger.
    """
    row = _newest_version(article_id, number)
    if row is None or row.owner_id is None:
        raise NotFoundError(NO_SUCH_ARTICLE)
    return annotations.get_version(user_id, row.id)


def invite(user_id: int, article_id: str, name: str, role: str, *, now: datetime) -> str:
    """Let a colleague in, to annotate blind or to edit the key; return the name they go by.

    Only the owner may. InputError if there is nobody of that user name who can come in, or if a
    blind annotator has seen the key.
    """
    _get_owned(user_id, article_id)
    if role not in {ANNOTATOR, EDITOR}:
        raise InputError(NO_SUCH_COLLEAGUE)
    colleague = _colleague(name)
    colleague_id, shown = colleague.id, colleague.display_name
    if colleague_id == user_id:
        raise InputError(YOURSELF)
    begin_write()
    query = select(ArticleShare).filter_by(article_public_id=article_id, user_id=colleague_id)
    share = db.session.scalars(query).one_or_none()
    if share and share.role == EDITOR and role == ANNOTATOR:
        db.session.rollback()
        raise InputError(HAS_SEEN)
    if share is None:
        share = ArticleShare(article_public_id=article_id, user_id=colleague_id)
        db.session.add(share)
    share.role, share.made_at = role, now
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()  # a second click was faster
    return shown


def revoke(user_id: int, article_id: str, colleague_id: str) -> None:
    """Let a colleague in no more; what they annotated is kept. Only the owner may."""
    _get_owned(user_id, article_id)
    begin_write()
    whom = select(User.id).filter_by(public_id=colleague_id).scalar_subquery()
    gone = db.session.scalars(
        delete(ArticleShare)
        .where(ArticleShare.article_public_id == article_id, ArticleShare.user_id == whom)
        .returning(ArticleShare.id)
    ).all()
    if not gone:
        db.session.rollback()
        raise NotFoundError(NO_SUCH_ARTICLE)
    db.session.commit()


def colleagues(version: ArticleVersion) -> list[Colleague]:
    """Return who else has, or had, a part in an article, by name."""
    shares = {
        share.user_id: share.role
        for share in db.session.scalars(
            select(ArticleShare).filter_by(article_public_id=version.public_id)
        )
    }
    sets = {set_.user_id: set_ for set_ in blind_sets(version.id)}
    query = select(User).where(User.id.in_(shares.keys() | sets.keys())).order_by(User.name)
    return [
        Colleague(
            user_id=user.public_id,
            name=user.name,
            display_name=user.display_name,
            role=shares.get(user.id, ""),
            begun_at=sets[user.id].begun_at if user.id in sets else None,
            finished_at=sets[user.id].finished_at if user.id in sets else None,
        )
        for user in db.session.scalars(query)
    ]


def shared_with(user_id: int) -> list[Shared]:
    """Return the articles that a user was invited to, the latest invitation first."""
    query = (
        select(ArticleShare, ArticleVersion, User.display_name)
        .join(ArticleVersion, ArticleVersion.public_id == ArticleShare.article_public_id)
        .join(User, User.id == ArticleVersion.owner_id)
        .where(ArticleShare.user_id == user_id, ArticleVersion.removed_at.is_(None))
        .order_by(ArticleShare.made_at.desc(), ArticleShare.id.desc(), ArticleVersion.version)
    )
    newest = {version.public_id: row for row in db.session.execute(query) for version in [row[1]]}
    return [_shared(user_id, *row) for row in newest.values()]


def begin(user_id: int, article_id: str, *, now: datetime) -> str:
    """Return the id of a blind annotator's own set; make it the first time.

    Raises NotFoundError unless they are invited to annotate blind.
    """
    version_id = _to_annotate(user_id, article_id).id
    begin_write()
    found = _blind_set(user_id, version_id)
    try:
        made = found or annotations.add_set(version_id, user_id, BLIND, now=now)
        public_id = made.public_id
        db.session.commit()
    except IntegrityError:
        db.session.rollback()  # a second click was faster
        return begin(user_id, article_id, now=now)
    return public_id


def _newest_version(article_id: str, number: int = 0) -> ArticleVersion | None:
    if number > MOST_VERSIONS:
        return None
    query = select(ArticleVersion).filter_by(public_id=article_id, removed_at=None)
    if number:
        query = query.filter_by(version=number)
    newest = (ArticleVersion.version.desc(), ArticleVersion.id.desc())
    return db.session.scalars(query.order_by(*newest).limit(1)).one_or_none()


def _get_owned(user_id: int, article_id: str) -> None:
    row = _newest_version(article_id)
    if row is None or row.owner_id != user_id:
        raise NotFoundError(NO_SUCH_ARTICLE)


def _to_annotate(user_id: int, article_id: str) -> ArticleVersion:
    row = _newest_version(article_id)
    if row is None or annotations.role_in(user_id, article_id) != ANNOTATOR:
        raise NotFoundError(NO_SUCH_ARTICLE)
    return row


def _blind_set(user_id: int, version_id: int) -> AnnotationSet | None:
    query = select(AnnotationSet).filter_by(article_id=version_id, user_id=user_id, purpose=BLIND)
    return db.session.scalars(query).one_or_none()


def _colleague(name: str) -> User:
    """Return who goes by a user name and can come in. Never by an e-mail address."""
    try:
        found = users.find_by_name(name)
    except NotFoundError:
        raise InputError(NO_SUCH_COLLEAGUE) from None
    if not found.is_active or found.name != name.strip().casefold():
        raise InputError(NO_SUCH_COLLEAGUE)
    return found


def _shared(user_id: int, share: ArticleShare, version: ArticleVersion, owner: str) -> Shared:
    set_ = _blind_set(user_id, version.id) if share.role == ANNOTATOR else None
    return Shared(
        article_id=version.public_id,
        version=version.version,
        title=version.title,
        language=version.language,
        words=version.words,
        owner=owner,
        role=share.role,
        set_id=set_.public_id if set_ else "",
        finished_at=set_.finished_at if set_ else None,
    )
