"""Sentences of the plain wizard: questions, unusable answers, and the words that always work."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from alleo_onboard.locale import _


class Cause(Enum):
    """Why the plain wizard is used."""

    ASKED = "asked"
    VARIABLE = "variable"
    DUMB = "dumb"
    NO_CURSOR = "no cursor"
    NO_FRAME = "no frame"


def because(cause: Cause) -> str:
    """Returns that the wizard uses plain lines, and why."""
    said = {
        Cause.ASKED: _("alleo-onboard, as questions and lines."),
        Cause.VARIABLE: _("alleo-onboard, as questions and lines, because ALLEO_ONBOARD_PLAIN is set."),
        Cause.DUMB: _(
            "alleo-onboard, as questions and lines, because this terminal says that it is a dumb one (TERM)."
        ),
        Cause.NO_CURSOR: _("alleo-onboard, as questions and lines, because this terminal cannot move its cursor."),
        Cause.NO_FRAME: _("alleo-onboard, as questions and lines, because this terminal cannot show lines and marks."),
    }
    return said[cause]


def help_is_there() -> str:
    return _("Type ? for help at every question, and q to leave.")


def words_that_work() -> tuple[str, ...]:
    """Returns the words that work at every question, for each help."""
    return (
        _(
            "Every question is one line: type an answer and press Enter. What stands in brackets is taken by "
            "Enter alone."
        ),
        _("back goes back. r reads again. x hides people's names, or shows them again. d is the daily run."),
        _("h is the history: what was done, and for whom."),
        _("l goes on in another language."),
        _("q leaves, and says what was saved. Nothing is written to Alleo before you type yes to it."),
    )


# Questions


def asked(question: str, default: str) -> str:
    """Returns a question for text. Enter alone means `default`, "" for none."""
    text = _("{question} (Enter for {default}): ") if default else "{question}: "
    return text.format(question=question, default=default)


def yes_or_no(question: str) -> str:
    return _("{question} Type yes or no: ").format(question=question)


def go_ahead(sentence: str) -> str:
    """Returns the question before a run; only a typed yes is one."""
    return _("{sentence} Go ahead?").format(sentence=sentence)


def go_ahead_typed() -> str:
    """Returns the same for the command line, where the sentence is above."""
    return _("Go ahead? Type yes: ")


def choose_one(n: int, following: str, before: str, *, default: int, reads: bool) -> str:
    """Returns the question after a list of `n`, with the words that work there.

    `following` and `before` are the steps that n and b lead to, or ""; `default` is the number for Enter, 0 for none;
    `reads` is whether the page can be read again.
    """
    parts = [_("1 to {n}").format(n=n) if n > 1 else "1"] if n else []
    if default:
        parts.append(_("Enter for {n}").format(n=default))
    if reads:
        parts.append(_("r to read again"))
    if following:
        parts.append(_("n for {step}").format(step=following))
    if before:
        parts.append(_("b for {step}").format(step=before))
    parts += [_("? for help"), _("q to leave")]
    return _("Type {answers}: ").format(answers=", ".join(parts))


# Unusable answers


def nothing_typed() -> str:
    return _("Nothing was typed. Type an answer, back, or ? for help.")


def letter_is_no_text() -> str:
    """Returns the error for a single letter, which is a command at a choice, where text is asked for."""
    return _("One letter is a command, not an answer. Type the answer in full, b to go back, or ? for help.")


def not_text() -> str:
    """Returns the error for bytes that are no text in the terminal's encoding."""
    return _("What was typed is no text in the encoding of this terminal, so nothing was taken. Start again.")


def neither_yes_nor_no() -> str:
    return _("That is neither yes nor no.")


def no_such_choice(n: int) -> str:
    """Returns the error for an answer that is not in a list of `n`. It is not repeated, because it may be a secret."""
    if n == 1:
        return _("That is not a choice here. Type 1, or ? for help.")
    if n:
        return _("That is not a choice here. Type a number from 1 to {n}, or ? for help.").format(n=n)
    return _("That is not a choice here. Type ? for help.")


def next_is_closed() -> str:
    return _("The next step opens once this one is settled.")


def nothing_before(step: str) -> str:
    return _("{step} is the first step: there is nothing before it. q leaves.").format(step=step)


def nobody_answers() -> str:
    """Returns the sentence for the end of input."""
    return _("There is nobody to answer any more, so this ends here.")


def interrupted() -> str:
    return _("Interrupted.")


# Lines with marks, as text to be heard


_MARKS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("!", lambda: _("Attention: {text}")),
    ("✓", lambda: "{text}"),
    ("i ", lambda: "{text}"),
    ("[x]", lambda: _("Done: {text}")),
    ("[ ]", lambda: _("Not yet: {text}")),
    ("·", lambda: "{text}"),
)


def spoken(text: str) -> str:
    """Returns a line for a screen reader: marks become words, or are removed when the words say it already."""
    bare = text.strip()
    for mark, words in _MARKS:
        if bare.startswith(mark):
            return words().format(text=bare.removeprefix(mark).strip())
    return re.sub(" +", " ", bare.replace(" → ", _(" becomes ")))
