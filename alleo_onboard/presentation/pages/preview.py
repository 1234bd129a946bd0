"""Sentences of the page `preview`."""

from __future__ import annotations

from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.people.filter import Group
from alleo_onboard.presentation.people.labels import group_label


def people_changed_while_they_were() -> str:
    return _("People changed while they were read, so somebody may be missing here.")


def reading_people_from_personio() -> str:
    return _("Reading people from Personio …")


def working_out_who_would_sync() -> str:
    return _("Working out who would sync …")


def spoken_help() -> tuple[str, ...]:
    """Returns the page's help in the plain wizard."""
    return (
        _("Nothing is written here. Type the number of a group to hear who is in it, twenty people at a time."),
        _("For one person, type the number of Find, then a part of the name or the address."),
    )


def group_line(group: Group, n: int) -> str:
    """Returns a group with its number of people."""
    text = ngettext("{group}: {n} person.", "{group}: {n} people.", n)
    return text.format(group=group_label(group), n=count(n))


def more_of_them(told: int, people: int) -> str:
    """Returns the question whether to continue a list."""
    return _("{n} of {all}. Enter for more, back for the groups").format(n=count(told), all=count(people))


def find_one() -> str:
    return _("Find one person.")


def a_part_of_the_name() -> str:
    return _("A part of the name or the address")


def nobody_called_that() -> str:
    return _("Nobody is called that.")


def many_called_that(people: int, shown: int) -> str:
    text = _("{n} people are called that; these are the first {shown}.")
    return text.format(n=count(people), shown=count(shown))
