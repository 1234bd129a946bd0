"""Telling and asking: lines that make sense when heard alone; answers are understood, or asked for again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from alleo_onboard.locale import _
from alleo_onboard.plain.console import Console, harmless
from alleo_onboard.plain.words import Again, Back, Leave, Next, is_back, is_help, is_leave, is_no, is_yes, meaning
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
            typed = self._typed(_prompt(question, default))
            if typed is None:
                continue
            if answer := typed or default:
                return answer
            if may_be_empty:
                return ""
            self.say(_("Nothing was typed. Type an answer, back, or ? for help."))

    def hidden(self, question: str, *, may_be_empty: bool = False) -> str:
        """A free answer that is not shown. It is used inside `console.unseen()` where more than one is read."""
        with self.console.unseen():
            while True:
                typed = self._typed(f"{harmless(question)}: ", unseen=True)
                if typed or (typed is not None and may_be_empty):
                    return typed
                if typed is not None:
                    self.say(_("Nothing was typed. Type an answer, back, or ? for help."))

    def yes(self, question: str, *, typed_out: bool = False) -> bool:
        """A yes or a no; with `typed_out` only a whole word is a yes, and everything else is a no."""
        prompt = _("{question} Type yes or no: ").format(question=harmless(question))
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
            self.say(_("That is neither yes nor no."))

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
        prompt = _choices(len(options), following, before, default=_number(options, default), reads=reads)
        while True:
            typed = self._typed(prompt, short=True)
            if typed is None:
                continue
            word = typed.casefold()
            if word == "n" and following:
                raise Next
            if word == "n":
                self.say(_("The next step opens once this one is settled."))
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
            self.say(_("Nothing was typed. Type an answer, back, or ? for help."))
        elif n == 1:
            self.say(_("That is not a choice here. Type 1, or ? for help."))
        elif n:
            self.say(_("That is not a choice here. Type a number from 1 to {n}, or ? for help.").format(n=n))
        else:
            self.say(_("That is not a choice here. Type ? for help."))

    def _typed(self, prompt: str, *, unseen: bool = False, short: bool = False) -> str | None:
        """What was typed; None where it was a word that was answered here. Raises Back, Leave."""
        typed = (self.console.read_unseen if unseen else self.console.read)(prompt).strip()
        word = typed.casefold()
        if is_help(word):
            self.say(*self.help, *meaning())
            return None
        if is_back(word, short=short):
            raise Back
        if is_leave(word):
            if self.may_leave():
                raise Leave
            return None
        return typed


def spoken(text: str) -> str:
    """A line of a face with marks as a line to be heard: marks become words, or go where the words say it already."""
    bare = text.strip()
    for mark, words in _MARKS:
        if bare.startswith(mark):
            return words().format(text=bare.removeprefix(mark).strip())
    return " ".join(bare.replace(" → ", _(" becomes ")).split())


_MARKS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("!", lambda: _("Attention: {text}")),
    ("✓", lambda: "{text}"),
    ("[x]", lambda: _("Done: {text}")),
    ("[ ]", lambda: _("Not yet: {text}")),
    ("·", lambda: "{text}"),
)


def _chosen(options: Sequence[Option], word: str, default: str) -> str:
    if not word:
        return default
    for number, option in enumerate(options, 1):
        if word == str(number) or (option.letter and word == option.letter):
            return option.key
    return ""


def _number(options: Sequence[Option], default: str) -> int:
    return next((number for number, option in enumerate(options, 1) if option.key == default), 0)


def _prompt(question: str, default: str) -> str:
    text = _("{question} (Enter for {default}): ") if default else "{question}: "
    return text.format(question=harmless(question), default=harmless(default))


def _choices(n: int, following: str, before: str, *, default: int, reads: bool) -> str:
    """The question after a list, with the words that work there."""
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
