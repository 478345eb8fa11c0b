"""Players: a generated name and a device that holds the token. Nothing else is known of them."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from quizgame.models.base import Base


class Player(Base):
    """Someone who plays. Tokens and codes are kept as digests only."""

    __tablename__ = "players"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    is_listed: Mapped[bool]
    created_at: Mapped[datetime]
    code_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    code_expires_at: Mapped[datetime | None]
