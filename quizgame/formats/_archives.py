"""Zip archives: read only where they are small and plain, written the same every time.

The central directory is looked at before anything is unpacked, and what it says of sizes is not
believed: members are read in memory, counted as they come.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from itertools import pairwise

from quizgame.domain.errors import ContentError
from quizgame.formats._format import Files

MOST_PACKED = 5_000_000
MOST_UNPACKED = 20_000_000
MOST_MEMBERS = 200
MOST_RATIO = 100
MOST_DIRECTORY = MOST_MEMBERS * 600
SMALL = 10_000
"""Bytes below which a ratio says nothing: a page of blanks packs well."""
SIGNATURE = b"PK\x03\x04"
END = b"PK\x05\x06"
END_SIZE = 22


def unpacked(name: str, data: bytes) -> dict[str, bytes]:
    """Return the files in an archive; ContentError if it is not a small and plain one."""
    _check_directory(name, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            for reason in _reasons(archive.infolist()):
                raise ContentError(f"{name}: {reason}")
            return dict(_members(name, archive, members))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise ContentError(f"{name}: it is not a whole zip archive ({error})") from None
    except (NotImplementedError, ValueError, struct.error):
        raise ContentError(f"{name}: it is not a whole zip archive") from None


def packed(files: Mapping[str, bytes]) -> bytes:
    """Write an archive; the same files give the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            member = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            archive.writestr(member, data, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def opened(files: Files) -> Files:
    """Return files as they are, or those inside if they are one zip archive."""
    if len(files) != 1:
        return files
    ((name, data),) = files.items()
    return unpacked(name, data) if name.lower().endswith(".zip") else files


def bundled(files: Files) -> bytes:
    """Return the one file, or an archive of several."""
    if len(files) == 1:
        return next(iter(files.values()))
    return packed(files)


def _check_directory(name: str, data: bytes) -> None:
    """Refuse an archive with a long list of members before the list is read."""
    if len(data) > MOST_PACKED:
        raise ContentError(f"{name}: {len(data) / 1e6:.1f} MB are too many; 5 MB are the most")
    at = data.rfind(END, max(0, len(data) - END_SIZE - 65_535))
    if at < 0 or at + END_SIZE > len(data):
        raise ContentError(f"{name}: it is not a whole zip archive")
    count, size = struct.unpack("<HL", data[at + 10 : at + 16])
    if count > MOST_MEMBERS or size > MOST_DIRECTORY:
        raise ContentError(f"{name}: more than {MOST_MEMBERS} files are in it")


def _reasons(members: list[zipfile.ZipInfo]) -> Iterator[str]:
    """Yield why an archive is not opened, from its central directory alone."""
    names = [member.filename for member in members]
    if len(members) > MOST_MEMBERS:
        yield f"more than {MOST_MEMBERS} files are in it"
    if len({name.casefold() for name in names}) < len(names):
        yield "two files in it have the same name"
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        yield "more than 20 MB would come out of it"
    for member in members:
        yield from _reasons_of(member)
    ends = sorted((m.header_offset, m.header_offset + m.compress_size) for m in members)
    if any(end > start for (_, end), (start, _) in pairwise(ends)):
        yield "files in it overlap"


def _reasons_of(member: zipfile.ZipInfo) -> Iterator[str]:
    name = member.orig_filename
    steps = name.replace("\\", "/").split("/")
    if ".." in steps or name.startswith(("/", "\\")) or ":" in name or "\0" in name:
        yield f"{name!r} is not a name inside an archive"
    if name.lower().endswith((".zip", ".jar", ".7z", ".gz", ".tgz", ".rar", ".xlsx", ".docx")):
        yield f"{name!r} is an archive inside an archive"
    if stat.S_ISLNK(member.external_attr >> 16):
        yield f"{name!r} is a link"
    if member.flag_bits & 0x1:
        yield f"{name!r} is encrypted"
    if member.file_size > SMALL and member.file_size > MOST_RATIO * member.compress_size:
        yield f"{name!r} is packed too tightly to be a document"


def _members(
    name: str, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]
) -> Iterator[tuple[str, bytes]]:
    left = MOST_UNPACKED
    for member in members:
        with archive.open(member) as opened_member:
            data = opened_member.read(min(left, member.file_size) + 1)
        left -= len(data)
        if left < 0:
            raise ContentError(f"{name}: more than 20 MB would come out of it")
        if len(data) != member.file_size:
            raise ContentError(f"{name}: {member.filename!r} lies about its size")
        if data.startswith(SIGNATURE):
            raise ContentError(f"{name}: {member.filename!r} is an archive inside an archive")
        yield member.filename, data
