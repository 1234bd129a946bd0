"""Decodes a JSON response, and names the reason when it is not JSON."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec

from alleo_onboard.locale import _

_MARK = b"\xef\xbb\xbf"  # byte-order mark of UTF-8
# Every escape of JSON text: surrogate pairs first, so that they are kept; an escaped backslash before "u" is no escape.
_ESCAPE = re.compile(rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u[dD][89a-fA-F]..|.)", re.DOTALL)
_REPLACED = b"\\ufffd"
_NO_NUMBER = re.compile(rb"(?<![\w\"])-?(?:NaN|Infinity)\b")


class Flaw(StrEnum):
    """Why a body cannot be used."""

    EMPTY = "empty"
    HTML = "html"
    BAD_TEXT = "bad_text"
    NO_NUMBER = "no_number"
    TRUNCATED = "truncated"
    NO_JSON = "no_json"
    SHAPE = "shape"


class Unreadable(Exception):  # noqa: N818 - says what the answer is
    """The body is not JSON, or does not have the documented structure."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


_ANY = msgspec.json.Decoder(float_hook=Decimal)


def decoded(content: bytes, decoder: Any = _ANY) -> Any:
    """Returns `content` decoded by a msgspec decoder. Raises Unreadable.

    A byte-order mark is skipped. Invalid UTF-8 and lone surrogates become U+FFFD, so that they damage one text and not
    the whole answer.
    """
    try:
        return decoder.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ArithmeticError) as error:
        first: Exception = error  # 1e999999999999 raises ArithmeticError
    if (mended := _mended(content)) != content:
        try:
            return decoder.decode(mended)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ArithmeticError) as error:
            first = error
    raise Unreadable(_flaw(content, mended, first)) from None


def _mended(content: bytes) -> bytes:
    """Returns the content without byte-order mark, with invalid characters replaced by U+FFFD."""
    text = content.removeprefix(_MARK).decode("utf-8", "replace").encode()
    return _ESCAPE.sub(_whole, text) if b"\\u" in text else text


def _whole(escape: re.Match[bytes]) -> bytes:
    """Returns an escape unchanged, or U+FFFD for a lone surrogate."""
    found = escape[0]
    return _REPLACED if len(found) == 6 and found[2:3] in b"dD" else found


def _flaw(content: bytes, mended: bytes, error: Exception) -> Flaw:
    """Returns why the content cannot be decoded."""
    bare = mended.strip()
    if not bare:
        return Flaw.EMPTY
    if isinstance(error, msgspec.ValidationError):
        return Flaw.SHAPE
    if bare.startswith(b"<"):
        return Flaw.HTML
    if "truncated" in str(error):
        return Flaw.TRUNCATED
    if _NO_NUMBER.search(bare):
        return Flaw.NO_NUMBER
    return Flaw.BAD_TEXT if b"\0" in bare or not _is_utf8(content) else Flaw.NO_JSON


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def flawed(host: str, flaw: Flaw) -> str:
    """Returns the sentence for a body that cannot be used."""
    says = {
        Flaw.EMPTY: _("The answer of {host} is empty."),
        Flaw.HTML: _("{host} answers with a web page instead of data: a sign-in page, a proxy or a firewall, perhaps."),
        Flaw.BAD_TEXT: _("The answer of {host} is not text in UTF-8."),
        Flaw.NO_NUMBER: _("The answer of {host} holds NaN or Infinity where a number belongs, which is no JSON."),
        Flaw.TRUNCATED: _("The answer of {host} ends in the middle; it was cut short."),
        Flaw.NO_JSON: _("The answer of {host} is not JSON."),
        Flaw.SHAPE: _("The answer of {host} does not look as its API describes."),
    }
    return says[flaw].format(host=host)
