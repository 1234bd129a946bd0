"""What a SCIM server says it can do, and where it keeps fields that core SCIM does not have."""

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
    """How an extension attribute holds our text."""

    TEXT = "text"
    DAY = "day"  # text that starts with YYYY-MM-DD
    INSTANT = "instant"  # a dateTime: a day needs a time of day
    AMOUNT_TEXT = "amount_text"
    AMOUNT = "amount"  # a JSON number


@dataclass(frozen=True, slots=True)
class Place:
    """Where an extension keeps one of our fields; `name` as the server spells it."""

    urn: str
    name: str
    form: Form = Form.TEXT

    @property
    def path(self) -> str:
        """RFC 7644, 3.10: the schema before the attribute."""
        return f"{self.urn}:{self.name}"


@dataclass(frozen=True, slots=True)
class Features:
    """What the server said about itself. `places` are the fields beyond the core ones, by our names.

    `page` is how many accounts one answer lists at most, `cursor` whether pages are asked for by RFC 9865,
    `patches` false where it says that it does not take PATCH.
    """

    places: Mapping[str, Place] = field(default_factory=dict)
    page: int = _PAGE
    cursor: bool = False
    unknown: bool = True
    patches: bool = True

    @property
    def carries(self) -> frozenset[str]:
        return _ALWAYS | self.places.keys()


def features(config: Any, schemas: Any, sample: Any, wanted: frozenset[str]) -> Features:
    """From the bodies of /ServiceProviderConfig, /Schemas and one listed account; None for what is not to be had.

    Without schemas only the core fields are assumed, and of the enterprise extension nothing unless the account shows
    that the server keeps it: a server that does not know a schema may refuse the whole account for it.
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
    """The first extension in the server's order that has an attribute of a wanted name keeps that field."""
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
    """What makes two spellings the same name: work_anniversary, workAnniversary, work-anniversary."""
    return name.casefold().replace("_", "").replace("-", "")


def _form(name: str, attribute: Any) -> Form | None:
    """How the attribute holds this field, None if it cannot.

    Only what can be written at any time and read back counts as carried: else every run would find it different.
    An integer cannot hold cents.
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
