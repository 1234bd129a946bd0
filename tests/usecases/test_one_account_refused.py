"""An account that refuses changes costs only its own change; a server that is down costs the rest of the run."""

from __future__ import annotations

from typing import Any

from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.sandbox.asgi import as_json, write


class Refusing:
    """Wraps the SCIM server and answers writes to some paths with a given status."""

    def __init__(self, place: Any, status: int, *tails: str) -> None:
        self._inner, place.scim._app = place.scim._app, self
        self.status, self.tails, self.met = status, tails, 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] in ("POST", "PATCH") and scope["path"].endswith(self.tails):
            self.met += 1
            await receive()
            return await write(as_json(self.status, {"detail": "owners stay as they are"}), send)
        return await self._inner(scope, receive, send)


async def test_an_owner_who_may_not_be_changed_fails_alone(office):
    place = office()
    await place.sync()
    one, two = sorted(int(a["externalId"]) for a in place.scim.accounts)[:2]
    place.personio.edit(one, last_name="Changed")
    place.personio.edit(two, last_name="Changed")
    Refusing(place, 403, str(place.account(one)["id"]))
    result = await place.sync()
    (failed,) = result.failed
    assert failed.change.personio_id == one
    assert "owners stay as they are" in failed.error
    assert result.ended_by is None
    assert dict(result.applied) == {"update": 1}
    assert place.account(two)["name"]["familyName"] == "Changed"


async def test_a_server_that_answers_nobody_ends_the_run_and_is_not_asked_for_each_person(office):
    place = office()
    down = Refusing(place, 503, "/Users")
    result = await place.sync()
    assert isinstance(result.ended_by, Unreachable)
    assert "no more are sent" in str(result.ended_by)
    assert result.left > 0
    assert down.met < 100
