"""Telling and asking: lines that make sense when heard alone; answers are understood, or asked for again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from alleo_onboard.locale import _
from alleo_onboard.plain.console import Console, harmless
from alleo_onboard.plain.words import Again, Back, Leave, Next, is_back, is_help, is_leave, is_no, is_yes
from alleo_onboard.presentation.conversation import (
    asked,
    choose_one,
    neither_yes_nor_no,
    next_is_closed,
    no_such_choice,
    nothing_typed,
    spoken,
    words_that_work,
    yes_or_no,
)
from alleo_onboard.presentation.lines import Line


@dataclass(frozen=True, slots=True)
class Option:
    """One numbered choice. `letter` works besides its number, where sentences speak of it."""

    key: str
    label: str
    letter: str = ""


class Talk:
    """`help` is what the page says on `?`; `words` are single letters with what each does, at every choice."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.help: Sequence[str] = ()
        self.may_leave: Callable[[], bool] = lambda: True
        self.words: dict[str, Callable[[], None]] = {}

    # Telling

    def say(self, *texts: str) -> None:
        """Each text as a line, or several where it has line ends."""
        for text in texts:
            for line in text.splitlines() or [""]:
                self.console.write(spoken(harmless(line)))

    def tell(self, lines: Iterable[Line]) -> None:
        """Lines without their tones; empty ones, which only make room, are left out."""
        self.say(*(line.text for line in lines if line.text.strip()))

    def attend(self, sentence: str) -> None:
        """Something that needs a person."""
        self.say(f"! {sentence}")

    def page(self, title: str, *help_text: str) -> None:
        """A new page: an empty line, its title, and what it says when it is asked for help."""
        self.help = help_text
        self.console.write("")
        self.say(title)

    # Asking

    def text(self, question: str, default: str = "", *, may_be_empty: bool = False) -> str:
        """A free answer. Enter alone takes `default`."""
        while True:
            typed = self._typed(asked(harmless(question), harmless(default)))
            if typed is None:
                continue
            if answer := typed or default:
                return answer
            if may_be_empty:
                return ""
            self.say(nothing_typed())

    def hidden(self, question: str, *, may_be_empty: bool = False) -> str:
        """A free answer that is not shown. It is used inside `console.unseen()` where more than one is read."""
        with self.console.unseen():
            while True:
                typed = self._typed(f"{harmless(question)}: ", unseen=True)
                if typed or (typed is not None and may_be_empty):
                    return typed
                if typed is not None:
                    self.say(nothing_typed())

    def yes(self, question: str, *, typed_out: bool = False) -> bool:
        """A yes or a no; with `typed_out` only a whole word is a yes, and everything else is a no."""
        prompt = yes_or_no(harmless(question))
        while True:
            typed = self._typed(prompt)
            if typed is None:
                continue
            word = typed.casefold()
            if typed_out:
                return word in ("yes", _("yes"))
            if is_yes(word):
                return True
            if is_no(word):
                return False
            self.say(neither_yes_nor_no())

    def choose(
        self,
        options: Sequence[Option],
        *,
        following: str = "",
        before: str = "",
        default: str = "",
        reads: bool = False,
    ) -> str:
        """The key of the choice. `following` and `before` are the steps that n and b lead to, "" where none is.

        Raises Next, Back, Again (only where the page `reads`), Leave.
        """
        for number, option in enumerate(options, 1):
            self.say(f"{number}. {option.label}")
        prompt = choose_one(len(options), following, before, default=_number(options, default), reads=reads)
        while True:
            typed = self._typed(prompt, short=True)
            if typed is None:
                continue
            word = typed.casefold()
            if word == "n" and following:
                raise Next
            if word == "n":
                self.say(next_is_closed())
                continue
            if word == "r" and reads:
                raise Again
            if found := _chosen(options, word, default):
                return found
            if word in self.words:
                self.words[word]()
                return ""
            self._misunderstood(typed, len(options))

    def _misunderstood(self, typed: str, n: int) -> None:
        """Never repeats what was typed: it may be a secret that landed in the wrong place."""
        if not typed:
            self.say(nothing_typed())
        else:
            self.say(no_such_choice(n))

    def _typed(self, prompt: str, *, unseen: bool = False, short: bool = False) -> str | None:
        """What was typed; None where it was a word that was answered here. Raises Back, Leave."""
        typed = (self.console.read_unseen if unseen else self.console.read)(prompt).strip()
        word = typed.casefold()
        if is_help(word):
            self.say(*self.help, *words_that_work())
            return None
        if is_back(word, short=short):
            raise Back
        if is_leave(word):
            if self.may_leave():
                raise Leave
            return None
        return typed


def _chosen(options: Sequence[Option], word: str, default: str) -> str:
    if not word:
        return default
    for number, option in enumerate(options, 1):
        if word == str(number) or (option.letter and word == option.letter):
            return option.key
    return ""


def _number(options: Sequence[Option], default: str) -> int:
    return next((number for number, option in enumerate(options, 1) if option.key == default), 0)
