"""quizgame: tell true from false, and slanted from fair, in a real article."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quizgame.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    """Load the app only for who asks for it, so that a floor can be imported alone."""
    if name == "create_app":
        from quizgame.app import create_app  # noqa: PLC0415

        return create_app
    raise AttributeError(name)
