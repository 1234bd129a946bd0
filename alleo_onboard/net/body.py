"""How much of an answer is taken in: a bound that no honest server meets, so that no other can fill the memory."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Mapping

from alleo_onboard.locale import _

# 100,000 accounts of 1.5 kB, which a server that ignores paging sends at once, are 150 MB; a page is a few 100 kB.
MOST_BYTES = 256 << 20
ACCEPT_ENCODING = "gzip, deflate"
_ASKED_FOR = frozenset({"gzip", "deflate"})
_AS_IT_IS = frozenset({"", "identity"})
_GZIP, _ZLIB, _RAW = zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS


class BodyCutShort(Exception):  # noqa: N818 - says what happened
    """The connection ended, or its compression broke, before the body was complete."""


class TooLarge(Exception):  # noqa: N818 - says what the answer is
    """More than MOST_BYTES, packed or unpacked; the rest was not read."""


async def unpacked(parts: AsyncIterator[bytes], headers: Mapping[str, str]) -> bytes:
    """The body, unpacked. Raises TooLarge, and BodyCutShort for a packing nobody asked for or one that breaks off.

    Unpacking stops at the bound, so that a few kB that stand for gigabytes never become them. What is packed twice is
    not unpacked at all.
    """
    length = headers.get("content-length", "0")
    if length.isascii() and length.isdigit() and int(length[:19]) > MOST_BYTES:
        raise TooLarge
    named = [one for name in headers.get("content-encoding", "").split(",") if (one := name.strip().lower())]
    packed = [name for name in named if name not in _AS_IT_IS]
    if len(packed) > 1 or not _ASKED_FOR.issuperset(packed):
        raise BodyCutShort
    took, size = [], 0
    async for part in parts:
        size += len(part)
        if size > MOST_BYTES:
            raise TooLarge
        took.append(part)
    body = b"".join(took)
    return _unpack(body, packed[0]) if packed and body else body


def _unpack(body: bytes, packing: str) -> bytes:
    # "deflate" is zlib's form by the standard (RFC 9110, 8.4.1.2), and bare deflate as some servers write it.
    forms = (_GZIP,) if packing == "gzip" else (_ZLIB, _RAW)
    for form in forms:
        try:
            return _inflated(body, form)
        except zlib.error:
            continue
    raise BodyCutShort


def _inflated(body: bytes, form: int) -> bytes:
    """Raises zlib.error, TooLarge, or BodyCutShort when the end is missing. Gzip may come in several members."""
    made, size = [], 0
    while body:
        one = zlib.decompressobj(form)
        part = one.decompress(body, MOST_BYTES + 1 - size)
        size += len(part)
        if size > MOST_BYTES:
            raise TooLarge
        if not one.eof:
            raise BodyCutShort
        made.append(part)
        body = one.unused_data.lstrip(b"\0") if form == _GZIP else b""
    return b"".join(made)


def too_large(host: str) -> str:
    """The sentence for TooLarge."""
    said = _(
        "{host} sends an answer of more than {most} MB, more than any list of people needs; the rest of it was not "
        "read. Check the address; if it is right, tell whoever runs that server."
    )
    return said.format(host=host, most=MOST_BYTES >> 20)
