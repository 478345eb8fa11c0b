"""R-18, T-33: a setting that will not do stops the start with one readable line."""

import socket
import subprocess
import sys

import pytest
from running import ROOT, environment

from quizgame.config import ConfigError, read_settings

GOOD_KEY = "bZ3-_v9qLrT2xWm8yKp4Nd7sQf1hJc6g"


def read(folder, **values):
    given = {f"QUIZGAME_{name}": value for name, value in values.items()}
    return read_settings({"QUIZGAME_DATA_DIR": str(folder), **given})


def serve(folder, **settings):
    """Start the real command, which must stop by itself; return what became of it."""
    return subprocess.run(
        [sys.executable, "-m", "quizgame", "serve"],
        env=environment(folder, **settings),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "0", "a number from 1 to 65535"),
        ("PORT", "65536", "a number from 1 to 65535"),
        ("PORT", "http", "a number from 1 to 65535"),
        ("PORT", "-1", "a number from 1 to 65535"),
        ("PORT", "80.5", "a number from 1 to 65535"),
        ("PORT", "٥٠٠٠", "a number from 1 to 65535"),
        ("PORT", "9" * 5000, "a number from 1 to 65535"),
        ("PROXIES", "ten", "a number from 0 to 9"),
        ("PROXIES", "10", "a number from 0 to 9"),
        ("HTTPS", "maybe", "must be 0 or 1"),
        ("TIMEZONE", "Mars/Phobos", "a name such as Europe/Berlin"),
        ("TIMEZONE", "Europe", "a name such as Europe/Berlin"),
        ("TIMEZONE", "../../etc/passwd", "a name such as Europe/Berlin"),
        ("TIMEZONE", "/etc/passwd", "a name such as Europe/Berlin"),
        ("DATABASE_URL", "quizgame.db", "is not a database address"),
        ("DATABASE_URL", "postgresql://user@host:port/name", "is not a database address"),
        ("DATABASE_URL", "mysql://root@host/name", "use sqlite or postgresql"),
        ("DATABASE_URL", "sqlite://", "need a file"),
        ("DATABASE_URL", "sqlite:///:memory:", "need a file"),
        ("DATABASE_URL", "postgresql+pg8000://host/name", "write postgresql://"),
        ("REDIS_URL", "http://host", "must begin with redis://"),
        ("REDIS_URL", "host:6379", "must begin with redis://"),
        ("REDIS_URL", "redis://host:port/0", "is not an address"),
        ("SECRET_KEY", "dev", "too weak"),
        ("SECRET_KEY", "a" * 64, "too weak"),
        ("SECRET_KEY", "changeme" * 8, "too weak"),
        ("SECRET_KEY", "0123456789abcdef0123456789abcdef" * 2, "too weak"),
        ("SECRET_KEY", GOOD_KEY[:31], "too weak"),
        ("TRUSTED_HOSTS", "quiz.example, a..b", "'a..b' is not the name of a host"),
        ("DATA_DIR", "/dev/null/data", "cannot be written"),
        ("DATA_DIR", "~nobody-of-that-name/data", "cannot be written"),
        ("URL_IMPORT", "on", "must be 0 or 1"),
        ("URL_IMPORT_HOSTS", "a..b", "'a..b' is not the name of a host"),
        ("URL_IMPORT_HOSTS", "news.example, https://x.example", "is not the name of a host"),
        ("URL_IMPORT_HOSTS", "*.example", "or .news.example for all its subdomains"),
        ("PROT", "5000", "did you mean QUIZGAME_PORT?"),
        ("DATABASE", "x", "did you mean QUIZGAME_DATABASE_URL?"),
        ("XYZZY", "1", "QUIZGAME_XYZZY is not a setting"),
    ],
    ids=lambda value: value[:30],
)
def test_a_wrong_setting_is_named_with_what_would_do(tmp_path, name, value, words):
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, **{name: value})

    line = str(caught.value)
    assert f"QUIZGAME_{name}" in line
    assert words in line
    assert "\n" not in line


def test_a_refused_password_or_key_is_not_repeated(tmp_path):
    for name, value in (("SECRET_KEY", "hunter2"), ("DATABASE_URL", "x://u:hunter2@h/n")):
        with pytest.raises(ConfigError) as caught:
            read(tmp_path, **{name: value})
        assert "hunter2" not in str(caught.value)


