"""Sentences of the page `check` that more than one face shows."""

from __future__ import annotations

from alleo_onboard.locale import _


def reading_from_personio() -> str:
    return _("Reading from Personio …")


def there_is_no_alleo_field() -> str:
    return _("There is no Alleo field, so everyone who is employed would get Alleo: {people}. Is that meant?")


def in_the_sandbox_in_a() -> str:
    return _("In the sandbox: {url}/ in a browser.")
