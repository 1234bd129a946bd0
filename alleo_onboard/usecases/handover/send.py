"""Sends the credential through one link. The hand-over is stored before and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from socket import gethostname

from alleo_onboard.alleo.handover import passphrase as passphrases
from alleo_onboard.alleo.handover.onepassword import OnePassword, Shared
from alleo_onboard.alleo.handover.onetime import Made, OneTimeSecret
from alleo_onboard.alleo.handover.refusals import PassphraseRefused
from alleo_onboard.alleo.handover.settings import KIND
from alleo_onboard.alleo.registry import kind
from alleo_onboard.domain.credential import looks_secret
from alleo_onboard.domain.errors import AnswerLost, NotReady, Trouble, Usage
from alleo_onboard.domain.finding import standing
from alleo_onboard.domain.handover import Handover, State, Via
from alleo_onboard.domain.letter import Letter
from alleo_onboard.domain.profile import DeliveryChoice, Profile, Remember
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import moment
from alleo_onboard.locale.terms import mended_first
from alleo_onboard.net.patience import DEFAULT_PATIENCE, Patience
from alleo_onboard.store.handovers import Handovers
from alleo_onboard.store.lock import run_lock, user_name
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.usecases.handover.follow import follow
from alleo_onboard.usecases.handover.keys import Keys
from alleo_onboard.usecases.handover.wish import Wish, fingerprint
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.setups.fed import beside, fed
from alleo_onboard.usecases.setups.resolve import Setup

TITLE = "Personio for Alleo"
_SIGNS = ".,;:!?()'\""  # punctuation around a word
_NO_REASON = frozenset(
    ("y", "yes", "ja", "j", "ok", "okay", "n", "no", "nee", "nein")
)  # answers to a question that was not asked


class Note(StrEnum):
    """What a person must know about the sending."""

    NOT_KEPT = "not_kept"  # no keyring; status and withdraw will not work
    SHORTER = "shorter"  # the service granted a shorter lifetime than requested
    ANONYMOUS = "anonymous"  # an account signed in, but the link does not belong to it
    MANY_VIEWS = "many_views"  # 1Password could not limit the link to one view
    EARLIER_LOST = "earlier_lost"  # an earlier sending may have made a link that nobody knows
    EARLIER_OPENED = "earlier_opened"  # somebody opened an earlier link to the same credential
    EARLIER_OPEN = "earlier_open"  # an earlier link can still be opened
    OTHER_DELIVERY = "other_delivery"  # the set-up also uses another delivery
    NOT_NOTED = "not_noted"  # the link was made, but that could not be stored
    NOT_READY = "not_ready"  # sent although the check finds errors


@dataclass(frozen=True, slots=True)
class Sent:
    """A link that was made. `passphrase` is None when the service uses none."""

    handover: Handover
    link: Secret
    passphrase: Secret | None
    notes: tuple[Note, ...] = ()


async def may_send(setup: Setup, keys: Keys, *, patience: Patience = DEFAULT_PATIENCE) -> tuple[Note, ...]:
    """Returns what a person must know about earlier links. Raises Usage when one still waits to be opened."""
    now = datetime.now(UTC)
    followed = await follow(setup, keys, now=now, patience=patience)
    if followed is None:
        return ()
    one = followed.handover
    if one.lost and not one.ended:
        return (Note.EARLIER_LOST,)
    if one.state is State.OPENED and one.credential == fingerprint(setup.profile.client_id):
        return (Note.EARLIER_OPENED,)
    if not one.waits(now):
        return (Note.EARLIER_OPEN,) if one.given_up and one.expires and now < one.expires else ()
    _refuse_second(setup, one, now)
    return (Note.EARLIER_OPEN,)


def _refuse_second(setup: Setup, one: Handover | None, now: datetime) -> None:
    """Raises Usage when a link to this credential waits to be opened."""
    if one is None or one.lost or not one.waits(now) or one.credential != fingerprint(setup.profile.client_id):
        return
    text = _(
        "A link to this credential waits already, sent {sent} through {host}. Two links would be two ways in: take it "
        "back first (in the wizard: u; on the command line: handover withdraw)."
    )
    raise Usage(text.format(sent=moment(one.sent, setup.profile.tz), host=one.host))


def must_be_ready(preview: Preview, reason: str = "") -> tuple[Note, ...]:
    """Returns notes for the sender.

    Raises NotReady when there are errors and no reason to hand over anyway, Usage for a reason with a secret in it: the
    reason goes into the message.
    """
    errors = standing(preview.readiness.findings)
    if not errors:
        return ()
    if any(looks_secret(word.strip(_SIGNS)) for word in reason.split()):
        text = _("It looks as if a secret was in the reason, which goes into the message. Say why in a few words.")
        raise Usage(text)
    if reason.strip() and reason.strip().casefold() not in _NO_REASON:
        return (Note.NOT_READY,)
    raise NotReady(mended_first([e.subject for e in errors]))


async def send(
    setup: Setup,
    shown: Preview,
    wish: Wish,
    keys: Keys,
    *,
    notes: tuple[Note, ...] = (),
    now: datetime | None = None,
    patience: Patience = DEFAULT_PATIENCE,
) -> Sent:
    """Makes one link and stores the hand-over. `shown` is the preview that was checked.

    Call `may_send` and `must_be_ready` first. Raises AnswerLost when a link may exist that nobody knows; that is stored
    and reported at the next sending. Any other error leaves nothing stored. Raises Locked while another process sends.
    """
    letter, now = _letter(setup), now or datetime.now(UTC)
    begun = Handover(wish.via, wish.host, now, now + timedelta(seconds=wish.life.seconds))
    begun = replace(
        begun, credential=fingerprint(letter.client_id), base=wish.url, state=State.UNKNOWN, lost=True, by=_sender()
    )
    others = _beside(setup)
    with run_lock(setup.home, setup.profile.name):  # two at once would make two links, and know one of them
        _refuse_second(setup, Handovers(setup.home).latest(setup.profile.name), now)
        if wish.via is Via.ONETIMESECRET:
            sent = await _one_time(setup, wish, keys, letter, begun, patience)
        elif wish.via is Via.ONEPASSWORD:
            sent = await _one_password(setup, wish, letter, begun)
        else:
            raise Usage(_("By hand, nothing is sent from here."))
    return _noted(replace(sent, notes=(*notes, *sent.notes, *others)), lambda: _remember(setup, shown, wish))


def _noted(sent: Sent, *notings: Callable[[], None]) -> Sent:
    """Returns the link with a note if it could not be stored that it was made. The link itself matters more."""
    for note_down in notings:
        try:
            note_down()
        except Usage:
            if Note.NOT_NOTED not in sent.notes:
                sent = replace(sent, notes=(*sent.notes, Note.NOT_NOTED))
    return sent


def by_hand(
    setup: Setup,
    shown: Preview,
    wish: Wish,
    service: str,
    link: Secret,
    now: datetime,
    *,
    notes: tuple[Note, ...] = (),
) -> Sent:
    """Stores a link that a person made with another service, with the data they typed."""
    expires = now + timedelta(seconds=wish.life.seconds)
    credential = fingerprint(setup.profile.client_id)
    one = Handover(Via.MANUAL, service, now, expires, State.UNKNOWN, credential, by=_sender())
    made = Sent(one, link, None, (*notes, *_beside(setup)))
    return _noted(
        made, lambda: Handovers(setup.home).add(setup.profile.name, one), lambda: _remember(setup, shown, wish)
    )


def _sender() -> str:
    """Returns who sends, as user@machine."""
    return f"{user_name() or '?'}@{gethostname()}"


def letter_of(setup: Setup) -> str:
    """Returns the text to paste into another service. It is the credential: show it once, do not store it."""
    return _letter(setup).text()


async def _one_time(setup: Setup, wish: Wish, keys: Keys, letter: Letter, begun: Handover, patience: Patience) -> Sent:
    """Makes the link with Onetime Secret."""
    book, name = Handovers(setup.home), setup.profile.name
    async with OneTimeSecret(wish.url, wish.account, ca_file=setup.ca_file, patience=patience) as service:
        await service.find_out()
        word, before = passphrases.words(), (keys.passphrase, keys.receipt)
        book.add(name, begun)  # from here on a link may exist; the stored hand-over says so even if the process dies
        keys.keep(passphrase=word)
        try:
            try:
                made = await service.conceal(letter.text(), word, wish.life)
            except PassphraseRefused:
                word = passphrases.characters()
                keys.keep(passphrase=word)
                made = await service.conceal(letter.text(), word, wish.life)
        except AnswerLost:
            raise
        except Trouble:
            book.drop(name)
            keys.forget()
            keys.keep(passphrase=before[0], receipt=before[1])
            raise
    kept = keys.keep(passphrase=word, receipt=made.receipt)
    one = replace(begun, sent=made.sent, expires=made.expires, state=State.WAITING, lost=False, kept=kept)
    return _noted(Sent(one, made.link, word, _notes(wish, made, kept=kept)), lambda: _made(book, name, begun, one))


def _made(book: Handovers, name: str, begun: Handover, one: Handover) -> None:
    """Stores that the link was made, even if somebody deleted meanwhile that it was begun."""
    if not book.change(name, begun, one):
        book.add(name, one)


def _notes(wish: Wish, made: Made, *, kept: bool) -> tuple[Note, ...]:
    found = (
        (Note.NOT_KEPT, not kept),
        (Note.SHORTER, made.granted.seconds < wish.life.seconds),
        (Note.ANONYMOUS, wish.account is not None and made.anonymous),
    )
    return tuple(note for note, holds in found if holds)


async def _one_password(setup: Setup, wish: Wish, letter: Letter, begun: Handover) -> Sent:
    """Makes the link with 1Password."""
    book, name = Handovers(setup.home), setup.profile.name
    service = OnePassword(wish.vault, wish.emails)
    await service.ready()
    book.add(name, begun)
    try:
        shared: Shared = await service.share(letter, TITLE, wish.life)
    except AnswerLost:
        raise
    except Trouble:
        book.drop(name)
        raise
    one = replace(begun, sent=shared.sent, expires=shared.expires, lost=False)
    made = Sent(one, shared.link, None, () if shared.once else (Note.MANY_VIEWS,))
    return _noted(made, lambda: _made(book, name, begun, one))


def _beside(setup: Setup) -> tuple[Note, ...]:
    """Returns the note that this set-up writes to Alleo itself, or has written so far."""
    other = (setup.kind and setup.kind.name != KIND) or beside(fed(setup), kind(KIND))
    return (Note.OTHER_DELIVERY,) if other else ()


def _letter(setup: Setup) -> Letter:
    if not setup.client_secret or not setup.profile.client_id:
        raise Usage(_("There is no Personio credential to hand over."))
    return Letter(setup.profile.client_id, setup.client_secret)


def _remember(setup: Setup, shown: Preview, wish: Wish) -> None:
    """Stores that the set-up uses the hand-over, unless it has another delivery.

    Also pins the Alleo field, so that the daily watch notices when it is lost.
    """
    profiles = Profiles(setup.home)
    stored = profiles.load(setup.profile.name) or Profile(name=setup.profile.name, remember=Remember.SESSION)
    if stored.delivery.kind not in ("", KIND) or (setup.kind and setup.kind.name != KIND):
        return
    choice = stored.delivery if stored.delivery.kind == KIND else DeliveryChoice(KIND)
    via = "" if wish.via is Via.ONETIMESECRET else wish.via.value
    field = shown.readiness.source.alleo.attribute
    key = stored.selective_key or (field.key if field else "")
    profiles.save(replace(stored, delivery=choice.having(via=via), selective_key=key))
