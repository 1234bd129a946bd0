"""Step 5 when Alleo runs the sync: hands the credential over, and follows it until activation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from alleo_onboard.domain.errors import NotReady, Usage, WrongPassphrase
from alleo_onboard.domain.handover import Via, Who
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import day, read_day
from alleo_onboard.plain.conversation import Conversation
from alleo_onboard.plain.pages.compare import compare_file
from alleo_onboard.plain.pages.daily import daily
from alleo_onboard.plain.words import Again, Back, is_yes
from alleo_onboard.presentation.handover import (
    note_sentence,
    sent_lines,
    state_label,
    status_lines,
    via_about,
    via_label,
)
from alleo_onboard.presentation.handover_message import Draft
from alleo_onboard.presentation.pages.activation import no_date, the_day_it_became_active
from alleo_onboard.presentation.pages.by_hand import link_is_needed
from alleo_onboard.presentation.pages.handover import (
    asking_where_it_stands,
    confirm_in_1password,
    copy_it_yourself,
    hand_over,
    hand_over_all_the_same,
    made_up_opening,
    making_the_link,
    message_heading,
    name_of_the_service,
    nothing_was_handed_over_yet,
    option_label,
    passphrase_of_the_link,
    passphrase_said,
    shown_once_by,
    take_it_back,
    taking_the_link_back,
    tell_the_passphrase_another_way,
    the_link_it_gave,
    type_k,
    what_follows,
    what_goes_into_the_link,
    what_handing_over_is,
    what_to_send,
)
from alleo_onboard.usecases.handover.follow import Followed, activated, follow, local, remembered, withdraw
from alleo_onboard.usecases.handover.made_up import open_as_alleo, there
from alleo_onboard.usecases.handover.send import Note, Sent, by_hand, may_send, must_be_ready, send
from alleo_onboard.usecases.handover.wish import Wish, wished
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.wizard.steps import Step


def handover(sitting: Conversation) -> None:
    """Shows the page until a person leaves it."""
    sitting.talk.page(
        sitting.heading(Step.RUN, _("Hand over")), lambda: (what_handing_over_is(), what_to_send(), what_follows())
    )
    page = _Page(sitting)
    page.look()
    while True:
        try:
            page.asked()
        except Again:
            page.look()


class _Page:
    """What was sent since the program started, and its state."""

    def __init__(self, sitting: Conversation) -> None:
        self.sitting, self.talk = sitting, sitting.talk
        self.sent: Sent | None = None
        self.followed: Followed | None = None
        self.draft: Draft | None = None
        self.names = False  # True if the message names people

    @property
    def zone(self) -> ZoneInfo:
        """Returns the set-up's time zone."""
        return self.sitting.setup.profile.tz

    def look(self) -> None:
        """Asks the service for the state, and shows it."""
        sitting = self.sitting
        self.followed = remembered(sitting.setup)
        if self.followed:
            self.followed = sitting.attempt(self._follow, asking_where_it_stands()) or self.followed
        self._tell()

    def _follow(self) -> Followed | None:
        return self.sitting.work(follow(self.sitting.setup, self.sitting.keys))

    def _tell(self) -> None:
        found, sitting = self.followed, self.sitting
        if found is None:
            self.talk.say(nothing_was_handed_over_yet())
            return
        sitting.settle(Step.RUN, state_label(found.state), needs_you=found.next.who is Who.CUSTOMER)
        self.talk.tell(status_lines(found, self.zone, keys=True))

    def asked(self) -> None:
        """Shows the choices and does what was chosen."""
        chosen = self.sitting.menu(self._options(), reads=True)
        jobs: dict[str, Callable[[], object]] = {
            "send": self._hand_over,
            "message": self._message,
            "with_names": self._name,
            "without_names": self._name,
            "passphrase": self._passphrase,
            "open": self._open_it,
            "active": self._activate,
            "withdraw": self._withdraw,
            "compare": lambda: compare_file(self.sitting),
            "daily": lambda: daily(self.sitting),
        }
        if chosen:
            try:
                jobs[chosen]()
            except Back:
                return

    def _options(self) -> list[tuple[str, str, str]]:
        found, now = self.followed, datetime.now(UTC)
        waits = found is not None and found.handover.waits(now)
        active = found is not None and found.handover.activated is not None
        candidates = (
            ("send", "g", not waits and not active),
            ("message", "c", self.draft is not None),
            ("without_names" if self.names else "with_names", "w", self.draft is not None),
            ("passphrase", "k", self._has_word),
            ("open", "o", waits and there(self.sitting.setup)),
            ("compare", "=", found is not None),
            ("active", "m", found is not None and not active),
            ("withdraw", "u", waits),
            ("daily", "d", True),
        )
        return [(key, option_label(key), letter) for key, letter, offered in candidates if offered]

    @property
    def _has_word(self) -> bool:
        return self.sent is not None and self.sent.passphrase is not None

    def _passphrase(self) -> None:
        if self.sent and self.sent.passphrase:
            self.talk.say(passphrase_said(self.sent.passphrase.reveal()))

    # Sending

    def _hand_over(self) -> None:
        sitting = self.sitting
        wish = sitting.attempt(lambda: wished(sitting.setups, sitting.setup))
        if wish is None:
            return
        self.talk.say(what_goes_into_the_link(via_label(wish.via, wish.host), via_about(wish.via)))
        if not self.talk.yes(hand_over()):
            return
        self.sent = sitting.attempt(sitting.doing(self._sent, wish), making_the_link()) or self.sent
        self.followed = remembered(sitting.setup)
        self._tell()

    def _sent(self, wish: Wish) -> Sent | None:
        sitting = self.sitting
        notes = sitting.work(may_send(sitting.setup, sitting.keys))
        shown = sitting.work(sitting.any_preview())
        reason = ""
        try:
            notes += must_be_ready(shown)
        except NotReady as trouble:
            self.talk.attend(str(trouble))
            reason = self._reason()
            if not reason:
                return None
            notes += must_be_ready(shown, reason)
        if wish.via is Via.MANUAL:
            made = self._by_hand(shown, wish, notes)
        else:
            if wish.via is Via.ONEPASSWORD:
                self.talk.say(confirm_in_1password())
            made = sitting.work(send(sitting.setup, shown, wish, sitting.keys, notes=notes))
        self.draft, self.names = Draft(sitting.setup, made, shown, datetime.now(self.zone), reason), False
        self._tell_sent(made)
        return made

    def _reason(self) -> str:
        """Returns why to hand over although the check found errors, "" not to. A yes alone is no reason."""
        while is_yes((reason := self.talk.unless_no(hand_over_all_the_same())).casefold()):
            pass
        return reason

    def _tell_sent(self, made: Sent) -> None:
        """Shows the link and what to do. The passphrase is shown only on request."""
        bare = Sent(made.handover, made.link, None)
        self.talk.tell(sent_lines(bare, self.zone))
        if made.passphrase:
            self.talk.say(tell_the_passphrase_another_way())
            self.talk.say(type_k())
        self.talk.say(*(f"! {note_sentence(note)}" for note in made.notes))
        self._message()

    def _message(self) -> None:
        """Shows the message to Customer Success, with names only if they were asked for."""
        if self.draft:
            text = self.draft.text(names=self.names and not self.sitting.veiled)
            self.talk.say(message_heading(), *filter(str.strip, text.splitlines()))

    def _name(self) -> None:
        self.names = not self.names
        self._message()

    def _by_hand(self, shown: Preview, wish: Wish, notes: tuple[Note, ...]) -> Sent:
        """Asks for the link that a person made elsewhere. Lines stay on the screen, so the secret is not shown.

        Raises Usage, Back.
        """
        self.talk.say(copy_it_yourself())
        if not self.sitting.setups.forgetful:
            self.talk.say(shown_once_by(self.sitting.setup.profile.name))
        service = self.talk.text(name_of_the_service())
        link = self.talk.text(the_link_it_gave())
        if not link:
            raise Usage(link_is_needed())
        return by_hand(self.sitting.setup, shown, wish, service, Secret(link), datetime.now(UTC), notes=notes)

    # Following

    def _open_it(self) -> None:
        sitting = self.sitting
        sitting.attempt(lambda: sitting.work(open_as_alleo(sitting.setup)), made_up_opening())
        self.look()

    def _activate(self) -> None:
        """Asks for the day of activation until it is a possible one; Enter means today. Raises Back."""
        setup, found = self.sitting.setup, None
        today = day(local(setup, datetime.now(UTC)).date())
        while found is None:
            typed = self.talk.text(the_day_it_became_active(), today)
            if on := read_day(typed):
                found = self.sitting.attempt(self.sitting.doing(activated, setup, on))
            else:
                self.talk.attend(no_date(text=typed[:20]))
        self.followed = found
        self._tell()

    def _withdraw(self) -> None:
        if not self.talk.yes(take_it_back()):
            return
        sitting = self.sitting
        sitting.attempt(self._withdrawn, taking_the_link_back())
        self.followed = remembered(sitting.setup)
        if self.followed and not self.followed.handover.waits(datetime.now(UTC)):
            self.sent = self.draft = None
        self._tell()

    def _withdrawn(self) -> Followed:
        """Withdraws the link. Asks for the passphrase when none was kept or the kept one is wrong."""
        sitting = self.sitting
        try:
            return sitting.work(withdraw(sitting.setup, sitting.keys))
        except WrongPassphrase as wrong:
            self.talk.attend(str(wrong))
            word = Secret(self.talk.hidden(passphrase_of_the_link()))
            return sitting.work(withdraw(sitting.setup, sitting.keys, passphrase=word))
