"""Sentences of the page `check`."""

from __future__ import annotations

from alleo_onboard.domain.finding import Severity
from alleo_onboard.locale import _
from alleo_onboard.presentation.check import Entry


def reading_from_personio() -> str:
    return _("Reading from Personio …")


def is_everyone_meant(people: str) -> str:
    text = _("There is no Alleo field, so everyone who is employed would get Alleo: {people}. Is that meant?")
    return text.format(people=people)


def sandbox_in_a_browser(url: str) -> str:
    return _("In the sandbox: {url}/ in a browser.").format(url=url)


def spoken_help() -> tuple[str, ...]:
    """Returns the page's help in the plain wizard."""
    return (
        _("What needs mending comes first. Type the number of a line to hear how to mend it."),
        _("Mend it in Personio, then type r: Personio is read again."),
    )


def everyone_noted() -> str:
    return _("Noted: everyone is meant.")


def field_first() -> str:
    """Returns what to do when not everyone should get Alleo."""
    return _("Then make the Alleo field in Personio first. Nothing can be run before this is settled.")


def nothing_to_mend() -> str:
    return _("There is nothing to mend.")


def all_attributes() -> str:
    return _("All attributes, one line each.")


def titled(entry: Entry) -> str:
    """Returns an entry with its severity as a sentence."""
    words = {
        Severity.ERROR: _("To mend: {title}."),
        Severity.WARNING: _("To look at: {title}."),
        Severity.INFO: _("To know: {title}."),
    }
    text = words[entry.severity] if entry.severity else "{title}."
    return text.format(title=entry.title.rstrip("."))


def attribute_line(entry: Entry) -> str:
    """Returns an entry about an attribute, which has four cells, as a sentence."""
    label, needed, readable, filled = entry.cells
    name = entry.key if entry.key.startswith("alleo_") else label  # the label of a budget field says what `needed` says
    text = _("{attribute}, needed for {use}. Readable: {readable}. Filled: {filled}.")
    return text.format(attribute=name, use=needed, readable=readable, filled=filled)


def drawn_help() -> tuple[str, ...]:
    """Returns the help of the full-screen page."""
    return (
        _(
            "Each line is something Alleo needs or something to know. What needs mending comes first; "
            "select a line to see how."
        ),
        _("Mend it in Personio, then press r: Personio is read again."),
        _("1 and 2 tell step by step how the Alleo field and budget fields are made."),
    )