def test_without_settings_everything_has_a_default(tmp_path):
    settings = read(tmp_path)

    assert (settings.host, settings.port) == ("127.0.0.1", 5000)
    assert settings.address == "http://127.0.0.1:5000"
    assert settings.database_url == f"sqlite:///{tmp_path}/quizgame.sqlite3"
    assert "localhost" in settings.trusted_hosts
    assert not settings.https


def test_empty_settings_are_no_settings(tmp_path):
    assert read(tmp_path, PORT="", HOST="", TIMEZONE="", SECRET_KEY="", HTTPS=" ").port == 5000


def test_a_key_is_made_once_and_kept_to_its_owner(tmp_path):
    first = read(tmp_path).secret_key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600

    assert read(tmp_path).secret_key == first
    assert len(first) >= 43  # 32 random bytes


def test_every_installation_has_a_key_of_its_own(tmp_path):
    assert read(tmp_path / "one").secret_key != read(tmp_path / "two").secret_key


def test_a_key_that_others_could_read_is_closed_again(tmp_path):
    read(tmp_path)
    (tmp_path / "secret_key").chmod(0o644)

    read(tmp_path)

    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kept", [b"", b"secret", b"changeme" * 10, b"\xff\xfe" * 40])
def test_a_weak_key_in_the_file_is_refused(tmp_path, kept):
    (tmp_path / "secret_key").write_bytes(kept)

    with pytest.raises(ConfigError, match="too weak"):
        read(tmp_path)


def test_a_good_key_that_is_given_is_used_and_not_written_down(tmp_path):
    assert read(tmp_path, SECRET_KEY=GOOD_KEY).secret_key == GOOD_KEY
    assert not (tmp_path / "secret_key").exists()


@pytest.mark.parametrize("debug", ["1", "true", "yes"])
def test_debugging_is_refused_where_others_can_reach_it(tmp_path, debug):
    given = {"QUIZGAME_DATA_DIR": str(tmp_path), "FLASK_DEBUG": debug}

    with pytest.raises(ConfigError, match="FLASK_DEBUG"):
        read_settings({**given, "QUIZGAME_HOST": "0.0.0.0"})
    assert read_settings({**given, "QUIZGAME_HOST": "127.0.0.1"})


def test_there_is_no_console_for_debugging(student):
    for path in ("/console", "/?__debugger__=yes&cmd=resource&f=debugger.js"):
        assert "debugger" not in student.client.get(path).text.lower()


def test_postgresql_is_spoken_to_by_its_driver(tmp_path):
    settings = read(tmp_path, DATABASE_URL="postgresql://u:p%40ss@host/name")

    assert settings.database_url == "postgresql+psycopg://u:p%40ss@host/name"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"port": "99999"}, "QUIZGAME_PORT"),
        ({"prot": "5000"}, "did you mean QUIZGAME_PORT?"),
        ({"secret_key": "dev"}, "too weak"),
        ({"database_url": "postgresql://u@127.0.0.1:1/x"}, "does not answer"),
        ({"database_url": "sqlite:////no/such/folder/x.sqlite3"}, "does not answer"),
        ({"host": "192.0.2.1"}, "choose another port"),
    ],
    ids=str,
)
def test_the_command_stops_with_one_line_and_no_trace(tmp_path, settings, words):
    done = serve(tmp_path, **settings)

    assert done.returncode == 2
    [line] = done.stderr.strip().splitlines()
    assert line.startswith("quizgame: ")
    assert words in line


def test_a_port_that_is_taken_stops_the_command(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = serve(tmp_path, port=port)

    assert done.returncode == 2
    assert f"127.0.0.1:{port} cannot be used" in done.stderr


def test_a_file_that_is_no_database_stops_the_command(tmp_path):
    (tmp_path / "quizgame.sqlite3").write_text("a diary\n" * 99)

    done = serve(tmp_path)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "file is not a database" in done.stderr


def test_pages_are_fetched_only_where_that_is_wanted_and_from_hosts_in_ascii(tmp_path):
    assert not read(tmp_path).url_import
    assert read(tmp_path, URL_IMPORT="1").url_import_hosts == ()
    hosts = read(tmp_path, URL_IMPORT_HOSTS="News.example, .Bücher.example").url_import_hosts
    assert hosts == ("news.example", ".xn--bcher-kva.example")
