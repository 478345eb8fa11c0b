"""Words that stand in a key and nowhere else, however a page might hide them."""

import base64
import codecs
from collections.abc import Iterator
from hashlib import md5, sha256
from urllib.parse import quote


def spellings(canary: str) -> Iterator[bytes]:
    """How a canary might be hidden in an answer."""
    raw = canary.encode()
    yield from (raw, raw.lower(), raw[::-1], raw.hex().encode(), raw.hex().upper().encode())
    yield codecs.encode(canary, "rot13").encode()
    yield "".join(f"%{byte:02X}" for byte in raw).encode()
    yield "".join(f"&#{byte};" for byte in raw).encode()
    yield quote(canary).encode()
    for shift in range(3):  # base64 depends on what stands before
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(b" " * shift + raw)[4 if shift else 0 : -4]
    for digest in (md5, sha256):
        yield digest(raw).hexdigest().encode()
