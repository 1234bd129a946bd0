"""A line of text with a tone. Each interface shows the tone in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Tone(Enum):
    """How important a line is. The text must be clear without the tone."""

    PLAIN = "plain"
    QUIET = "quiet"
    STRONG = "strong"
    GOOD = "good"
    WARNING = "warning"
    STRONG_GOOD = "strong good"
    STRONG_WARNING = "strong warning"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text."""

    text: str
    tone: Tone = Tone.PLAIN


def warned(sentence: str) -> Line:
    """Returns a warning: marked with "!" and by its tone."""
    return Line(f"! {sentence}", Tone.WARNING)
