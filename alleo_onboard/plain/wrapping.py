"""Wraps lines at words, as wide as the terminal. What is copied from a line is never broken."""

from __future__ import annotations

import re
import textwrap

_OPTIONS = r"""(?: --[\w-]+(?: (?:"[^"]*"|'[^']*'|\w[^\s.,;:]*))?)*"""
_COMMAND = rf"alleo-onboard{_OPTIONS}(?: [a-z-]+){{0,2}}(?: [A-Z]{{2,}}\b| [\w-]*\d[\w-]*)*{_OPTIONS}"
_PATH = r"(?<!\S)(?:~|[A-Za-z]:)?[/\\](?:(?:(?![.,:;] )[^/\\])+[/\\])+\S*"
_WHOLE = re.compile(f"{_COMMAND}|{_PATH}")  # may hold spaces
_LIST_MARK = re.compile(r"(?:\d+\.|-) (?=\S)")
_LABEL = re.compile(r"[^:.,]{1,20}: (?=\S)")
_GLUE = "\0"  # a space inside of what stays whole; no line that is shown holds this character


def wrapped_question(text: str, width: int) -> str:
    """Returns a question like `wrapped`. Its answers between commas stay whole, and so does the space at its end."""
    if not width or len(text) <= width:
        return text
    parts = text.rstrip().split(", ")
    told = ", ".join(part.replace(" ", _GLUE) if len(part) <= width // 2 else part for part in parts)
    return wrapped(told, width).replace(_GLUE, " ") + " " * text.endswith(" ")


def wrapped(text: str, width: int) -> str:
    """Returns `text` in lines of at most `width` columns, or as it is for a `width` of 0.

    Longer words, commands and paths stay whole. Further lines are indented after a list mark or a label.
    """
    if not width or len(text) <= width:
        return text
    mark = _LIST_MARK.match(text)
    indent = len(mark.group()) if mark else 2 if _LABEL.match(text) else 0
    glued = _WHOLE.sub(lambda found: found.group().replace(" ", _GLUE), text)
    lines = textwrap.wrap(glued, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines).replace(_GLUE, " ")
