"""Follow: what became of the link, who acts next, taking it back, and what the customer tells of Alleo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

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
    """Whether the service was asked just now, and why not."""

    YES = "yes"
    NOT_NEEDED = "not_needed"  # what it said last cannot change any more
    CANNOT_TELL = "cannot_tell"  # 1Password, or another service by hand
    NO_RECEIPT = "no_receipt"  # nothing was kept to ask with
    LOST = "lost"  # no answer came to the sending


@dataclass(frozen=True, slots=True)
class Followed:
    """Where a hand-over stands."""

    handover: Handover
    state: State
    next: Next
    asked: Asked


async def follow(
    setup: Setup, keys: Keys, *, now: datetime | None = None, patience: Patience = DEFAULT_PATIENCE
) -> Followed | None:
    """Asks the service where it can tell, and writes down what it says. None where nothing was handed over.

    Raises Unreachable and HandoverRefused when the service does not answer; `remembered` then tells what is known.
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
        if seen != one:
            book.change(name, seen)
        if seen.state not in OPEN_STATES:
            keys.forget()
        one = seen
    return _followed(one, asked, now)


def remembered(setup: Setup, *, now: datetime | None = None) -> Followed | None:
    """What is known without asking anybody."""
    one = Handovers(setup.home).latest(setup.profile.name)
    if one is None:
        return None
    asked = Asked.LOST if one.lost else Asked.CANNOT_TELL if one.via is not Via.ONETIMESECRET else Asked.NOT_NEEDED
    return _followed(one, asked, local(setup, now or datetime.now(UTC)))


def _followed(one: Handover, asked: Asked, now: datetime) -> Followed:
    return Followed(one, one.at(now), next_step(one, now), asked)


def _askable(one: Handover, keys: Keys) -> tuple[Asked, Secret | None]:
    if one.lost:
        return Asked.LOST, None
    if one.state not in OPEN_STATES:
        return Asked.NOT_NEEDED, None
    if one.via is not Via.ONETIMESECRET:
        return Asked.CANNOT_TELL, None
    receipt = keys.receipt
    return (Asked.YES, receipt) if receipt else (Asked.NO_RECEIPT, None)


def _seen(one: Handover, look: Look, now: datetime) -> Handover:
    found = replace(one, state=look.state, looked=now)
    if look.state is State.OPENED:
        return replace(found, opened=look.at or now)
    if look.state not in OPEN_STATES:
        return replace(found, ended=look.at or (one.expires if look.state is State.EXPIRED else now))
    return found


async def withdraw(
    setup: Setup,
    keys: Keys,
    *,
    passphrase: Secret | None = None,
    now: datetime | None = None,
    patience: Patience = DEFAULT_PATIENCE,
) -> Followed:
    """Takes the link back. `passphrase` is needed where none was kept.

    Raises Usage where nothing was handed over, HandoverRefused where it is too late or the service cannot: after that,
    another link may be made. Raises WrongPassphrase, Unreachable too.
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
        book.change(name, replace(one, given_up=True, ended=one.ended or (now if one.lost else None)))
        raise HandoverRefused(_cannot(setup, one, asked))
    async with OneTimeSecret(one.base, ca_file=setup.ca_file, patience=patience) as service:
        look = await service.burn(receipt, passphrase or keys.passphrase)
    one = _seen(one, look, now)
    book.change(name, one)
    keys.forget()
    if one.state is not State.WITHDRAWN:
        raise HandoverRefused(_too_late(one.state))
    return _followed(one, Asked.YES, now)


def activated(setup: Setup, on: date, *, now: datetime | None = None) -> Followed:
    """Writes down that Alleo has activated the integration, as the customer tells it. Raises Usage."""
    now = local(setup, now or datetime.now(UTC))
    book, name = Handovers(setup.home), setup.profile.name
    one = book.latest(name)
    if one is None:
        raise Usage(_("Nothing was handed over with this set-up yet."))
    if on > local(setup, now).date():
        raise Usage(_("{day} is not yet. Name the day on which Alleo activated it.").format(day=day(on)))
    if on < local(setup, one.sent).date():
        raise Usage(_("{day} is before the credential was handed over.").format(day=day(on)))
    one = replace(one, activated=on)
    book.change(name, one)
    return _followed(one, Asked.NOT_NEEDED, now)


def compared(setup: Setup, *, agrees: bool, now: datetime | None = None) -> None:
    """Writes down that a file of Alleo's was compared with the preview, where its test run is what comes next."""
    now = local(setup, now or datetime.now(UTC))
    book, name = Handovers(setup.home), setup.profile.name
    one = book.latest(name)
    if one is not None and one.at(now) in (State.OPENED, State.UNKNOWN):
        book.change(name, replace(one, compared=now, agrees=agrees))


def local(setup: Setup, instant: datetime) -> datetime:
    """A moment in the set-up's time zone."""
    return instant.astimezone(ZoneInfo(setup.profile.zone))


def _too_late(state: State) -> str:
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
    why = {
        Asked.LOST: _("No answer came when the link was made, so there is nothing to take it back with."),
        Asked.NO_RECEIPT: _("The receipt of the link was not kept, as there is no keyring."),
    }.get(asked, _("A link made there can only be taken back in {host} itself.").format(host=one.host))
    until = moment(local(setup, one.expires)) if one.expires else _("its expiry")
    helps = _(
        "It can be opened until {until} by whoever has it. What helps: make a new credential in Personio and delete "
        "this one. Another link may be sent now."
    )
    return f"{why} {helps.format(until=until)}"
