"""Recognises the columns of a file from Alleo by their headings: any order; English, Dutch or German.

Headings come from Alleo's help centre: articles 522749, 303635, 254392, 92359 (facts/alleo.md, section 1).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from alleo_onboard.domain.budget import Period, period_of, recognised_name

# Keys: our field names. Values: headings in lower case, without spaces, dots and dashes. When two columns match one
# field, the first column is taken.
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "externalid", "personioid", "customemployeeid", "employeeid", "employeenumber", "hrisid", "extern", "externid",
        "personeelsnummer", "medewerkernummer", "werknemersnummer", "medewerkerid", "personalnummer", "mitarbeiterid",
    ),
    "email": (
        "email", "emailaddress", "workemail", "workemailaddress", "businessemail", "companyemail", "emailadres",
        "werkemail", "werkmail", "zakelijkemail", "zakelijkemailadres", "emailadresse", "emailgeschaftlich", "username",
        "gebruikersnaam", "mail",
    ),
    "first_name": ("firstname", "givenname", "voornaam", "vorname"),
    "prefix": ("prefix", "tussenvoegsel", "tussenvoegsels", "voorvoegsel", "namenszusatz"),
    "last_name": ("lastname", "surname", "familyname", "achternaam", "nachname"),
    "name": ("name", "fullname", "naam", "volledigenaam", "employee", "medewerker", "werknemer", "vollstandigername"),
    "department": ("department", "afdeling", "abteilung"),
    "birthday": ("birthday", "dateofbirth", "birthdate", "verjaardag", "geboortedatum", "geburtstag", "geburtsdatum"),
    "work_anniversary": (
        "workanniversary", "hiredate", "startdate", "werkjubileum", "datumindiensttreding", "indiensttreding",
        "dienstjubilaum", "eintrittsdatum",
    ),
    "termination_date": (
        "offboardingdate", "terminationdate", "enddate", "datumuitdiensttreding", "uitdiensttreding", "austrittsdatum",
    ),
    "active": ("active", "status", "state", "actief", "aktiv", "accountstatus"),
    "action": ("action", "actiontype", "actie", "actietype", "typeactie", "aktion", "aktionstyp"),
    "monthly": ("monthlybudget", "maandbudget", "maandelijksbudget", "monatsbudget", "monatlichesbudget"),
    "oneoff": ("oneoffbudget", "onetimebudget", "eenmaligbudget", "einmaligesbudget", "einmalbudget"),
}  # fmt: skip
_FIELDS = {heading: field for field, headings in _HEADINGS.items() for heading in headings}
# identify a person or describe the row; their values are not compared
_AIDS = frozenset({"id", "prefix", "action", "active"})


@dataclass(frozen=True, slots=True)
class Columns:
    """The recognised columns of a file."""

    places: Mapping[str, int]  # our field name to the index in a row, from 0
    unknown: tuple[str, ...]  # headings that match no field

    @property
    def identify(self) -> bool:
        """Returns whether rows can be matched to people: there is an email or id column."""
        return "email" in self.places or "id" in self.places

    @property
    def compared(self) -> tuple[str, ...]:
        """Returns the fields whose values are compared."""
        return tuple(name for name in self.places if name not in _AIDS)


def columns(headings: Sequence[str]) -> Columns:
    """Returns the columns that these headings stand for."""
    places: dict[str, int] = {}
    unknown = []
    for place, heading in enumerate(headings):
        name = _field(heading)
        if name and name not in places:
            places[name] = place
        elif heading.strip():
            unknown.append(heading.strip())
    return Columns(places, tuple(unknown))


def _field(heading: str) -> str | None:
    """Returns our field name for a heading, or None."""
    budget = heading.strip().casefold()
    return budget if recognised_name(budget) else _FIELDS.get(_bare(heading))


def _bare(heading: str) -> str:
    """Returns the heading in lower case, letters and digits only, without accents."""
    parts = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(c for c in parts if c.isalnum())


def best(lines: Iterable[Sequence[str]]) -> tuple[int, Columns] | None:
    """Returns the index of the heading line and its columns, or None when no line has an email or id column.

    The line with the most recognised columns wins; on a tie, the first one.
    """
    found = [(place, columns(line)) for place, line in enumerate(lines)]
    fit = [(place, told) for place, told in found if told.identify]
    return max(fit, key=lambda one: (len(one[1].places), -one[0])) if fit else None


def period(field: str) -> Period | None:
    """Returns the period of a budget field, or None for any other field."""
    if field == "monthly":
        return Period.MONTHLY
    if field == "oneoff":
        return Period.ONEOFF
    return period_of(field) if recognised_name(field) else None
