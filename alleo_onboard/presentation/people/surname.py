"""Names as in an HR list: sorted by surname, prefixes after it, German umlauts as in DIN 5007-2."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import language
from alleo_onboard.presentation.people.fold import fold, fold_german

Named = TypeVar("Named")

# Words before a surname that Dutch and German lists put after it (NEN 1888 "voorvoegsels"; DIN 5007).
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
    """Returns surname and prefixes: "van den Heuvel" is ("Heuvel", "van den"). A name of prefixes only stays whole."""
    if " " not in last_name:
        return last_name, ""
    words = last_name.split()
    at = 0
    while at < len(words) - 1 and words[at].casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") in PREFIXES:
        at += 1
    return " ".join(words[at:]), " ".join(words[:at])


def listed(person: Person) -> str:
    """Returns the name with the surname first: "Heuvel, André van den". If only a whole name is known, returns that."""
    known = person.employee or person.account
    if known is None or not (known.first_name and known.last_name):
        return person.name
    surname, prefix = divided(known.last_name)
    return " ".join(filter(None, (f"{surname}, {known.first_name}", prefix)))


def sorting_keys(people: Iterable[Person]) -> list[str]:
    """Returns the sort key of each person in the reader's language: surname, first name, prefixes, normalised.

    The parts are separated by a character that sorts before letters and spaces.
    """
    folded = _folded()
    return [folded(_parts(person)) for person in people]


def by_surname(people: Iterable[Person]) -> list[Person]:
    """Returns the people by surname; people with the same name by Personio id."""
    found = list(people)
    keyed = zip(sorting_keys(found), found, strict=True)
    return [person for _key, person in sorted(keyed, key=lambda one: (one[0], one[1].personio_id))]


def by_whole_name(found: Iterable[Named], name: Callable[[Named], str]) -> list[Named]:
    """Returns `found` by surname, where only the whole name of each is known."""
    folded = _folded()
    return sorted(found, key=lambda one: folded(_guessed(name(one))))


def _folded() -> Callable[[str], str]:
    return fold_german if language() == "de" else fold


def _guessed(name: str) -> str:
    """Returns the sort key of a whole name: the surname starts at the first prefix, else it is the last word."""
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
