"""The sandbox's simulated Customer Success, which opens a waiting link on request. Only on this computer."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from alleo_onboard.alleo.handover.settings import KIND
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.handover import Via
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.locale import _
from alleo_onboard.net.address import is_loopback
from alleo_onboard.net.http import Ask, Http, Repeat
from alleo_onboard.usecases.setups.resolve import Setup


def with_sandbox_service(setup: Setup, url: str) -> Setup:
    """Returns the set-up with the sandbox's one-time-secret service."""
    choice = DeliveryChoice(KIND).having(server=url, company="Polderwerk")
    return replace(setup, profile=replace(setup.profile, delivery=choice))


def there(setup: Setup) -> bool:
    """Returns whether the set-up's service runs on this computer, so that a simulated person may act for Alleo."""
    choice = setup.profile.delivery
    server, via = choice.text("server"), choice.text("via") or Via.ONETIMESECRET
    return via == Via.ONETIMESECRET and bool(server) and is_loopback(urlsplit(server).hostname or "")


async def open_as_alleo(setup: Setup) -> None:
    """Lets the simulated person open the link. Raises Usage outside of the sandbox."""
    if not there(setup):
        raise Usage(_("Only in the demo somebody made up opens the link."))
    async with Http(setup.profile.delivery.text("server")) as http:
        await http.reply(Ask("POST", "/handover/open", {"Accept": "application/json"}, b"", repeat=Repeat.NEVER))
