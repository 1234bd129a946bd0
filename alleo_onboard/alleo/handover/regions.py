"""The addresses of Onetime Secret: its regions, which share no data, or a server of the user's own."""

from __future__ import annotations

from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _
from alleo_onboard.net.address import checked_url

REGIONS = ("eu", "us", "ca", "nz", "uk")
DEFAULT_REGION = "eu"


def address(region: str, server: str) -> str:
    """Returns the base address for a region or server.

    Raises Usage for onetimesecret.com itself, because the region it leads to may change.
    """
    if not server:
        return f"https://{region or DEFAULT_REGION}.onetimesecret.com"
    url = checked_url(server if "://" in server else f"https://{server}")
    if url.rstrip("/").casefold() in ("https://onetimesecret.com", "https://www.onetimesecret.com"):
        text = _("onetimesecret.com is no region. Name one with --region: {names}.")
        raise Usage(text.format(names=", ".join(REGIONS)))
    return url
