"""Shows lines and asks questions. Lines make sense when heard alone; an unclear answer is asked for again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from alleo_onboard.locale.answers import whole_yes
from alleo_onboard.plain.console import Console, harmless
from alleo_onboard.plain.words import Again, Back, Leave, Next, is_back, is_help, is_leave, is_no, is_yes
from alleo_onboard.presentation.conversation import (
    asked,
    choose_one,
    letter_is_no_text,
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
    """One numbered choice. `letter` may be typed instead of the number."""

    key: str
    label: str
    letter: str = ""


class Talk:
    """Shows and asks.

    `help` returns what is shown for `?`; `words` are letters that work at every choice, with their functions.
    """

    def __init__(self, console: Console) -> None:
        self.console = console
        self.title = ""
        self.help: Callable[[], Sequence[str]] = tuple
        self.may_leave: Callable[[], bool] = lambda: True
        self.words: dict[str, Callable[[], None]] = {}

    # Telling

    def say(self, *texts: str) -> None:
        """Writes each text as one or more lines."""
        for text in texts:
            for line in text.splitlines() or [""]:
                self.console.write(spoken(harmless(line)))

    def copied(self, *texts: str) -> None:
        """Writes texts that are copied, such as files, line by line as they are."""
        for text in texts:
            for line in text.splitlines():
                self.console.write(harmless(line), copied=True)

    def tell(self, lines: Iterable[Line]) -> None:
        """Writes lines without their tones; empty ones are left out."""
        self.say(*(line.text for line in lines if line.text.strip()))

    def attend(self, sentence: str) -> None:
        """Writes a sentence that needs a person."""
        self.say(f"! {sentence}")

    def page(self, title: str, help_text: Callable[[], Sequence[str]]) -> None:
        """Starts a page: an empty line, its title, and what returns its help, in the language that is then spoken."""
        self.title, self.help = title, help_text
        self._head()

    def _head(self) -> None:
        self.console.write("")
        self.say(self.title)

    @contextmanager
    def without(self, *letters: str) -> Iterator[None]:
        """Holds a page on which these letters of `words` do not work. Its title and help end with it."""
        before = self.title, self.help, self.words
        self.words = {letter: job for letter, job in self.words.items() if letter not in letters}
        try:
            yield
        finally:
            self.title, self.help, self.words = before

    @contextmanager
    def beside(self, *letters: str) -> Iterator[None]:
        """Holds a page beside the way, `without` these letters.

        Back leads to the page that it was opened on, whose title is told again.
        """
        with suppress(Back), self.without(*letters):
            yield
        self._head()

    # Asking

    def text(self, question: str, default: str = "", *, may_be_empty: bool = False) -> str:
        """Asks for text. Enter alone means `default`."""
        while True:
            typed = self._answer(asked(harmless(question), harmless(default)))
            if typed is None:
                continue
            if answer := typed or default:
                return answer
            if may_be_empty:
                return ""
            self.say(nothing_typed())

    def unless_no(self, question: str) -> str:
        """Asks for text that nobody has to give. Returns "" for Enter alone, and for a no."""
        while True:
            typed = self._typed(asked(harmless(question), ""))
            if typed is not None and is_no(typed.casefold()):
                return ""
            if typed is not None and not self._is_letter(typed):
                return typed

    def hidden(self, question: str, *, may_be_empty: bool = False) -> str:
        """Asks for text without showing it. Use it inside `console.unseen()` when more than one is read."""
        with self.console.unseen():
            while True:
                typed = self._answer(f"{harmless(question)}: ", unseen=True)
                if typed or (typed is not None and may_be_empty):
                    return typed
                if typed is not None:
                    self.say(nothing_typed())

    def go_on(self, question: str) -> None:
        """Asks, within a list, whether to go on: Enter does. Raises Back, Leave."""
        while (typed := self._typed(asked(harmless(question), ""))) != "":
            word = (typed or "").casefold()
            if word in self.words:
                self.words[word]()
            elif word:
                self.say(no_such_choice(0))

    def yes(self, question: str, *, typed_out: bool = False) -> bool:
        """Asks for yes or no. With `typed_out` only a whole word is a yes, and everything else a no."""
        prompt = yes_or_no(harmless(question))
        while True:
            typed = self._typed(prompt)
            if typed is None:
                continue
            word = typed.casefold()
            if typed_out:
                return whole_yes(word)
            if is_yes(word):
                return True
            if is_no(word):
                return False
            self.say(neither_yes_nor_no())

    def choose(
        self,
        options: Sequence[Option],
        *,
        following: str | None = None,
        before: str = "",
        default: str = "",
        reads: bool = False,
    ) -> str:
        """Returns the key of the chosen option, or "" when a letter of `words` was handled.

        `following` and `before` are the steps that n and b lead to, or ""; `following` is None beside the steps. Raises
        Next, Back, Again (only if the page `reads`), Leave.
        """
        for number, option in enumerate(options, 1):
            self.say(f"{number}. {option.label}")
        prompt = choose_one(len(options), following or "", before, default=_number(options, default), reads=reads)
        while True:
            typed = self._typed(prompt)
            if typed is None:
                continue
            word = typed.casefold()
            if word == "n" and following:
                raise Next
            if word == "n" and following is not None:
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
        """Says that the answer is no choice. Does not repeat it, because it may be a secret."""
        if not typed:
            self.say(nothing_typed())
        else:
            self.say(no_such_choice(n))

    def _answer(self, prompt: str, *, unseen: bool = False) -> str | None:
        """Returns what was typed as text, or None when it was handled here. Raises Back, Leave."""
        typed = self._typed(prompt, unseen=unseen)
        return None if typed is None or self._is_letter(typed) else typed

    def _is_letter(self, typed: str) -> bool:
        """Returns whether one letter was typed, as at a choice, and says that it is no text."""
        letter = len(typed) == 1 and typed.isascii() and typed.isalpha()
        if letter:
            self.say(letter_is_no_text())
        return letter

    def _typed(self, prompt: str, *, unseen: bool = False) -> str | None:
        """Returns what was typed, or None when it was handled here. Raises Back, Leave."""
        typed = (self.console.read_unseen if unseen else self.console.read)(prompt).strip()
        word = typed.casefold()
        if is_help(word):
            self.say(*self.help(), *words_that_work())
            return None
        if is_back(word):
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
