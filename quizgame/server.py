"""The production server: gunicorn with one gevent worker, configured in code."""

from __future__ import annotations

import resource
from collections.abc import Callable
from functools import partial
from typing import Any

import gevent
from gevent.threadpool import ThreadPool
from gunicorn.app.base import BaseApplication
from werkzeug.wsgi import ClosingIterator

from quizgame.config import Settings
from quizgame.services.imports import CUTTING
from quizgame.services.passwords import WORKSHOP

OPEN_FILES = 1024
HASHING = 2
"""How many passwords are hashed at once, in threads of their own, so that no player waits."""


class Fair:
    """Yield to the others after each response.

    A gunicorn gevent worker that finds the next request in its socket never yields by itself, so
    that a few busy connections starve the rest (performance.md, pitfall 1).
    """

    def __init__(self, application: Any) -> None:
        self._application = application

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer; once that is sent, let the others have a turn."""
        response = self._application(environ, start_response)
        if isinstance(response, environ["wsgi.file_wrapper"]):  # the server sends it as it is
            gevent.sleep(0)
            return response
        return ClosingIterator(response, partial(gevent.sleep, 0))


class Server(BaseApplication):  # type: ignore[misc]
    """One worker on SQLite; it is started again if it dies."""

    def __init__(self, settings: Settings, load: Callable[[], Any]) -> None:
        self._settings = settings
        self._load = load
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        host = f"[{self._settings.host}]" if ":" in self._settings.host else self._settings.host
        options = {
            "bind": f"{host}:{self._settings.port}",
            "worker_class": "gevent",
            "workers": 1,
            "worker_connections": 20_000,
            "backlog": 4096,
            "keepalive": 75,
            "graceful_timeout": 3,
            "control_socket_disable": True,
            "proc_name": "quizgame",
            "loglevel": "warning",
            "limit_request_line": 4094,
            "limit_request_field_size": 8190,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Build the app in the worker."""
        WORKSHOP.run = ThreadPool(HASHING).apply
        CUTTING.run = ThreadPool(1).apply
        return Fair(self._load())


def raise_open_files() -> tuple[int, int]:
    """Raise the soft limit of open files to the hard one; return it before and after."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return soft, hard
