"""Follows a hand-over: asks for its state, withdraws the link, and records that Alleo has activated it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from alleo_onboard.alleo.handover.answers import Look
from alleo_onboard.alleo.handover.onetime import OneTimeSecret
from alleo_onboard.domain.errors import HandoverRefused, Usage
from alleo_onboard.domain.handover import OPEN_STATES, Handover, Next, State, Via, next_step
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import day, moment
from alleo_onboard.net.patience import DEFAULT_PATIENCE, Patience
from alleo_onboard.store.handovers import Handovers
from alleo_onboard.usecases.handover.keys import Keys
from alleo_onboard.usecases.setups.resolve import Setup


class Asked(StrEnum):
    """Whether the service was asked for the state, and why not."""

    YES = "yes"
    NOT_NEEDED = "not_needed"  # the last known state cannot change any more
    CANNOT_TELL = "cannot_tell"  # 1Password, or another service used by hand
    NO_RECEIPT = "no_receipt"  # no receipt was kept
    LOST = "lost"  # the sending got no answer


@dataclass(frozen=True, slots=True)
class Followed:
    """The state of a hand-over and the next action."""

    handover: Handover
    state: State
    next: Next
    asked: Asked


async def follow(
    setup: Setup, keys: Keys, *, now: datetime | None = None, patience: Patience = DEFAULT_PATIENCE
) -> Followed | None:
    """Asks the service for the state, if it can tell, and stores it. Returns None when nothing was handed over.

    Raises Unreachable and HandoverRefused when the service gives no state; `remembered` then returns the last known
    one.
    """
    now = local(setup, now or datetime.now(UTC))
    book, name = Handovers(setup.home), setup.profile.name
    one = book.latest(name)
    if one is None:
        return None
    asked, receipt = _askable(one, keys)
    if asked is Asked.YES and receipt:
        async with OneTimeSecret(one.base, ca_file=setup.ca_file, patience=patience) as service:
            seen = _seen(one, await service.look(receipt), now)
        _noted(setup, keys, one, seen)
        one = seen
    return _followed(one, asked, now)


def remembered(setup: Setup, *, now: datetime | None = None) -> Followed | None:
    """Returns the last known state without asking the service, or None."""
    one = Handovers(setup.home).latest(setup.profile.name)
    if one is None:
        return None
    asked = Asked.LOST if one.lost else Asked.CANNOT_TELL if one.via is not Via.ONETIMESECRET else Asked.NOT_NEEDED
    return _followed(one, asked, local(setup, now or datetime.now(UTC)))


def _followed(one: Handover, asked: Asked, now: datetime) -> Followed:
    return Followed(one, one.at(now), next_step(one, now), asked)


def _askable(one: Handover, keys: Keys) -> tuple[Asked, Secret | None]:
    """Returns whether the service can be asked, and the receipt to ask with."""
    if one.lost:
        return Asked.LOST, None
    if one.state not in OPEN_STATES:
        return Asked.NOT_NEEDED, None
    if one.via is not Via.ONETIMESECRET:
        return Asked.CANNOT_TELL, None
    receipt = keys.receipt
    return (Asked.YES, receipt) if receipt else (Asked.NO_RECEIPT, None)


def _seen(one: Handover, look: Look, now: datetime) -> Handover:
    """Returns the hand-over with the state that the service gave."""
    found = replace(one, state=look.state, looked=now)
    if look.state is State.OPENED:
        return replace(found, opened=look.at or now)
    if look.state not in OPEN_STATES:
        return replace(found, ended=look.at or (one.expires if look.state is State.EXPIRED else now))
    return found


def _noted(setup: Setup, keys: Keys, before: Handover, seen: Handover) -> None:
    """Stores what the service said, and forgets what it is not asked with any more.

    What cannot be stored is left: the service said it all the same, and can be asked again.
    """
    with suppress(Usage):
        if seen != before:
            Handovers(setup.home).change(setup.profile.name, before, seen)
        if seen.state not in OPEN_STATES:
            keys.forget()


async def withdraw(
    setup: Setup,
    keys: Keys,
    *,
    passphrase: Secret | None = None,
    now: datetime | None = None,
    patience: Patience = DEFAULT_PATIENCE,
) -> Followed:
    """Withdraws the link. `passphrase` is needed when none was kept.

    Raises Usage when nothing was handed over; HandoverRefused when it is too late or the service cannot withdraw links
    (after that, another link may be sent); WrongPassphrase and Unreachable.
    """
    now = local(setup, now or datetime.now(UTC))
    book, name = Handovers(setup.home), setup.profile.name
    one = book.latest(name)
    if one is None:
        raise Usage(_("Nothing was handed over with this set-up yet."))
    if one.at(now) not in OPEN_STATES and not one.openable(now):
        raise HandoverRefused(_too_late(one.at(now)))
    asked, receipt = _askable(one, keys)
    if asked is not Asked.YES or receipt is None:
        book.change(name, one, replace(one, given_up=True, ended=one.ended or (now if one.lost else None)))
        raise HandoverRefused(_cannot(setup, one, asked))
    async with OneTimeSecret(one.base, ca_file=setup.ca_file, patience=patience) as service:
        look = await service.burn(receipt, passphrase or keys.passphrase)
    before, one = one, _seen(one, look, now)
    _noted(setup, keys, before, one)
    if one.state is not State.WITHDRAWN:
        raise HandoverRefused(_too_late(one.state))
    return _followed(one, Asked.YES, now)


def activated(setup: Setup, on: date, *, now: datetime | None = None) -> Followed:
    """Stores that Alleo has activated the integration on this day. Raises Usage for an impossible day."""
    now = local(setup, now or datetime.now(UTC))
    book, name = Handovers(setup.home), setup.profile.name
    one = book.latest(name)
    if one is None:
        raise Usage(_("Nothing was handed over with this set-up yet."))
    if on > local(setup, now).date():
        raise Usage(_("{day} is not yet. Name the day on which Alleo activated it.").format(day=day(on)))
    if on < local(setup, one.sent).date():
        raise Usage(_("{day} is before the credential was handed over.").format(day=day(on)))
    before, one = one, replace(one, activated=on)
    book.change(name, before, one)
    return _followed(one, Asked.NOT_NEEDED, now)


def compared(setup: Setup, *, agrees: bool, now: datetime | None = None) -> None:
    """Stores that Alleo's test run was compared with the preview. Does nothing before the link was opened."""
    now = local(setup, now or datetime.now(UTC))
    book, name = Handovers(setup.home), setup.profile.name
    one = book.latest(name)
    if one is not None and one.at(now) in (State.OPENED, State.UNKNOWN):
        book.change(name, one, replace(one, compared=now, agrees=agrees))


