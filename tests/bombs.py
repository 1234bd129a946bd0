"""Answers that are small on the wire and huge in memory."""

from __future__ import annotations

import functools
import zlib


@functools.cache
def gzip_of(megabytes: int) -> bytes:
    """Returns this many megabytes of spaces, compressed to about a thousandth."""
    squeezed = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return b"".join([*(squeezed.compress(b" " * (1 << 20)) for _ in range(megabytes)), squeezed.flush()])


@functools.cache
def nested(megabytes: int) -> bytes:
    """Returns the same, compressed twice: one chunk would expand to a million times its size."""
    squeezed = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return squeezed.compress(gzip_of(megabytes)) + squeezed.flush()
