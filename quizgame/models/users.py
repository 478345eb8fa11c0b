"""Users: teachers and administrators, their sessions, one-time links, codes, and tries to get in.

Secrets are kept as digests, but for the one of a second step, which the server has to know. Neither
addresses on the network nor devices are kept.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from quizgame.models.base import Base


class User(Base):
    """A teacher or an administrator. One who left stays as a row without name or address."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    display_name: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(16))
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(String(255))
    is_active: Mapped[bool]
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    totp_pending: Mapped[str | None] = mapped_column(String(64))
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_step: Mapped[int]


class UserSession(Base):
    """A browser in which a user is signed in."""

    __tablename__ = "user_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class UserLink(Base):
    """A link that works once: bound to a purpose, and to the user it was made for.

    The row goes when the link is used. One without a user is an invitation, or leads nowhere.
    """

    __tablename__ = "user_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    role: Mapped[str | None] = mapped_column(String(16))
    email: Mapped[str | None] = mapped_column(String(254))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code that stands in once for the second step."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))


class SignInTry(Base):
    """How often in a row somebody failed to prove who they are; the key names an account."""

    __tablename__ = "sign_in_tries"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    failures: Mapped[int]
    tried_at: Mapped[datetime]
