"""How to make the credential in Personio, step by step, for the new menu and the old one.

Sources: Personio help centre 4404623630993 (new menu), Alleo help centre 13555 (old menu and the eight attributes).
"""

from __future__ import annotations

from alleo_onboard.locale import _


def recipe_new() -> tuple[str, ...]:
    return (
        _("In Personio open Marketplace > Connected integrations."),
        _("Choose Create custom integration and name it, for example Alleo API Key."),
        _("Access rights: tick Read for Employees, nothing else."),
        _(
            "Readable employee attributes: tick the eight below, the Alleo field and the budget fields if you have them."
        ),
        _("Create. Personio shows the client secret only once: paste it here straight away."),
    )


def recipe_old() -> tuple[str, ...]:
    return (
        _("In Personio open Settings > Integrations > API credentials."),
        _("Choose Generate new credential, name it, for example Alleo API Key, and set Integration to Other."),
        _("Tick Read for Employees personal data, nothing else."),
        _(
            "Readable employee attributes: tick the eight below, the Alleo field and the budget fields if you have them."
        ),
        _("Generate, then paste the client id and the client secret here."),
    )


def to_readable(what: str) -> tuple[str, ...]:
    """The click path that makes `what` readable."""
    return (
        _(
            "In Personio: Marketplace > Connected integrations > the Alleo credential > Readable employee attributes > tick {what}."
        ).format(what=what),
        _(
            "Older menu: Settings > Integrations > API credentials > the Alleo credential > Readable employee attributes."
        ),
    )


def to_unreadable(what: str) -> tuple[str, ...]:
    return (
        _(
            "In Personio: Marketplace > Connected integrations > the Alleo credential > Readable employee attributes > untick {what}."
        ).format(what=what),
        _(
            "Older menu: Settings > Integrations > API credentials > the Alleo credential > Readable employee attributes."
        ),
    )


def to_rights(what: str) -> tuple[str, ...]:
    return (
        _("In Personio: Marketplace > Connected integrations > the Alleo credential > Access rights > {what}.").format(
            what=what
        ),
        _("Older menu: Settings > Integrations > API credentials > the Alleo credential."),
    )


def to_field(what: str) -> tuple[str, ...]:
    """Where custom attributes are made and renamed (Personio help centre 208861829)."""
    return (_("In Personio: Settings > People > Employee information > {what}.").format(what=what),)
