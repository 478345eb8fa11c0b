"""Static files: packed once under a name made of their content, then cached for ever."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

YEAR = 365 * 24 * 60 * 60


def pack(source: Path, data_dir: Path) -> Path:
    """Return a folder that holds the files of another and a compressed copy of each.

    Its name is a digest of what is in it, so that a changed file gets a new address. It is made
    when it is missing, and older ones are taken away.
    """
    shelf = data_dir / "static"
    folder = shelf / _digest(source)
    if folder.is_dir():
        return folder
    shelf.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=shelf, prefix=".draft-"))
    shutil.copytree(source, draft, dirs_exist_ok=True)
    compressor = Compressor(quiet=True)
    for path in sorted(draft.rglob("*")):
        if path.is_file() and compressor.should_compress(path.name):
            list(compressor.compress(str(path)) or ())
    draft.chmod(0o755)
    older = [path for path in shelf.iterdir() if not path.name.startswith(".")]
    try:
        os.replace(draft, folder)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
    for path in older:
        shutil.rmtree(path, ignore_errors=True)
    return folder


def serve(application: Any, folder: Path, headers: Mapping[str, str]) -> Any:
    """Answer for the files of a packed folder before the application is asked."""

    def add_headers(file_headers: Any, path: str, url: str) -> None:
        for name, value in headers.items():
            file_headers[name] = value

    return WhiteNoise(
        application,
        root=str(folder),
        prefix=f"static/{folder.name}",
        max_age=YEAR,
        immutable_file_test=lambda path, url: True,
        add_headers_function=add_headers,
        allow_all_origins=False,
    )


def _digest(source: Path) -> str:
    digest = sha256()
    for path in sorted(source.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(source).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
