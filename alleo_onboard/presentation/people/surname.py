"""Names as in an HR list: sorted by surname, prefixes after it, German umlauts as in DIN 5007-2."""

from __future__ import annotations

from collections.abc import Iterable

from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import language
from alleo_onboard.presentation.people.fold import fold, fold_german

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
    employee = person.employee
    if employee is None or not (employee.first_name and employee.last_name):
        return person.name
    surname, prefix = divided(employee.last_name)
    return " ".join(filter(None, (f"{surname}, {employee.first_name}", prefix)))


def sorting_keys(people: Iterable[Person]) -> list[str]:
    """Returns the sort key of each person in the reader's language: surname, first name, prefixes, normalised.

    The parts are separated by a character that sorts before letters and spaces.
    """
    folded = fold_german if language() == "de" else fold
    return [folded(_parts(person)) for person in people]


def by_surname(people: Iterable[Person]) -> list[Person]:
    """Returns the people by surname; people with the same name by Personio id."""
    found = list(people)
    keyed = zip(sorting_keys(found), found, strict=True)
    return [person for _key, person in sorted(keyed, key=lambda one: (one[0], one[1].personio_id))]


def _parts(person: Person) -> str:
    employee = person.employee
    if employee is None or not employee.last_name:
        return person.name
    last = employee.last_name
    if " " not in last:
        return f"{last}\t{employee.first_name}\t"
    surname, prefix = divided(last)
    return f"{surname}\t{employee.first_name}\t{prefix}"
