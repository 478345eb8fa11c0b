"""Storing articles and finding them again."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import ColumnElement, func, or_, select

from quizgame.domain.errors import N_, ContentError, InputError, NotFoundError
from quizgame.domain.passages import Article, Passage, Source
from quizgame.formats import article_document
from quizgame.models.annotations import AnnotationSet
from quizgame.models.articles import ArticleShare, ArticleVersion
from quizgame.models.base import begin_write, db
from quizgame.services.annotations import EDITOR, GOLD, NO_SUCH_ARTICLE, get_version

LONGEST_TITLE = 300
LONGEST = {"outlet": 200, "date": 40, "author": 200, "licence": 200, "note": 500, "url": 500}
HIGHEST = 2**31 - 1
NO_TITLE = N_("Give the article a title.")
TOO_LONG = N_("That is too long.")
NO_LANGUAGE = N_("Choose the language of the text.")
NO_LINK = N_("The link has to begin with http:// or https://, and lead to a host.")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class Listed:
    """An article as a list shows it: its newest version, how many there are, and whose it is."""

    row: ArticleVersion
    versions: int
    is_own: bool


def store_article(data: bytes, *, now: datetime) -> Article:
    """Store the article of a document, unless this very document is stored already.

    ContentError if the document does not hold together, or if its text differs from what is
    stored under the same version: a version's text never changes.
    """
    article = article_document.read(data)
    digest = sha256(data).hexdigest()
    begin_write()
    same_version = db.session.scalars(
        select(ArticleVersion).filter_by(public_id=article.id, version=article.version)
    ).all()
    if any(row.digest == digest for row in same_version):
        db.session.rollback()
        return article
    texts = [p.text for p in article.passages]
    if any([p.text for p in row.document.passages] != texts for row in same_version):
        db.session.rollback()
        raise ContentError(f"{article.id}: the text has changed; give it a new version")
    db.session.add(
        ArticleVersion(
            public_id=article.id,
            version=article.version,
            digest=digest,
            document=article,
            stored_at=now,
            **described(article),
        )
    )
    db.session.commit()
    return article


def described(article: Article) -> dict[str, Any]:
    """Return the columns of a version that its document tells."""
    return {
        "title": article.source.title[:LONGEST_TITLE],
        "language": article.source.language,
        "words": sum(len(passage.words) for passage in article.passages),
        "text_digest": digest_of(article.passages),
    }


def digest_of(passages: Sequence[Passage]) -> str:
    """Return the digest by which the same text is known again."""
    texts = json.dumps([passage.text for passage in passages], ensure_ascii=False)
    return sha256(texts.encode()).hexdigest()


def new_version(article: Article, owner_id: int, *, now: datetime) -> ArticleVersion:
    """Store a version of a user's article in the transaction that is open."""
    row = ArticleVersion(
        public_id=article.id,
        version=article.version,
        digest=sha256(article_document.write(article)).hexdigest(),
        document=article,
        stored_at=now,
        owner_id=owner_id,
        **described(article),
    )
    db.session.add(row)
    db.session.flush()
    return row


def checked_source(source: Source) -> Source:
    """Return what is said about an article, tidied. InputError if it will not do."""
    said = {name: " ".join(getattr(source, name).split()) for name in ("title", *LONGEST)}
    if not said["title"]:
        raise InputError(NO_TITLE)
    if len(said["title"]) > LONGEST_TITLE or any(len(said[n]) > m for n, m in LONGEST.items()):
        raise InputError(TOO_LONG)
    if not LANGUAGE.fullmatch(source.language):
        raise InputError(NO_LANGUAGE)
    said["url"] = checked_link(said["url"])
    return replace(source, **said)


