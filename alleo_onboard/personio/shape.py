"""Decodes a page of employees into exactly what was asked for; everything else in it is skipped unread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import compress
from operator import attrgetter
from typing import Any

import msgspec

from alleo_onboard.domain.employee import Employee
from alleo_onboard.personio.answers import Envelope, Malformed, decoded, required
from alleo_onboard.personio.values import day, identity, number, raw, text

# The order in which an employee's values are taken; budgets follow.
_TEXTS = ("email", "first_name", "last_name", "status", "department", "alleo")
_DATES = ("hire_date", "termination_date", "birthday")


class _Wrapped(msgspec.Struct, gc=False):
    """`{"label": ..., "value": ..., "type": ..., "universal_id": ...}`, of which only the value counts."""

    value: Any = None


_Anything = _Wrapped | str | int | float | bool | list[Any] | None


class _Metadata(msgspec.Struct):
    total_elements: Any = None


@dataclass(frozen=True, slots=True)
class Page:
    """`stated` is Personio's total at that moment, None when it gave none; `rows` counts what was on the page."""

    employees: tuple[Employee, ...]
    rows: int
    stated: int | None


class Shape:
    """How the employees of one read look; `keys` maps our names to Personio's attribute keys."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        fields = {key: f"k{i}" for i, key in enumerate(dict.fromkeys(["id", *filter(_fits, keys.values())]))}
        self._budgets = tuple(n for n, key in keys.items() if n not in (*_TEXTS, *_DATES) and key in fields)
        places = (fields.get(keys.get(name, ""), "absent") for name in (*_TEXTS, *_DATES, *self._budgets))
        self._get = attrgetter(fields["id"], *places)
        self._attributes = _attributes_type(fields)
        self._decoder = msgspec.json.Decoder(_page_type(self._attributes), float_hook=number)
        self._seen: dict[str, str] = {}

    def page(self, content: bytes) -> Page:
        """Raises Malformed when `content` is not a page, and Unsuccessful when it is an error that came with 200."""
        answer = decoded(self._decoder, content)
        rows = required(answer)
        if not isinstance(rows, list):
            raise Malformed
        people = [person for row in rows if (person := self._employee(getattr(row, "attributes", None))) is not None]
        return Page(tuple(people), len(rows), _total(answer.metadata))

    def _employee(self, attributes: Any) -> Employee | None:
        if type(attributes) is not self._attributes:
            return None
        values = [v.value if type(v) is _Wrapped else v for v in self._get(attributes)]
        personio_id = identity(values[0])
        if personio_id is None:
            return None
        email, first, last, *repeated = [v.strip() if type(v) is str else text(v) for v in values[1:7]]
        status, department, alleo = [self._seen.setdefault(word, word) for word in repeated]
        (hired, a), (left, b), (born, c) = map(day, values[7:10])
        misdated = tuple(compress(_DATES, (a, b, c))) if a or b or c else ()
        pairs = zip(self._budgets, values[10:])  # noqa: B905 - one value per field, and checking it takes time
        budgets = tuple([(name, found) for name, value in pairs if (found := raw(value)) is not None])
        return Employee(
            personio_id, email, first, last, status, hired, left, born, department, alleo, budgets, misdated
        )


def _fits(key: str) -> bool:
    """Whether the decoder can look for a key; Personio's are all of letters, digits and underscores."""
    return key.isprintable() and not set(key) & {'"', "\\"}


def _attributes_type(fields: Mapping[str, str]) -> Any:
    """What is decoded of one employee: `fields` is Personio's key to field name; `absent` is always None."""
    return msgspec.defstruct(
        "Attributes",
        [(field, _Anything, None) for field in fields.values()],
        namespace={"absent": None},
        rename={field: key for key, field in fields.items()},
        gc=False,
    )


def _page_type(attributes: Any) -> Any:
    row = msgspec.defstruct(
        "Row", [("attributes", attributes | str | int | float | bool | list[Any] | None, None)], gc=False
    )
    rows = list[row | str | int | float | bool | list[Any] | None] | None  # type: ignore[valid-type]
    metadata = _Metadata | str | int | float | bool | list[Any] | None
    return msgspec.defstruct("Page", [("data", rows, None), ("metadata", metadata, None)], bases=(Envelope,))


def _total(metadata: Any) -> int | None:
    stated = getattr(metadata, "total_elements", None)
    if isinstance(stated, str) and stated.isascii() and stated.isdigit() and len(stated) <= 9:
        return int(stated)
    return stated if isinstance(stated, int) and not isinstance(stated, bool) and stated >= 0 else None
