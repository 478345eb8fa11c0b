"""Mail to teachers: what a mail server gets to see, and what happens without one."""

import logging
import socketserver
import threading
from email import message_from_bytes
from email.policy import default

import pytest

from quizgame.mail import Mailer


class Letterbox(socketserver.StreamRequestHandler):
    """As much of SMTP as one letter needs."""

    def handle(self):
        self.wfile.write(b"220 letterbox\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                letter = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    letter += part
                self.server.letters.append(message_from_bytes(letter, policy=default))
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                break


@pytest.fixture
def letterbox():
    with socketserver.TCPServer(("127.0.0.1", 0), Letterbox) as server:
        server.letters = []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_letter_arrives_with_its_link_whole(letterbox):
    mailer = Mailer(f"smtp://127.0.0.1:{letterbox.server_address[1]}", "game@school.example")
    link = "http://quiz.school.example/users/reset/" + "x" * 43

    mailer.send("marie@school.example", "Ein Paßwort", f"Öffne:\n\n{link}\n").join()

    [letter] = letterbox.letters
    assert (letter["To"], letter["From"]) == ("marie@school.example", "game@school.example")
    assert letter["Subject"] == "Ein Paßwort"
    assert link in letter.get_content().splitlines()


def test_a_server_that_is_away_is_told_to_the_log_without_a_name(caplog):
    with caplog.at_level(logging.WARNING):
        Mailer("smtp://127.0.0.1:1", "game@school.example").send("m@x.example", "a", "b").join()

    assert "could not be sent" in caplog.text
    assert "x.example" not in caplog.text


def test_an_address_cannot_smuggle_in_a_header():
    with pytest.raises(ValueError, match=r"newline|linefeed|CR"):
        Mailer("smtp://127.0.0.1:1", "g@x.example").send("a@x.example\nBcc: b@x.example", "a", "b")
