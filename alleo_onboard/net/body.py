"""Reads an HTTP response body up to a size and time limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alleo_onboard.locale import _

if TYPE_CHECKING:
    import httpx

# bytes. A server that ignores paging sends 100,000 accounts of 1.5 kB at once: 150 MB. A normal page is some 100 kB.
MOST_BYTES = 256 << 20
ACCEPT_ENCODING = "gzip, deflate"
_ASKED_FOR = frozenset({"gzip", "deflate"})
_PACKED = _ASKED_FOR | {"br", "zstd"}  # encodings that httpx may decode


class BodyCutShort(Exception):  # noqa: N818 - says what happened
    """The connection or the compressed data ended before the body was complete."""


class TooLarge(Exception):  # noqa: N818 - says what the answer is
    """The body is larger than MOST_BYTES, compressed or not. The rest was not read."""


async def whole(response: httpx.Response) -> bytes:
    """Returns the body, decompressed.

    Raises TooLarge, BodyCutShort for an encoding that was not asked for, and `httpx.RequestError`.

    A chunk from the network is 64 kB, which gzip expands to at most 64 MB before it is counted. Data that is compressed
    twice, or by a stronger method, has no such limit, so it is never decompressed.
    """
    announced = response.headers.get("Content-Length", "0")
    if announced.isascii() and announced.isdigit() and int(announced[:19]) > MOST_BYTES:
        raise TooLarge
    named = response.headers.get_list("Content-Encoding", split_commas=True)
    packed = [one for name in named if (one := name.strip().lower()) in _PACKED]
    if len(packed) > 1 or not _ASKED_FOR.issuperset(packed):
        raise BodyCutShort
    parts, size = [], 0
    async for part in response.aiter_bytes():
        size += len(part)
        if size > MOST_BYTES:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)


def too_large(host: str) -> str:
    """Returns the sentence for TooLarge."""
    said = _(
        "{host} sends an answer of more than {most} MB, more than any list of people needs; the rest of it was not "
        "read. Check the address; if it is right, tell whoever runs that server."
    )
    return said.format(host=host, most=MOST_BYTES >> 20)
