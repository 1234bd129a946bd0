"""Sentences of the page `preview`."""

from __future__ import annotations

from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.people.filter import Group
from alleo_onboard.presentation.people.labels import group_label


def incomplete_reading() -> str:
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
        _("= compares a file from Alleo, such as the result of its test run, with this preview."),
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


def drawn_help(groups: int) -> tuple[str, ...]:
    """Returns the help of the full-screen page, which shows this number of `groups`."""
    return (
        _("Nothing is written here. The lines below the table explain the person under the cursor."),
        _("1 to {n} choose a group, f narrows it by reason or by change, / searches names and addresses.").format(
            n=groups
        ),
        _("s sorts by the next column, S turns the order around; a click on a column's name does the same."),
        _("e saves the preview as a file, c copies a summary that names nobody, for a message."),
        _("= compares a file from Alleo, such as the result of its test run, with this preview."),
        _("Enter shows one person in full, left and right go on from there, Escape leads back."),
    )


def no_preview_yet() -> str:
    """Returns the text shown instead of the numbers."""
    return _("There is no preview yet. Press r to try again.")


def so_many_of(shown: int, people: int) -> str:
    """Returns how many of all are shown, "" for all of them."""
    return _("{n} of {all}").format(n=count(shown), all=count(people)) if shown != people else ""


def digits_choose(groups: int) -> str:
    return _("1 to {n} choose a group").format(n=groups)


def nobody_here() -> str:
    """Returns what a table without rows says."""
    return _("Nobody here.")


def nobody_chosen() -> str:
    return _("Nobody is chosen.")
