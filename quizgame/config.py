"""Settings: names, defaults, and what is wrong with a value, in one readable line."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, tzinfo
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from quizgame import addresses
from quizgame.paths import PACKAGE, is_checkout

T = TypeVar("T")

PREFIX = "QUIZGAME_"
KEY_LENGTH = 32
KEY_VARIETY = 10
KNOWN_KEYS = ("changeme", "secret", "password", "dev", "test", "quizgame", "0123456789", "abcdef")


class ConfigError(Exception):
    """A setting that the program cannot start with."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation can choose. README.md explains each."""

    host: str
    port: int
    data_dir: Path
    database_url: str
    redis_url: str
    secret_key: str
    timezone: tzinfo
    trusted_hosts: tuple[str, ...]
    proxies: int
    https: bool
    public_url: str
    mail_url: str
    mail_from: str
    url_import: bool
    url_import_hosts: tuple[str, ...]

    @property
    def address(self) -> str:
        """Return where a browser on this machine finds the game."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def links_begin(self) -> str:
        """Return what links to the game begin with, when they are told or sent to people."""
        return self.public_url or self.address


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read settings from QUIZGAME_* variables, and make the data folder and key where missing.

    ConfigError names the variable, what is wrong with it and what would do.
    """
    given = os.environ if environ is None else environ
    values = {k.removeprefix(PREFIX): v.strip() for k, v in given.items() if k.startswith(PREFIX)}
    _refuse_unknown(values)
    data_dir = _data_dir(values.get("DATA_DIR", ""))
    host = values.get("HOST") or "127.0.0.1"
    public_url = _checked(addresses.public_url, values, "PUBLIC_URL")
    _refuse_debug(given, host)
    return Settings(
        host=host,
        port=_number(values, "PORT", 5000, range(1, 65536)),
        data_dir=data_dir,
        database_url=_database_url(values.get("DATABASE_URL", ""), data_dir),
        redis_url=_redis_url(values.get("REDIS_URL", "")),
        secret_key=_secret_key(values.get("SECRET_KEY", ""), data_dir),
        timezone=_timezone(values.get("TIMEZONE", "UTC") or "UTC"),
        trusted_hosts=_hosts(values, host, public_url),
        proxies=_number(values, "PROXIES", 0, range(10)),
        https=_yes_or_no(values, "HTTPS"),
        public_url=public_url,
        mail_url=_checked(addresses.mail_url, values, "MAIL_URL", "MAIL_FROM"),
        mail_from=values.get("MAIL_FROM", ""),
        url_import=_yes_or_no(values, "URL_IMPORT"),
        url_import_hosts=_checked(addresses.allowed_hosts, values, "URL_IMPORT_HOSTS"),
    )


def _checked(check: Callable[..., T], values: Mapping[str, str], *names: str) -> T:
    try:
        return check(*(values.get(name, "") for name in names))
    except ValueError as error:
        raise ConfigError(str(error)) from None


def _hosts(values: Mapping[str, str], host: str, public_url: str) -> tuple[str, ...]:
    try:
        return addresses.trusted_hosts(values.get("TRUSTED_HOSTS", ""), host, public_url)
    except ValueError as error:
        raise ConfigError(str(error)) from None


def _refuse_unknown(values: Mapping[str, str]) -> None:
    known = [field.name.upper() for field in fields(Settings)]
    for name in values:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"; did you mean {PREFIX}{near[0]}?" if near else ""
            raise ConfigError(f"{PREFIX}{name} is not a setting{hint}")


def _refuse_debug(given: Mapping[str, str], host: str) -> None:
    if (
        given.get("FLASK_DEBUG", "0") not in {"", "0", "false", "no"}
        and host not in addresses.LOOPBACK
    ):
        raise ConfigError(
            f"FLASK_DEBUG lets visitors run code, so it works on 127.0.0.1 only, not on {host}"
        )


def _data_dir(value: str) -> Path:
    if value:
        folder = Path(value)
    elif is_checkout():
        folder = PACKAGE.parent / "data"
    else:
        home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
        folder = Path(home) / "quizgame"
    try:
        folder = folder.expanduser().absolute()
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(
            f"QUIZGAME_DATA_DIR: {folder} cannot be written ({reason}); "
            "choose a folder that this user may write"
        ) from None
    return folder


def _number(values: Mapping[str, str], name: str, default: int, allowed: range) -> int:
    value = values.get(name) or str(default)
    is_number = value.isascii() and value.isdecimal() and len(value) < 10
    if not (is_number and int(value) in allowed):
        raise ConfigError(
            f"{PREFIX}{name} is {value!r}; it must be a number from {allowed[0]} to {allowed[-1]}"
        )
    return int(value)


def _yes_or_no(values: Mapping[str, str], name: str) -> bool:
    value = (values.get(name) or "0").lower()
    if value not in {"0", "1", "no", "yes", "false", "true"}:
        raise ConfigError(f"{PREFIX}{name} is {value!r}; it must be 0 or 1")
    return value in {"1", "yes", "true"}


def _database_url(value: str, data_dir: Path) -> str:
    if not value:
        return f"sqlite:///{data_dir / 'quizgame.sqlite3'}"
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):
        raise ConfigError(
            "QUIZGAME_DATABASE_URL is not a database address; it looks like "
            "postgresql://user:password@host/name or sqlite:////folder/file.sqlite3"
        ) from None
    backend = url.get_backend_name()
    if backend not in {"sqlite", "postgresql"}:
        raise ConfigError(f"QUIZGAME_DATABASE_URL names {backend!r}; use sqlite or postgresql")
    if backend == "sqlite" and url.database in {None, "", ":memory:"}:
        raise ConfigError("QUIZGAME_DATABASE_URL: answers need a file, not SQLite in memory")
    if backend == "postgresql":
        if url.drivername not in {"postgresql", "postgresql+psycopg"}:
            raise ConfigError("QUIZGAME_DATABASE_URL: for PostgreSQL write postgresql://…")
        _need("psycopg", "QUIZGAME_DATABASE_URL", "postgres")
        url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def _redis_url(value: str) -> str:
    if value and not value.startswith(("redis://", "rediss://", "unix://")):
        raise ConfigError("QUIZGAME_REDIS_URL must begin with redis://, rediss:// or unix://")
    try:
        urlsplit(value).port  # noqa: B018 - reading it checks it
    except ValueError:
        raise ConfigError(
            "QUIZGAME_REDIS_URL is not an address such as redis://host:6379/0"
        ) from None
    if value:
        _need("redis", "QUIZGAME_REDIS_URL", "redis")
    return value


def _need(module: str, name: str, extra: str) -> None:
    if find_spec(module) is None:
        raise ConfigError(f"{name} needs a package more: pip install 'quizgame[{extra}]'")


def _secret_key(value: str, data_dir: Path) -> str:
    if value:
        return _strong(value, "QUIZGAME_SECRET_KEY")
    path = data_dir / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
        return _strong(path.read_text("ascii", "ignore").strip(), str(path))
    key = secrets.token_urlsafe(32)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    return key


def _strong(key: str, where: str) -> str:
    rest = key.lower()
    for word in KNOWN_KEYS:
        rest = rest.replace(word, "")
    if len(key) < KEY_LENGTH or len(set(rest)) < KEY_VARIETY:
        raise ConfigError(
            f"{where} is too weak: use at least {KEY_LENGTH} random characters, for example from "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    return key


def _timezone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(
            f"QUIZGAME_TIMEZONE is {name!r}; it must be a name such as Europe/Berlin"
        ) from None
