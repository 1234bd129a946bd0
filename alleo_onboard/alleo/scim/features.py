"""What a SCIM server says it can do, and where it stores fields that core SCIM does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from alleo_onboard.alleo.scim.lenient import flag, number, pick, rows, text

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
_CORE_SCHEMAS = "urn:ietf:params:scim:schemas:core:2.0:"
_ALWAYS = frozenset({"email", "first_name", "last_name"})
_DAYS = frozenset({"birthday", "work_anniversary"})
_PAGE = 100


class Form(StrEnum):
    """How an extension attribute stores a value."""

    TEXT = "text"
    DAY = "day"  # text that starts with YYYY-MM-DD
    INSTANT = "instant"  # a dateTime, so a date needs a time of day
    AMOUNT_TEXT = "amount_text"
    AMOUNT = "amount"  # a JSON number


@dataclass(frozen=True, slots=True)
class Place:
    """The attribute of an extension that stores one of our fields. `name` is the server's spelling."""

    urn: str
    name: str
    form: Form = Form.TEXT

    @property
    def path(self) -> str:
        """Returns the attribute's path: the schema, a colon, the name (RFC 7644, 3.10)."""
        return f"{self.urn}:{self.name}"


@dataclass(frozen=True, slots=True)
class Features:
    """What the server says about itself."""

    places: Mapping[str, Place] = field(default_factory=dict)  # fields beyond the core ones, by our names
    page: int = _PAGE  # accounts in one answer, at most
    cursor: bool = False  # pages are requested by cursor (RFC 9865)
    unknown: bool = True  # the server does not describe itself
    patches: bool = True  # false when the server says that it does not support PATCH

    @property
    def carries(self) -> frozenset[str]:
        """Returns the names of the fields that can be stored."""
        return _ALWAYS | self.places.keys()


def features(config: Any, schemas: Any, sample: Any, wanted: frozenset[str]) -> Features:
    """Returns what the server can do, from /ServiceProviderConfig, /Schemas and one listed account (None if missing).

    Without schemas only core fields are assumed, and the enterprise extension only if the account has it: a server that
    does not know a schema may refuse the whole account.
    """
    described = [s for s in rows(schemas) if text(pick(s, "id"))]
    places = dict(_places(described, wanted))
    if not described and pick(sample, ENTERPRISE) is not None:
        places["department"] = Place(ENTERPRISE, "department")
    paging = pick(config, "pagination")
    limits = (number(pick(pick(config, "filter"), "maxResults")), number(pick(paging, "maxPageSize")))
    return Features(
        places=places,
        page=min([_PAGE, *(limit for limit in limits if limit)]),
        cursor=flag(pick(paging, "cursor"), default=False),
        unknown=not described,
        patches=flag(pick(pick(config, "patch"), "supported"), default=True),
    )


def _places(schemas: Iterable[Any], wanted: frozenset[str]) -> Iterator[tuple[str, Place]]:
    """Yields the attribute for each wanted field. The first suitable extension in the server's order is taken."""
    sought = {_key(name): name for name in wanted - _ALWAYS - {"department"}}
    for schema in schemas:
        urn = text(pick(schema, "id"))
        if urn.startswith(_CORE_SCHEMAS):
            continue
        enterprise = urn.casefold() == ENTERPRISE.casefold()
        listed = pick(schema, "attributes")
        for attribute in listed if isinstance(listed, list) else []:
            spelled = text(pick(attribute, "name"))
            name = "department" if enterprise and _key(spelled) == "department" else sought.get(_key(spelled))
            form = _form(name, attribute) if name else None
            if name and form:
                sought.pop(_key(spelled), None)
                yield name, Place(urn, spelled, form)


def _key(name: str) -> str:
    """Returns a key that is equal for work_anniversary, workAnniversary and work-anniversary."""
    return name.casefold().replace("_", "").replace("-", "")


def _form(name: str, attribute: Any) -> Form | None:
    """Returns how an attribute stores this field, or None if it cannot.

    The attribute must be writable at any time and readable, else each run would see a difference. An integer cannot
    hold cents.
    """
    kind = (text(pick(attribute, "type")) or "string").casefold()
    mutable = (text(pick(attribute, "mutability")) or "readWrite").casefold()
    returned = text(pick(attribute, "returned")).casefold()
    if (
        mutable != "readwrite"
        or returned in ("never", "request")
        or flag(pick(attribute, "multiValued"), default=False)
    ):
        return None
    if name == "department":
        return Form.TEXT if kind == "string" else None
    if name in _DAYS:
        return {"string": Form.DAY, "date": Form.DAY, "datetime": Form.INSTANT}.get(kind)
    return {"string": Form.AMOUNT_TEXT, "decimal": Form.AMOUNT}.get(kind)
