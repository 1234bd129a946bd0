"""Decodes one page of employees, keeping only the requested attributes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from operator import attrgetter
from typing import Any

import msgspec

from alleo_onboard.domain.employee import Employee, Raw
from alleo_onboard.domain.text import plain, trimmed
from alleo_onboard.net.json_text import Flaw, Unreadable, decoded
from alleo_onboard.personio.answers import Envelope, required
from alleo_onboard.personio.values import LARGEST_ID, day, identity, number, raw, text, without_endless

_Day = tuple[date | None, bool]  # date, and whether the value is not a date
# The order of an employee's values; budgets follow.
_TEXTS = ("email", "first_name", "last_name", "status", "department", "alleo")
_DATES = ("hire_date", "termination_date", "birthday")


class _Wrapped(msgspec.Struct, gc=False, frozen=True):
    """`{"label": ..., "value": ..., "type": ..., "universal_id": ...}`; only the value is used."""

    value: Any = None


_NOTHING = _Wrapped()
_Anything = _Wrapped | str | int | float | bool | list[Any] | None


class _Metadata(msgspec.Struct):
    total_elements: Any = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `rows` is the number of rows on it, `stated` Personio's total at that moment, None when not sent."""

    employees: tuple[Employee, ...]
    rows: int
    stated: int | None


class _Words(dict[Any, str]):
    """Cache of texts that many people share, cleaned by `clean`.

    Raises TypeError for a value that is not text or None.
    """

    def __init__(self, clean: Callable[[str], str] = trimmed) -> None:
        super().__init__()
        self._clean = clean

    def __missing__(self, value: Any) -> str:
        if value is not None and type(value) is not str:
            raise TypeError
        found = self[value] = self._clean(value or "")
        return found


class _Days(dict[Any, _Day]):
    """Cache of `values.day` by text. Raises TypeError for a value that is not text or None."""

    def __missing__(self, value: Any) -> _Day:
        if value is not None and type(value) is not str:
            raise TypeError
        found = self[value] = day(value)
        return found


