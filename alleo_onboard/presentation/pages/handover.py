"""Sentences of the page `handover`."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from alleo_onboard.domain.profile import DEFAULT_NAME
from alleo_onboard.locale import _
from alleo_onboard.presentation.pages.compare import option as comparing
from alleo_onboard.presentation.pages.daily import every_day

if TYPE_CHECKING:
    from pathlib import Path


def confirm_in_1password() -> str:
    return _("Confirm in 1Password when it asks.")


def message_heading() -> str:
    return _("The message to Customer Success:")


def message_saved(file: str | Path) -> str:
    return _("The message to Customer Success is in {file}.").format(file=file)


def nobody_would_see_the_link() -> str:
    return _("Standard output is closed, so nobody would see the link. Nothing was sent.")


def the_link_was_not_shown() -> str:
    """Returns that a link was made, and standard output did not accept it."""
    return _("A link was made, but nobody could be shown it. Take it back with: alleo-onboard handover withdraw")


def what_goes_into_the_link(via: str, about: str) -> str:
    return _("Client id and client secret go into one link at {via}. {about}").format(via=via, about=about)


def what_handing_over_is() -> str:
    return _("Handing over puts client id and client secret into one link, which opens once with a passphrase.")


def what_to_send() -> str:
    return _("Send the message with the link to Customer Success, and tell the passphrase by telephone.")


def what_follows() -> str:
    return _("After that Alleo runs the sync. The daily look here (d) tells you what it will do, and when it cannot.")


def asking_where_it_stands() -> str:
    return _("Asking where the hand-over stands …")


def made_up_opening() -> str:
    return _("Customer Success (made up) opens the link …")


def taking_the_link_back() -> str:
    return _("Taking the link back …")


def nothing_was_handed_over_yet() -> str:
    return _("Nothing was handed over yet.")


def why_hand_over() -> str:
    return _("So that Alleo can run the sync, you give it the credential here.")


def making_the_link() -> str:
    return _("Making the link …")


def tell_the_passphrase_another_way() -> str:
    return _("Tell the passphrase another way than the link, best by telephone. It is not in the message.")


def hand_over_all_the_same() -> str:
    """Returns the question for a reason to hand over although the check found errors."""
    return _("Hand over all the same? Then say why, in a few words (Enter: no)")


def by_hand_needs_a_terminal() -> str:
    return _("By hand, the text is shown on a terminal, once. There is none here.")


def enter_shows_it() -> str:
    return _("Press Enter to show the client id and the client secret once, for you to paste.")


def enter_hides_it() -> str:
    return _("Paste it into the service, then press Enter: the text goes away.")


def name_of_the_service() -> str:
    return _("Name of the service")


def the_link_it_gave() -> str:
    return _("The link it gave")


def passphrase_of_the_link() -> str:
    return _("Passphrase of the link (not shown)")


def closed(state: str) -> str:
    """Returns the result of withdrawing; `state` is the link's state in words."""
    return _("The link is {state}: nobody can open it any more.").format(state=state)


def hand_over() -> str:
    return _("Hand over?")


def take_it_back() -> str:
    return _("Take the link back, so that nobody can open it any more?")


def type_k() -> str:
    """Returns how to get the passphrase in the plain wizard, which does not print it unasked."""
    return _("Type k to hear the passphrase.")


def passphrase_said(passphrase: str) -> str:
    return _("Passphrase: {passphrase}").format(passphrase=passphrase)


def copy_it_yourself() -> str:
    """Returns what to do for a hand-over by hand in the plain wizard, whose lines stay on the screen."""
    return _(
        "The client id and the client secret are not written here, because lines stay on the screen. Copy them "
        "from where you keep them into the service, then tell here what came of it."
    )


def shown_once_by(profile: str) -> str:
    """Returns the command that shows the client secret, for whoever has no copy to put into another service."""
    name = "" if profile == DEFAULT_NAME else f"--profile {shlex.quote(profile)} "
    text = _("If you have no copy of the client secret: {command} shows it, once.")
    return text.format(command=f"alleo-onboard {name}handover send --via manual")


def option_label(key: str) -> str:
    """Returns a choice of the page in the plain wizard."""
    return {
        "send": _("Hand over."),
        "message": _("The message to Customer Success once more."),
        "passphrase": _("Say the passphrase: only when nobody else listens or reads along."),
        "open": _("Open it as Alleo would."),
        "active": _("It is activated."),
        "withdraw": _("Take it back."),
        "with_names": _("Name the people in the message."),
        "without_names": _("Take the names out of the message again."),
        "compare": f"{comparing()}.",
        "daily": f"{every_day()}.",
    }[key]


def the_message_names_people() -> str:
    return _("The message names the people who would get Alleo: send it only where that is meant.")


def names_are_hidden_here() -> str:
    return _("Names are hidden on this screen. The message that is copied or saved has them.")


def why_all_the_same() -> str:
    return _("Hand over all the same? Then say why, in a few words: it goes into the message.")


def looking_whether_ready() -> str:
    return _("Looking whether it is ready …")


def writing_it_down() -> str:
    """Returns the sentence shown while a link made elsewhere is stored."""
    return _("Writing it down …")


def message_copied() -> str:
    return _("The message is copied. The passphrase is not in it.")


def the_message_will_be() -> str:
    return _("With the link goes this message, which you send to Customer Success yourself:")
