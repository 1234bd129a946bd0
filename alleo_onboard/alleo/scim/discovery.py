"""Finds out whether an address is a SCIM server that accepts the sign-in, and what it can store."""

from __future__ import annotations

import asyncio
from typing import Any

from alleo_onboard.alleo.scim.answer import Answer
from alleo_onboard.alleo.scim.api import Api
from alleo_onboard.alleo.scim.features import Features, features
from alleo_onboard.alleo.scim.lenient import number, pick, rows
from alleo_onboard.domain.errors import DeliveryRefused
from alleo_onboard.locale import _
from alleo_onboard.net.address import host_of

_LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"


async def discover(api: Api, wanted: frozenset[str]) -> Features:
    """Returns what the server can store. Raises DeliveryRefused, Unreachable.

    Only the accounts must be readable. The server's description is asked for but not required: servers leave it out,
    protect it with another right, or get it wrong.
    """
    answer = await api.get("Users", {"startIndex": "1", "count": "1"})
    if answer.status in (400, 501):
        answer = await api.get("Users")
    if answer.unusable:
        raise api.unreachable(answer)
    if not answer.ok or not _is_list(answer.body):
        raise DeliveryRefused(_no_scim(api, answer)).about("url")
    config, schemas = await asyncio.gather(_described(api, "ServiceProviderConfig"), _described(api, "Schemas"))
    return features(config, schemas, next(iter(rows(answer.body)), None), wanted)


async def _described(api: Api, path: str) -> Any:
    answer = await api.get(path, tolerant=True)
    if answer.failure:
        raise api.unreachable(answer)
    return answer.body if answer.ok else None


def _is_list(body: Any) -> bool:
    """Returns whether a body is a list answer in any common form. An empty one may lack Resources (RFC 7644, 3.4.2)."""
    named = pick(body, "schemas")
    return (
        isinstance(body, list)
        or isinstance(pick(body, "Resources"), list)
        or number(pick(body, "totalResults")) == 0
        or (isinstance(named, list) and _LIST in named)
    )


def _no_scim(api: Api, answer: Answer) -> str:
    if 300 <= answer.status < 400:
        where = host_of(answer.reply.location) or api.host
        return _("{url} sends to another address ({where}), which is not followed. Enter the final address.").format(
            url=api.base, where=where
        )
    return _(
        "{url} does not answer as a SCIM server. The address that Alleo gives usually ends in /scim/v2; "
        "check it, or ask Alleo for it."
    ).format(url=api.base)