class Shape:
    """Decodes employees with the given attributes. `keys` maps our names to Personio's attribute keys."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        """Builds the msgspec decoder for exactly these attributes."""
        fields = {key: f"k{i}" for i, key in enumerate(dict.fromkeys(["id", *filter(_fits, keys.values())]))}
        self._budgets = tuple(n for n, key in keys.items() if n not in (*_TEXTS, *_DATES) and key in fields)
        order = (*_TEXTS, *_DATES, *self._budgets)
        places = [fields["id"], *(fields.get(keys.get(name, ""), "absent") for name in order)]
        self._wrapped = attrgetter(*places)
        self._values = attrgetter(*(f"{place}.value" for place in places))
        self._attributes = _attributes_type(fields)
        self._decoder = msgspec.json.Decoder(_page_type(self._attributes), float_hook=number)
        self._words, self._departments, self._days = _Words(), _Words(plain), _Days()

    def page(self, content: bytes) -> Page:
        """Returns one page.

        Raises Unreadable when `content` is not a page, and Unsuccessful for an error sent with status 200. A broken
        value damages only itself: half an emoji in a name does not make the page unreadable.
        """
        try:
            answer = decoded(content, self._decoder)
        except Unreadable:
            whole = without_endless(content)
            if whole == content:
                raise
            answer = decoded(whole, self._decoder)
        rows = required(answer)
        if not isinstance(rows, list):
            raise Unreadable(Flaw.SHAPE)
        people = [person for row in rows if (person := self._employee(getattr(row, "attributes", None))) is not None]
        return Page(tuple(people), len(rows), _total(answer.metadata))

    def one(self, content: bytes) -> Employee:
        """Returns the employee in an answer about one employee. Raises Unreadable and Unsuccessful."""
        decoder = msgspec.json.Decoder(_one_type(self._attributes), float_hook=number)
        row = required(decoded(without_endless(content), decoder))
        found = self._employee(getattr(row, "attributes", None))
        if found is None:
            raise Unreadable(Flaw.SHAPE)
        return found

    def _employee(self, attributes: Any) -> Employee | None:
        """Returns the employee of one row, or None when the row has no usable id."""
        if type(attributes) is not self._attributes:
            return None
        try:
            return self._usual(attributes)
        except (AttributeError, TypeError, KeyError):  # a value is not of the usual type
            return self._unusual(attributes)

    def _usual(self, attributes: Any) -> Employee:
        """Returns the employee, for values of the usual types; this is fast. Raises when a value has another type."""
        values = self._values(attributes)
        personio_id, email, first, last, status, department, alleo, hired, left, born, *amounts = values
        if type(personio_id) is not int or not 0 < personio_id <= LARGEST_ID:
            raise TypeError
        if type(department) is dict:
            department = department["attributes"]["name"]
        words, days = self._words, self._days
        (hired, a), (left, b), (born, c) = days[hired], days[left], days[born]
        return Employee(
            personio_id,
            trimmed(email),
            trimmed(first),
            trimmed(last),
            words[status],
            hired,
            left,
            born,
            self._departments[department],
            words[alleo],
            self._budgets_in(amounts),
            _misdated(a, b, c) if a or b or c else (),
        )

    def _unusual(self, attributes: Any) -> Employee | None:
        """Returns the employee, for values of any JSON type, or None without a usable id."""
        values = [v.value if type(v) is _Wrapped else v for v in self._wrapped(attributes)]
        personio_id = identity(values[0])
        if personio_id is None:
            return None
        texts = [text(v) for v in values[1:7]]
        texts[4] = plain(texts[4])
        if values[6] is False:  # the Alleo field is a checkbox that is not ticked
            texts[5] = "false"
        email, first, last, status, department, alleo = texts
        (hired, a), (left, b), (born, c) = map(day, values[7:10])
        budgets = self._budgets_in(values[10:])
        return Employee(
            personio_id, email, first, last, status, hired, left, born, department, alleo, budgets, _misdated(a, b, c)
        )

    def _budgets_in(self, amounts: Sequence[Any]) -> tuple[tuple[str, Raw], ...]:
        """Returns the budget fields that are not empty, as (name, value)."""
        pairs = zip(self._budgets, amounts)  # noqa: B905 - one value per field, and checking it takes time
        return tuple([(name, found) for name, value in pairs if (found := raw(value)) is not None])


def _misdated(*wrong: bool) -> tuple[str, ...]:
    """Returns the names of the dates that cannot be read; `wrong` is in the order of _DATES."""
    return tuple(compress(_DATES, wrong))


def _fits(key: str) -> bool:
    """Returns whether msgspec can look for a key. Personio's keys have only letters, digits and underscores."""
    return key.isprintable() and not set(key) & {'"', "\\"}


def _attributes_type(fields: Mapping[str, str]) -> Any:
    """Returns the type that decodes an employee's attributes.

    `fields` maps Personio's key to a field name; the field `absent` never has a value.
    """
    return msgspec.defstruct(
        "Attributes",
        [(field, _Anything, _NOTHING) for field in fields.values()],
        namespace={"absent": _NOTHING},
        rename={field: key for key, field in fields.items()},
        gc=False,
    )


def _row_type(attributes: Any) -> Any:
    kinds = attributes | str | int | float | bool | list[Any] | None
    return msgspec.defstruct("Row", [("attributes", kinds, None)], gc=False)


def _one_type(attributes: Any) -> Any:
    kinds = _row_type(attributes) | str | int | float | bool | list[Any] | None
    return msgspec.defstruct("One", [("data", kinds, None)], bases=(Envelope,))


def _page_type(attributes: Any) -> Any:
    row = _row_type(attributes)
    rows = list[row | str | int | float | bool | list[Any] | None] | None  # type: ignore[valid-type]
    metadata = _Metadata | str | int | float | bool | list[Any] | None
    return msgspec.defstruct("Page", [("data", rows, None), ("metadata", metadata, None)], bases=(Envelope,))


def _total(metadata: Any) -> int | None:
    """Returns the total in a page's metadata, or None."""
    stated = getattr(metadata, "total_elements", None)
    if isinstance(stated, str) and stated.isascii() and stated.isdigit() and len(stated) <= 9:
        return int(stated)
    return stated if isinstance(stated, int) and not isinstance(stated, bool) and stated >= 0 else None
