"""Two web pages: what a browser shows for an unopened link, and the simulated Customer Success of Alleo."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from alleo_onboard.locale import _, ngettext
from alleo_onboard.sandbox.asgi import Response

if TYPE_CHECKING:
    from alleo_onboard.sandbox.onetime.vault import Vault


def link_page(vault: Vault, key: str) -> Response:
    """Returns the page of a link. It does not open the link, but counts the visit."""
    item = vault.by_secret(key)
    if item is None:
        return _page(404, _("This link is unknown, was used, or has expired."))
    item.views += 1
    return _page(200, _("A secret waits here. It can be opened once, with its passphrase."))


def success_page(vault: Vault, opened: int | None) -> Response:
    """Returns the page of Customer Success: how many links wait, and a button that opens them.

    `opened` is how many were just opened, or None.
    """
    waiting = sum(vault.by_secret(item.secret) is not None for item in vault.items)
    words = [_("Alleo’s Customer Success, made up, on this computer.")]
    if opened is not None:
        words.append(ngettext("{n} link was opened.", "{n} links were opened.", opened).format(n=opened))
    words.append(ngettext("{n} link waits.", "{n} links wait.", waiting).format(n=waiting))
    act = escape(_("Open it as Alleo would"))
    button = f'<form method="post" action="/handover/open"><button>{act}</button></form>' if waiting else ""
    return _page(200, *words, button=button)


def _page(status: int, *words: str, button: str = "") -> Response:
    text = "".join(f"<p>{escape(word)}</p>" for word in words)
    html = (
        '<!doctype html><html><head><meta charset="utf-8"><title>Alleo</title></head>'
        f'<body style="font: 16px/1.5 system-ui; max-width: 40rem; margin: 3rem auto">{text}{button}</body></html>'
    )
    return Response(status, html.encode(), (("cache-control", "no-store"),), "text/html; charset=utf-8")
