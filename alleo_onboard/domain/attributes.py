"""The eight attributes Alleo needs, and how each is found among those a credential may read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alleo_onboard.domain.text import trimmed


@dataclass(frozen=True, slots=True)
class Attribute:
    """One row of Personio's `GET /v1/company/employees/attributes`.

    `type`, `universal_id` and `options` are None where the tenant is too old to send them.
    """

    key: str
    label: str
    type: str | None = None
    universal_id: str | None = None
    options: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Required:
    """An attribute Alleo asks for (Alleo help centre, article 13555). Without a core one nothing can be decided."""

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

# Labels of the preset birthday field in the languages Personio and Alleo are used in.
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
    """Where a required attribute was found; `by_label` when nothing better than its label told."""

    attribute: Attribute
    by_label: bool = False


def match(attributes: Iterable[Attribute]) -> Mapping[str, Match]:
    """Finds each required attribute by universal_id or key, never by label.

    Birthday alone has no key of its own in v1; tenants too old to send a type and universal_id leave only its label.
    Names that are not readable are left out.
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
    for attribute in attributes:
        a_date = attribute.type in (None, "date") and not attribute.universal_id
        if a_date and trimmed(attribute.label).casefold() in BIRTHDAY_LABELS:
            return attribute
    return None
