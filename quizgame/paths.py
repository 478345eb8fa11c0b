"""Where templates, static files and seeds are: in the wheel, or beside the package."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the folder of that name: the wheel's, else the checkout's."""
    installed = PACKAGE / name
    return installed if installed.is_dir() else PACKAGE.parent / name


def is_checkout() -> bool:
    """Tell whether this is a checkout and not an installed wheel."""
    return (PACKAGE.parent / "pyproject.toml").is_file()
