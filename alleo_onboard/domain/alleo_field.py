"""The Alleo field: the custom list attribute with options Yes and No that selects who syncs."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from alleo_onboard.domain.attributes import Attribute
from alleo_onboard.domain.finding import Code, Finding
from alleo_onboard.domain.text import plain, told, trimmed

# Pairs that mean Yes and No: the languages of the tenants, and spellings of other HR systems.
PAIRS = (
    ("yes", "no"),
    ("ja", "nee"),
    ("ja", "nein"),
    ("true", "false"),
    ("oui", "non"),
    ("y", "n"),
    ("j", "n"),
)
_YES = frozenset(yes for yes, _ in PAIRS)
_NO = frozenset(no for _, no in PAIRS)
# Names of the field in related integrations, and from when the product was not yet called Alleo.
_SIBLINGS = frozenset(
    {"alleo access", "yourcampus access", "yourcampus", "alleo sync", "alleo toegang", "alleo zugang"}
)


class Selection(StrEnum):
    """How the tenant selects the people who sync."""

    EVERYONE = "everyone"  # no Alleo field exists, and none was used before by this profile
    FIELD = "field"  # the Alleo field selects
    LOST = "lost"  # the field selected people before and cannot be read now: nobody can be decided


class Choice(StrEnum):
    """What the Alleo field says about one person."""

    YES = "yes"
    NO = "no"
    UNSET = "unset"
    UNCLEAR = "unclear"


def choice(value: str) -> Choice:
    """Returns what a value of the Alleo field means. Ignores case and spaces around it; knows all of PAIRS."""
    word = value.strip().casefold()
    if not word:
        return Choice.UNSET
    if word in _YES:
        return Choice.YES
    return Choice.NO if word in _NO else Choice.UNCLEAR


NAME = "Alleo"


def find(attributes: Iterable[Attribute]) -> tuple[Attribute, ...]:
    """Returns every attribute with the label "Alleo" (trimmed, any case), whatever its type."""
    return tuple(a for a in attributes if _called_so(a))


def _called_so(attribute: Attribute) -> bool:
    return trimmed(attribute.label).casefold() == NAME.casefold()


def assess(attributes: Iterable[Attribute], pinned: str | None) -> tuple[Finding, ...]:
    """Returns the findings about the Alleo field.

    `pinned` is the attribute key that selected people in an earlier run, or None. A pinned field is recognised by its
    key only: it stays the field when it is renamed, and another attribute labelled "Alleo" does not replace it.
    """
    listed = tuple(attributes)
    fields = find(listed)
    held = next((a for a in listed if pinned and a.key == pinned), None)
    near = tuple(
        Finding(Code.ALLEO_FIELD_NEAR, told(a.label), (("key", a.key),))
        for a in listed
        if a not in fields and a is not held and is_near(a.label)
    )
    if pinned and (held is None or (fields and held not in fields)):
        return (_lost(pinned, held, fields), *near)
    if held and not fields:
        renamed = Finding(Code.ALLEO_FIELD_NEAR, told(held.label) or held.key, (("key", held.key), ("pinned", "yes")))
        return (renamed, *_shape(held), *near)
    if not fields:
        return (Finding(Code.ALLEO_FIELD_ABSENT, NAME), *near)
    if len(fields) > 1:
        keys = ", ".join(a.key for a in fields)
        return (Finding(Code.ALLEO_FIELD_DUPLICATE, NAME, (("keys", keys),)), *near)
    return (*_shape(fields[0]), *near)


def _lost(pinned: str, held: Attribute | None, others: Iterable[Attribute]) -> Finding:
    """Returns the finding that the pinned field is lost.

    `held` is the pinned attribute if it is still readable; `others` are the attributes now labelled "Alleo".
    """
    details = [("key", pinned)]
    details += [("label", told(held.label))] if held else []
    details += [("others", keys)] if (keys := ", ".join(a.key for a in others)) else []
    return Finding(Code.SELECTIVE_FIELD_LOST, NAME, tuple(details))


def _shape(field: Attribute) -> tuple[Finding, ...]:
    """Returns the findings about the type and options of the field."""
    if field.type not in (None, "list"):
        return (Finding(Code.ALLEO_FIELD_TYPE, NAME, (("type", field.type or ""),)),)
    if field.options is None or field.options == ("Yes", "No"):
        return ()
    options = tuple(o.strip().casefold() for o in field.options)
    listed = (("options", ", ".join(field.options)),)
    understood = any(set(options) == set(pair) for pair in PAIRS) and len(options) == 2
    if set(field.options) == {"Yes", "No"} and len(options) == 2:
        return (Finding(Code.ALLEO_FIELD_LOCALISED, NAME, (*listed, ("reversed", "yes"))),)
    return (Finding(Code.ALLEO_FIELD_LOCALISED if understood else Code.ALLEO_FIELD_OPTIONS, NAME, listed),)


def is_near(label: str) -> bool:
    """Returns whether a label looks like a misspelt or renamed Alleo field ("Aleo", "alleo_access")."""
    words = " ".join(plain(label).replace("_", " ").replace("-", " ").split()).casefold()
    if words == "alleo":
        return trimmed(label).casefold() != "alleo"
    return words in _SIBLINGS or (
        len(words) <= 7 and words[:1] == "a" and difflib.SequenceMatcher(None, words, "alleo").ratio() >= 0.8
    )


@dataclass(frozen=True, slots=True)
class AlleoField:
    """How this tenant selects people. `attribute` is set only when `selection` is FIELD."""

    selection: Selection
    attribute: Attribute | None = None


def selection(attributes: Iterable[Attribute], pinned: str | None) -> AlleoField:
    """Returns how people are selected. A pinned field is found by its key only.

    When the pinned field is gone, or another attribute is labelled "Alleo", the result is LOST; it never falls back to
    everyone or to the other attribute.
    """
    listed = tuple(attributes)
    fields = find(listed)
    if pinned is None:
        return AlleoField(Selection.FIELD, fields[0]) if fields else AlleoField(Selection.EVERYONE)
    held = next((a for a in listed if a.key == pinned), None)
    if held is None or (fields and held not in fields):
        return AlleoField(Selection.LOST)
    return AlleoField(Selection.FIELD, held)
