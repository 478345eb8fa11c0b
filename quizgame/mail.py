"""Mail to teachers, where a mail server is configured: sent in a thread, so that no page waits."""

from __future__ import annotations

import logging
import smtplib
import ssl
from email.message import EmailMessage
from threading import Thread
from urllib.parse import unquote, urlsplit

PATIENCE = 20.0
SUBMISSION = 587
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

log = logging.getLogger(__name__)


class Mailer:
    """Sends mail by the server of an address such as smtp://user:password@host:port.

    smtp:// is encrypted by STARTTLS, except on this machine; smtps:// from the start.
    """

    def __init__(self, url: str, sender: str) -> None:
        self.is_configured = bool(url)
        self._server = urlsplit(url)
        self._sender = sender

    def send(self, to: str, subject: str, words: str) -> Thread:
        """Send a mail; that it failed is told to the log, with neither address nor words."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, to, subject
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(words)
        thread = Thread(target=self._try, args=(message,), daemon=True)
        thread.start()
        return thread

    def _try(self, message: EmailMessage) -> None:
        try:
            with self._connect() as connection:
                if self._server.username:
                    password = unquote(self._server.password or "")
                    connection.login(unquote(self._server.username), password)
                connection.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            log.warning("a mail could not be sent: %s", type(error).__name__)

    def _connect(self) -> smtplib.SMTP:
        host, port = self._server.hostname or "", self._server.port
        context = ssl.create_default_context()
        if self._server.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port or 465, timeout=PATIENCE, context=context)
        connection = smtplib.SMTP(host, port or SUBMISSION, timeout=PATIENCE)
        if host not in LOOPBACK:
            connection.starttls(context=context)
        return connection
