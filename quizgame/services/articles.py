"""Storing articles and finding them again."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from quizgame.domain.errors import ContentError, NotFoundError
from quizgame.domain.passages import Article
from quizgame.formats import article_document
from quizgame.models.articles import ArticleVersion
from quizgame.models.base import begin_write, db


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
    texts = json.dumps([passage.text for passage in article.passages], ensure_ascii=False)
    return {
        "title": article.source.title[:300],
        "language": article.source.language,
        "words": sum(len(passage.words) for passage in article.passages),
        "text_digest": sha256(texts.encode()).hexdigest(),
    }


def get_article(public_id: str) -> Article:
    """Return the newest version of an article, as last stored. Raises NotFoundError."""
    newest = (ArticleVersion.version.desc(), ArticleVersion.id.desc())
    row = db.session.scalars(
        select(ArticleVersion).filter_by(public_id=public_id).order_by(*newest).limit(1)
    ).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no article {public_id}.")
    return row.document
