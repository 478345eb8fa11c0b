"""The front door: builds the app from the floors. Only the command imports it."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_babel import Babel
from werkzeug.middleware.proxy_fix import ProxyFix

from quizgame import static_files, web
from quizgame.config import Settings, read_settings
from quizgame.fetching import Fetcher
from quizgame.mail import Mailer
from quizgame.models.base import BusyPool, db
from quizgame.paths import PACKAGE, resource

MOST_BYTES = 256 * 1024
MOST_FIELDS = 2000


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app from settings: those of QUIZGAME_* variables unless given.

    Raises ConfigError if a setting will not do.
    """
    settings = settings or read_settings()
    folder = static_files.pack(resource("static"), settings.data_dir)
    app = Flask(
        __name__,
        template_folder=str(resource("templates")),
        static_folder=str(folder),
        static_url_path=f"/static/{folder.name}",
        instance_path=str(settings.data_dir),
    )
    app.config.from_mapping(_flask_config(settings))
    db.init_app(app)
    Babel(
        app,
        default_translation_directories=str(PACKAGE / "translations"),
        locale_selector=web.choose_locale,
    )
    app.extensions["fetcher"] = Fetcher(settings.url_import, settings.url_import_hosts)
    app.extensions["mailer"] = Mailer(settings.mail_url, settings.mail_from)
    web.init_app(app)
    app.wsgi_app = static_files.serve(app.wsgi_app, folder, web.HEADERS)  # type: ignore[method-assign]
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
    return app


def _flask_config(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings.database_url),
        "MAX_CONTENT_LENGTH": MOST_BYTES,
        "MAX_FORM_MEMORY_SIZE": MOST_BYTES,
        "MAX_FORM_PARTS": MOST_FIELDS,
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "TIMEZONE": settings.timezone,
        "LINKS_BEGIN": settings.links_begin,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "RATELIMIT_STORAGE_URI": _limits_url(settings.redis_url),
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": bool(settings.redis_url),
    }


def _limits_url(redis_url: str) -> str:
    """Return where tries are counted, as the limiter writes it."""
    if redis_url.startswith("unix://"):
        return f"redis+{redis_url}"
    return redis_url or "memory://"


def _engine_options(url: str) -> dict[str, Any]:
    shared = {"poolclass": BusyPool, "pool_timeout": 10}
    if url.startswith("sqlite"):
        return {**shared, "pool_size": 5, "max_overflow": 10}
    return {**shared, "pool_size": 8, "max_overflow": 4, "pool_pre_ping": True}
