"""Categories that teachers made, beside the built-in taxonomy."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from quizgame.domain.taxonomy import Category
from quizgame.models.base import Base, Document


class OwnCategory(Base):
    """A teacher's category. Colleagues may use it where it is shared.

    A removed one is offered no more; what was annotated with it keeps its name.
    """

    __tablename__ = "categories"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    document: Mapped[Category] = mapped_column(Document(Category))
    is_shared: Mapped[bool]
    changed_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