def checked_link(url: str) -> str:
    """Return a link with its host in ASCII, so that a look-alike is seen. Raises InputError."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # a bad port, a host that is none
        raise InputError(NO_LINK) from None
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        raise InputError(NO_LINK)
    host = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, f"{host}{port}", parts.path, parts.query, parts.fragment))


def articles_of(user_id: int) -> list[Listed]:
    """Return the articles that a user owns or edits, the newest first, each as it stands."""
    last = (
        select(ArticleVersion.public_id, func.max(ArticleVersion.version).label("version"))
        .add_columns(func.count().label("versions"))
        .where(ArticleVersion.removed_at.is_(None), _of(user_id))
        .group_by(ArticleVersion.public_id)
        .subquery()
    )
    same = (ArticleVersion.public_id == last.c.public_id) & (
        ArticleVersion.version == last.c.version
    )
    query = select(ArticleVersion, last.c.versions).join(last, same).where(_of(user_id))
    rows = db.session.execute(query.order_by(ArticleVersion.id.desc()))
    return [Listed(row, count, row.owner_id == user_id) for row, count in rows]


def get_of(user_id: int, public_id: str, version: int | None = None) -> ArticleVersion:
    """Return a version of an article that a user may see, the newest unless told which.

    Raises NotFoundError.
    """
    query = select(ArticleVersion.id).filter_by(public_id=public_id, removed_at=None)
    if version is not None:
        query = query.filter_by(version=min(version, HIGHEST))
    newest = (ArticleVersion.version.desc(), ArticleVersion.id.desc())
    found = db.session.scalars(query.order_by(*newest).limit(1)).one_or_none()
    if found is None:
        raise NotFoundError(NO_SUCH_ARTICLE)
    return get_version(user_id, found)


def get_own(user_id: int, public_id: str, version: int | None = None) -> ArticleVersion:
    """Return a version of an article that a user owns. Raises NotFoundError."""
    row = get_of(user_id, public_id, version)
    if row.owner_id != user_id:
        raise NotFoundError(NO_SUCH_ARTICLE)
    return row


def versions_of(row: ArticleVersion) -> list[ArticleVersion]:
    """Return all versions of an article, the newest first."""
    query = select(ArticleVersion).filter_by(public_id=row.public_id, removed_at=None)
    return list(db.session.scalars(query.order_by(ArticleVersion.version.desc())))


def key_of(row: ArticleVersion) -> AnnotationSet | None:
    """Return the set in which the key of a version grows; the server's own articles have none."""
    query = select(AnnotationSet).filter_by(article_id=row.id, purpose=GOLD)
    return db.session.scalars(query).one_or_none()


def same_texts(user_id: int, passages: Sequence[Passage]) -> list[ArticleVersion]:
    """Return the articles with the same text that a user can see."""
    query = select(ArticleVersion).filter_by(text_digest=digest_of(passages), removed_at=None)
    seen = or_(_of(user_id), ArticleVersion.owner_id.is_(None))
    return list(db.session.scalars(query.where(seen).order_by(ArticleVersion.id).limit(5)))


def describe(user_id: int, public_id: str, version: int, source: Source) -> None:
    """Say something else about a version; its text stays. Raises InputError, NotFoundError."""
    source = checked_source(source)
    begin_write()
    row = get_own(user_id, public_id, version)
    article = replace(row.document, source=source)
    row.document = article
    row.digest = sha256(article_document.write(article)).hexdigest()
    row.title, row.language = source.title, source.language
    db.session.commit()


def remove(user_id: int, public_id: str, *, now: datetime) -> None:
    """Take an article away with all its versions; sets that were published own copies of it.

    Raises NotFoundError.
    """
    begin_write()
    for row in versions_of(get_own(user_id, public_id)):
        row.removed_at = now
    db.session.commit()


def _of(user_id: int) -> ColumnElement[bool]:
    shared = select(ArticleShare.article_public_id).filter_by(user_id=user_id, role=EDITOR)
    return or_(ArticleVersion.owner_id == user_id, ArticleVersion.public_id.in_(shared))


def get_article(public_id: str) -> Article:
    """Return the newest version of an article, as last stored. Raises NotFoundError."""
    newest = (ArticleVersion.version.desc(), ArticleVersion.id.desc())
    row = db.session.scalars(
        select(ArticleVersion).filter_by(public_id=public_id).order_by(*newest).limit(1)
    ).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no article {public_id}.")
    return row.document
