"""Sentences of the page `run` that more than one face shows."""

from __future__ import annotations

from alleo_onboard.locale import _


def nothing_was_written() -> str:
    return _("Nothing was written.")


def and_more(n: object) -> str:
    return _("... and {n} more.").format(n=n)


def before_and_after() -> str:
    return _("Before and after")


def writing_to_alleo() -> str:
    return _("Writing to Alleo …")


def accounts_that_this_tool_did() -> str:
    return _("Accounts that this tool did not link are never changed, and nobody is ever deleted.")


def comparing_personio_with_alleo() -> str:
    return _("Comparing Personio with Alleo …")


def stopping_finishing_the_requests_under() -> str:
    return _("Stopping: finishing the requests under way …")


def this_is_not_the_number() -> str:
    return _("This is not the number. Type {n}, or leave it: nothing has been written.")


def go_ahead() -> str:
    """Returns the question before the first change; only "yes" is accepted."""
    return _("Go ahead? Type yes: ")
