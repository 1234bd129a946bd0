"""Employees as JSON bytes. A page is rendered once and kept until people or readable attributes change."""

from __future__ import annotations

import json
from json.encoder import encode_basestring_ascii
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from alleo_onboard.sandbox.person import Person
    from alleo_onboard.sandbox.tenant import Attribute

_LARGEST_CACHE = 48 << 20  # bytes; 10,000 people with the needed attributes take about 12 MiB


def _encode(value: Any) -> str:
    if value is None:
        return "null"
    if type(value) is str:
        return encode_basestring_ascii(value)
    return json.dumps(value, separators=(",", ":"))


def renderer(attributes: Iterable[Attribute]) -> Callable[[Person], str]:
    """Returns a function from a person to `{"type":"Employee","attributes":{...}}`.

    Without any attribute, `id` has no type, as recorded for a credential without readable attributes.
    """
    around = [(_before(attribute), attribute.value, _after(attribute)) for attribute in attributes]
    tail = ',"type":"integer","universal_id":"id"}' if around else "}"

    def render(person: Person) -> str:
        inner = "".join([f"{before}{_encode(value(person))}{after}" for before, value, after in around])
        return f'{{"type":"Employee","attributes":{{"id":{{"label":"ID","value":{person.id}{tail}{inner}}}}}'

    return render


def _before(attribute: Attribute) -> str:
    return f',{_encode(attribute.key)}:{{"label":{_encode(attribute.label)},"value":'


def _after(attribute: Attribute) -> str:
    currency = f',"currency":{_encode(attribute.currency)}' if attribute.currency else ""
    return f',"type":{_encode(attribute.type)},"universal_id":{_encode(attribute.universal_id)}{currency}}}'


class Pages:
    """Cache of rendered pages by offset, limit and attributes. Emptied when it grows too large or anything changes."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int, tuple[str, ...]], bytes] = {}
        self._size = 0

    def clear(self) -> None:
        """Deletes every page."""
        self._kept = {}
        self._size = 0

    def page(self, people: Sequence[Person], offset: int, limit: int, attributes: Sequence[Attribute]) -> bytes:
        """Returns the JSON array of these employees."""
        key = (offset, limit, tuple(attribute.key for attribute in attributes))
        kept = self._kept.get(key)
        if kept is None:
            kept = rendered(people[offset : offset + limit], attributes)
            if self._size + len(kept) > _LARGEST_CACHE:
                self.clear()
            self._kept[key] = kept
            self._size += len(kept)
        return kept


def rendered(people: Iterable[Person], attributes: Iterable[Attribute]) -> bytes:
    """Returns a JSON array of employees."""
    return f"[{','.join(map(renderer(attributes), people))}]".encode()
