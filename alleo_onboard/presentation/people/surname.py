"""Names as an HR list has them: by surname, prefixes behind it, German umlauts as DIN 5007-2 sorts names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import language
from alleo_onboard.presentation.people.fold import fold, fold_german

Named = TypeVar("Named")

# Words before a surname that Dutch and German lists put behind it (NEN 1888 "voorvoegsels"; DIN 5007).
PREFIXES = frozenset(
    [
        "aan",
        "af",
        "am",
        "auf",
        "bij",
        "d'",
        "da",
        "de",
        "del",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "'d",
        "'s",
        "'t",
        "het",
        "im",
        "in",
        "la",
        "le",
        "les",
        "lo",
        "of",
        "onder",
        "op",
        "over",
        "te",
        "ten",
        "ter",
        "tot",
        "uijt",
        "uit",
        "v.",
        "van",
        "vd",
        "vom",
        "von",
        "voor",
        "zu",
        "zum",
        "zur",
    ]
)


def divided(last_name: str) -> tuple[str, str]:
    """A surname and its prefixes: "van den Heuvel" is ("Heuvel", "van den"). A name of prefixes alone stays whole."""
    if " " not in last_name:
        return last_name, ""
    words = last_name.split()
    at = 0
    while at < len(words) - 1 and words[at].casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") in PREFIXES:
        at += 1
    return " ".join(words[at:]), " ".join(words[:at])


def listed(person: Person) -> str:
    """The name behind its surname: "Heuvel, André van den". Somebody of whom only a whole name is known keeps it."""
    known = person.employee or person.account
    if known is None or not (known.first_name and known.last_name):
        return person.name
    surname, prefix = divided(known.last_name)
    return " ".join(filter(None, (f"{surname}, {known.first_name}", prefix)))


def sorting_keys(people: Iterable[Person]) -> list[str]:
    """By what each person is sorted in the reader's language: surname, first name, prefixes, folded.

    They are parted by a character below every letter and blank.
    """
    folded = _folded()
    return [folded(_parts(person)) for person in people]


def in_order(people: Sequence[Person]) -> list[Person]:
    """People as they stand in a list."""
    keys = sorting_keys(people)
    return [people[place] for place in sorted(range(len(people)), key=keys.__getitem__)]


def by_surname(found: Iterable[Named], name: Callable[[Named], str]) -> list[Named]:
    """`found` in the order of a list, where no more is known of each than the whole name."""
    folded = _folded()
    return sorted(found, key=lambda one: folded(_guessed(name(one))))


def _folded() -> Callable[[str], str]:
    return fold_german if language() == "de" else fold


def _guessed(name: str) -> str:
    """The parts of a whole name: the surname is what follows the first prefix, else the last word."""
    words = name.split()
    at = next((n for n, word in enumerate(words) if n and word.casefold() in PREFIXES), max(len(words) - 1, 0))
    surname, prefix = divided(" ".join(words[at:]))
    return "\t".join((surname, " ".join(words[:at]), prefix))


def _parts(person: Person) -> str:
    known = person.employee or person.account
    if known is None or not known.last_name:
        return _guessed(person.name)
    last = known.last_name
    if " " not in last:
        return f"{last}\t{known.first_name}\t"
    surname, prefix = divided(last)
    return f"{surname}\t{known.first_name}\t{prefix}"