def local(setup: Setup, instant: datetime) -> datetime:
    """Returns a time in the set-up's time zone."""
    return instant.astimezone(setup.profile.tz)


def _too_late(state: State) -> str:
    """Returns the sentence for a link that cannot be withdrawn any more."""
    said = {
        State.OPENED: _(
            "The link was opened already, so it cannot be taken back. If that was not Alleo, make a new credential in "
            "Personio and delete this one."
        ),
        State.WITHDRAWN: _("The link was taken back already."),
        State.EXPIRED: _("The link has expired already: nobody can open it any more."),
        State.ACTIVATED: _("Alleo has activated the integration, and nobody can open the link any more."),
    }
    return said.get(state, _("The link is gone already; the service does not say why."))


def _cannot(setup: Setup, one: Handover, asked: Asked) -> str:
    """Returns the sentence for a link that this program cannot withdraw."""
    why = {
        Asked.LOST: _("No answer came when the link was made, so there is nothing to take it back with."),
        Asked.NO_RECEIPT: _("The receipt of the link was not kept, as there is no keyring."),
    }.get(asked, _("A link made there can only be taken back in {host} itself.").format(host=one.host))
    until = moment(one.expires, setup.profile.tz) if one.expires else _("its expiry")
    helps = _(
        "It can be opened until {until} by whoever has it. What helps: make a new credential in Personio and delete "
        "this one. Another link may be sent now."
    )
    return f"{why} {helps.format(until=until)}"
