"""Archives from outside: only small and plain ones are opened, and none is believed."""

import io
import struct
import tracemalloc
import zipfile

import pytest

from quizgame.domain.errors import ContentError
from quizgame.formats._archives import opened, packed, unpacked


def archive(*members, method=zipfile.ZIP_DEFLATED):
    """An archive of pairs of a name (or a ZipInfo) and bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as made:
        for name, data in members:
            made.writestr(name, data, compress_type=method)
    return whole.getvalue()


def link():
    info = zipfile.ZipInfo("a.txt")
    info.external_attr = 0o120777 << 16
    return archive((info, "/etc/passwd"))


def lying(data, size):
    """The archive, whose first member claims another size in both places."""
    at = data.index(b"PK\x01\x02")
    changed = data[: at + 24] + struct.pack("<L", size) + data[at + 28 :]
    return changed[:22] + struct.pack("<L", size) + changed[26:]


def encrypted():
    data = archive(("a.txt", b"x"))
    at = data.index(b"PK\x01\x02")
    return data[: at + 8] + b"\x01\x00" + data[at + 10 :]


def overlapping():
    """Two entries of the directory that are the same bytes of the file."""
    data = archive(("a.txt", b"aaaa"), ("b.txt", b"bbbb"))
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 42] + struct.pack("<L", 0) + data[at + 46 :]


def a_crowd(count):
    return archive(*((f"{n}.txt", b"") for n in range(count)), method=zipfile.ZIP_STORED)


def a_lying_crowd():
    """A long directory whose last record counts one member."""
    data = a_crowd(30_000)
    at = data.rindex(b"PK\x05\x06")
    return data[: at + 8] + struct.pack("<HH", 1, 1) + data[at + 12 :]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a whole zip archive"),
        (b"PK\x03\x04" + b"\0" * 100, "not a whole zip archive"),
        (archive(("a.txt", b"hello"))[:-1], "not a whole zip archive"),
        (archive(("a.txt", b"hello" * 99))[20:], "not a whole zip archive"),
        (archive(("../a.txt", b"x")), "not a name inside"),
        (archive(("a/../../b.txt", b"x")), "not a name inside"),
        (archive(("/etc/passwd", b"x")), "not a name inside"),
        (archive(("..\\a.txt", b"x")), "not a name inside"),
        (archive(("C:/a.txt", b"x")), "not a name inside"),
        (archive(("a.zip", b"x")), "archive inside an archive"),
        (archive(("a.txt", archive(("b.txt", b"x")))), "archive inside an archive"),
        (archive(("a.txt", b"x"), ("A.TXT", b"y")), "same name"),
        (link(), "is a link"),
        (encrypted(), "is encrypted"),
        (overlapping(), "overlap"),
        (a_crowd(201), "more than 200 files"),
        (a_lying_crowd(), "more than 200 files"),
        (archive(("a.txt", bytes(1_000_000))), "packed too tightly"),
        (lying(archive(("a.txt", bytes(1_000_000))), 5_000), "not a whole zip archive"),
        (lying(archive(("a.txt", b"hello")), 9_000), "lies about its size|not a whole"),
        (archive(("a.txt", b"x"), method=zipfile.ZIP_LZMA)[:9] + b"\x63", "not a whole"),
        (bytes(5_000_001), "5 MB are the most"),
    ],
)
def test_a_hostile_archive_is_turned_away(data, reason):
    with pytest.raises(ContentError, match=reason):
        unpacked("a.zip", data)


def test_a_bomb_of_many_members_is_not_unpacked():
    some = bytes(range(256)) * 4_000
    bomb = archive(*((f"{n}.txt", some) for n in range(150)))

    tracemalloc.start()
    with pytest.raises(ContentError, match=r"packed too tightly|more than 20 MB"):
        unpacked("a.zip", bomb)

    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_bomb_that_denies_its_size_stops_where_it_said():
    bomb = lying(archive(("a.txt", bytes(50_000_000))), 9_999)

    tracemalloc.start()
    with pytest.raises(ContentError):
        unpacked("a.zip", bomb)

    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("crowd", [a_crowd(40_000), a_lying_crowd()], ids=["said", "denied"])
def test_a_crowd_is_turned_away_unread(monkeypatch, crowd):
    monkeypatch.setattr(zipfile, "ZipFile", None)

    with pytest.raises(ContentError, match="more than 200 files"):
        unpacked("a.zip", crowd)


def test_files_come_back_as_they_were_packed():
    files = {"a.txt": "🚌\r\n".encode(), "b/c.ann": b"", "d.json": str(list(range(9_000))).encode()}

    assert unpacked("a.zip", packed(files)) == files
    assert packed(files) == packed(files)


def test_only_one_archive_alone_is_opened():
    inside = {"a.txt": b"a"}
    zipped = packed(inside)

    assert opened({"all.ZIP": zipped}) == inside
    assert opened({"a.txt": zipped}) == {"a.txt": zipped}
    assert opened({"a.zip": zipped, "b.txt": b""}) == {"a.zip": zipped, "b.txt": b""}
