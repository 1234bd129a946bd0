"""The eight attributes that Alleo needs, and how each is found among the readable ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alleo_onboard.domain.text import trimmed


@dataclass(frozen=True, slots=True)
class Attribute:
    """One row of Personio's `GET /v1/company/employees/attributes`.

    `type`, `universal_id` and `options` are None for old tenants, which do not send them.
    """

    key: str
    label: str
    type: str | None = None
    universal_id: str | None = None
    options: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Required:
    """An attribute that Alleo requires (Alleo help centre, article 13555).

    Without a `core` attribute no employee can be decided.
    """

    name: str
    universal_id: str
    core: bool = False


REQUIRED: tuple[Required, ...] = (
    Required("email", "email", core=True),
    Required("first_name", "first_name", core=True),
    Required("last_name", "last_name", core=True),
    Required("status", "status", core=True),
    Required("hire_date", "hire_date"),
    Required("termination_date", "termination_date"),
    Required("department", "department"),
    Required("birthday", "date_of_birth"),
)
CORE = frozenset(required.name for required in REQUIRED if required.core)
NAMES = tuple(required.name for required in REQUIRED)

# Labels of the preset birthday field, in lower case, in the languages used in Personio and Alleo.
BIRTHDAY_LABELS = frozenset(
    {
        "birthday",
        "date of birth",
        "birth date",
        "birthdate",
        "geburtstag",
        "geburtsdatum",
        "verjaardag",
        "geboortedatum",
    }
    | {
        "date de naissance",
        "anniversaire",
        "cumpleaños",
        "fecha de nacimiento",
        "compleanno",
        "data di nascita",
    }
)


@dataclass(frozen=True, slots=True)
class Match:
    """The attribute found for a required name. `by_label` is true when only its label matched."""

    attribute: Attribute
    by_label: bool = False


def match(attributes: Iterable[Attribute]) -> Mapping[str, Match]:
    """Returns the readable required attributes by name, found by universal_id or key. Missing ones are left out.

    Only birthday may be found by its label: it has no fixed key in v1, and old tenants send no universal_id.
    """
    listed = tuple(attributes)
    by_universal = {a.universal_id: a for a in reversed(listed) if a.universal_id}
    by_key = {a.key: a for a in listed}
    found: dict[str, Match] = {}
    for required in REQUIRED:
        attribute = (
            by_universal.get(required.universal_id) or by_key.get(required.name) or by_key.get(required.universal_id)
        )
        if attribute:
            found[required.name] = Match(attribute)
    if "birthday" not in found and (labelled := _birthday_by_label(listed)):
        found["birthday"] = Match(labelled, by_label=True)
    return found


def _birthday_by_label(attributes: Iterable[Attribute]) -> Attribute | None:
    """Returns a date attribute without universal_id whose label means birthday, or None."""
    for attribute in attributes:
        a_date = attribute.type in (None, "date") and not attribute.universal_id
        if a_date and trimmed(attribute.label).casefold() in BIRTHDAY_LABELS:
            return attribute
    return None
