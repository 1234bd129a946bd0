"""What the columns of a file from Alleo are: found by their headings, in any order, in English, Dutch or German.

Headings seen in Alleo's help centre: articles 522749, 303635, 254392, 92359 (facts/alleo.md, section 1).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from alleo_onboard.domain.budget import Period, period_of, recognised_name

# Headings without blanks, dots and dashes. The first column that fits a field is taken.
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
_AIDS = frozenset({"id", "prefix", "action", "active"})  # they find somebody, or say what the row is about


@dataclass(frozen=True, slots=True)
class Columns:
    """`places` maps our fields to places in a row; `unknown` are the headings that are none of them."""

    places: Mapping[str, int]
    unknown: tuple[str, ...]

    @property
    def identify(self) -> bool:
        """Whether people can be found by these columns."""
        return "email" in self.places or "id" in self.places

    @property
    def compared(self) -> tuple[str, ...]:
        """The fields whose values can differ."""
        return tuple(name for name in self.places if name not in _AIDS)


def columns(headings: Sequence[str]) -> Columns:
    """What these headings stand for."""
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
    budget = heading.strip().casefold()
    return budget if recognised_name(budget) else _FIELDS.get(_bare(heading))


def _bare(heading: str) -> str:
    parts = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(c for c in parts if c.isalnum())


def best(lines: Iterable[Sequence[str]]) -> tuple[int, Columns] | None:
    """The place of the line that holds the headings, and its columns; None where no line tells who a row is about."""
    found = [(place, columns(line)) for place, line in enumerate(lines)]
    fit = [(place, told) for place, told in found if told.identify]
    return max(fit, key=lambda one: (len(one[1].places), -one[0])) if fit else None


def period(field: str) -> Period | None:
    """How often a field of money is paid; None for any other field."""
    if field == "monthly":
        return Period.MONTHLY
    if field == "oneoff":
        return Period.ONEOFF
    return period_of(field) if recognised_name(field) else None
