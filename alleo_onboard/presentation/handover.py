"""Sentences about a hand-over: what was sent, its state, what to do when it is late, and what each service protects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from alleo_onboard.domain.handover import OPEN_STATES, Next, State, Via, What, Who
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import day, moment
from alleo_onboard.presentation.lines import Line, Tone, warned
from alleo_onboard.presentation.menus import path
from alleo_onboard.presentation.pages.handover import tell_the_passphrase_another_way
from alleo_onboard.presentation.recipe import recipe_new
from alleo_onboard.usecases.handover.follow import Asked, Followed
from alleo_onboard.usecases.handover.send import Note, Sent


def via_label(via: Via, host: str) -> str:
    """Returns the name of a service, with its address where useful."""
    names = {
        Via.ONETIMESECRET: _("Onetime Secret ({host})").format(host=host),
        Via.ONEPASSWORD: _("1Password"),
        Via.MANUAL: host or _("another service"),
    }
    return names[via]


def via_about(via: Via) -> str:
    """Returns what a service protects against and what it does not (facts/deliveries.md, A3 and B)."""
    said = {
        Via.ONETIMESECRET: _(
            "The link opens once, and only with its passphrase. That helps against a stolen link or mailbox. The "
            "service encrypts at its own end, so whoever runs it could read the credential."
        ),
        Via.ONEPASSWORD: _(
            "1Password encrypts on this computer, so it cannot read the credential itself. Whoever has the link can "
            "open it, unless it is limited to e-mail addresses. Whether it was opened, and taking it back, is only to "
            "be seen in the 1Password app."
        ),
        Via.MANUAL: _(
            "Any service that shows a text once. What it protects against is for that service to say. Never send the "
            "credential by e-mail or chat."
        ),
    }
    return said[via]


def state_label(state: State) -> str:
    """Returns a state in words."""
    labels = {
        State.WAITING: _("waiting to be opened by Alleo"),
        State.FETCHED: _("the link was looked at, and not opened (it may have been a mail scanner)"),
        State.OPENED: _("opened"),
        State.WITHDRAWN: _("taken back"),
        State.EXPIRED: _("expired unopened"),
        State.GONE: _("gone; the service does not say why"),
        State.ACTIVATED: _("activated by Alleo, as you told"),
        State.UNKNOWN: _("sent; the service cannot tell whether it was opened"),
    }
    return labels[state]


def headline(found: Followed, zone: tzinfo) -> str:
    """Returns the state and the next action in one sentence. `zone` is the zone for times."""
    one, step = found.handover, found.next
    said = {
        State.WAITING: _("The link was made on {when}. Send the message to Customer Success; then Alleo opens it."),
        State.FETCHED: _("The link was looked at (maybe by a mail scanner) and not opened: now Alleo opens it."),
        State.OPENED: _("Alleo opened the link on {when}: now Alleo runs a test."),
        State.WITHDRAWN: _("The link was taken back on {when}: send a new one when you are ready."),
        State.EXPIRED: _("The link expired unopened on {when}: make a new credential and send it."),
        State.GONE: _("The link is gone, and the service does not say why: make a new credential and send it."),
        State.ACTIVATED: _("Alleo activated it on {when}, as you told: look at its first sync in the Manager Portal."),
        State.UNKNOWN: _("Sent on {when}, and the service cannot tell whether it was opened: ask Customer Success."),
    }[found.state]
    return said.format(when=day(one.activated) if one.activated else moment(step.since, zone))


def note_sentence(note: Note) -> str:
    """Returns the sentence for a note about the sending."""
    said = {
        Note.NOT_KEPT: _(
            "No keyring holds receipt and passphrase. Once this program has ended, nothing here can tell whether the "
            "link was opened, and nothing can take it back. Keep the passphrase until Alleo has opened the link."
        ),
        Note.SHORTER: _("The service grants less time than was asked for; the end shown is the one it granted."),
        Note.ANONYMOUS: _("The service made the link without the account that signed in. Check the account."),
        Note.MANY_VIEWS: _("1Password did not limit the link to one view: it can be opened until it expires."),
        Note.EARLIER_LOST: _(
            "An earlier sending got no answer, so a link may exist that nobody holds. Nobody knows its address or "
            "passphrase; it ends by itself."
        ),
        Note.EARLIER_OPENED: _(
            "An earlier link to this credential was opened. If that was not Alleo, take this link back and make a new "
            "credential in Personio."
        ),
        Note.EARLIER_OPEN: _(
            "An earlier link can still be opened until it expires. Delete the credential in it in Personio."
        ),
        Note.OTHER_DELIVERY: _(
            "This set-up also writes to Alleo itself. Two ways would feed the same people: switch off the daily run "
            "(in the wizard: d; on the command line: schedule remove) before Alleo activates the integration."
        ),
        Note.NOT_NOTED: _(
            "That the link was made could not be noted on this computer: handover status does not know it. Check the "
            "permissions of its folder and the space on the disk."
        ),
        Note.NOT_READY: _("It was handed over although the check finds errors."),
    }
    return said[note]


def sent_lines(sent: Sent, zone: tzinfo, *, hidden: bool = False, until: bool = True) -> Iterator[Line]:
    """Yields link, expiry and passphrase, and how to tell the passphrase. Only for the sender's eyes.

    `hidden` replaces the passphrase, for a shared screen.
    """
    one = sent.handover
    yield Line(_("Link: {link}").format(link=sent.link.reveal()), Tone.STRONG)
    if one.expires and until:
        yield Line(_("It can be opened until {until}.").format(until=moment(one.expires, zone)))
    if sent.passphrase:
        shown = _("(hidden; press k)") if hidden else sent.passphrase.reveal()
        yield Line(_("Passphrase: {passphrase}").format(passphrase=shown), Tone.STRONG)
        yield Line(tell_the_passphrase_another_way())
    yield from (warned(note_sentence(note)) for note in sent.notes)


def status_lines(found: Followed, zone: tzinfo, *, keys: bool = False) -> Iterator[Line]:
    """Yields the checklist, the state, the next action, and what to do when it is late.

    `keys`: name keys of the wizard instead of commands.
    """
    yield from checklist(found, zone)
    yield Line(_("State: {state}").format(state=state_label(found.state)))
    if said := asked_sentence(found.asked):
        yield warned(said)
    yield Line(next_sentence(found.next, zone), Tone.STRONG)
    yield from advice(found, keys=keys)


def checklist(found: Followed, zone: tzinfo, *, drawn: bool = False) -> Iterator[Line]:
    """Yields what was done and what is still to come, each with its date.

    `drawn`: mark lines like the wizard's steps (✓ ▸ ·), else with boxes ([x]).
    """
    one = found.handover
    yield Line(_("Handed over through {via}").format(via=via_label(one.via, one.host)), Tone.STRONG)
    ahead = False
    for text, done in _stages(found, zone):
        if done:
            yield Line(f"{'✓' if drawn else '[x]'} {text}", done)
            continue
        now, ahead = not ahead and found.state in (*OPEN_STATES, State.OPENED), True
        mark = ("▸" if now else "·") if drawn else "[ ]"
        yield Line(f"{mark} {text}", Tone.PLAIN if now and drawn else Tone.QUIET)


def _stages(found: Followed, zone: tzinfo) -> Iterator[tuple[str, Tone | None]]:
    """Yields each stage in words, and the tone of what was done, None for what was not."""
    one = found.handover
    yield _sent_words(found, zone), Tone.GOOD
    if one.opened and found.state in (State.OPENED, State.ACTIVATED):
        yield _("opened by Alleo on {when}").format(when=moment(one.opened, zone)), Tone.GOOD
    else:
        yield _("opened by Alleo"), None
    if one.compared is None:
        yield _("test run by Alleo, compared with the preview"), None
    else:
        said = (
            _("test run by Alleo compared on {when}: it agrees with the preview")
            if one.agrees
            else _("test run by Alleo compared on {when}: it does not agree with the preview")
        )
        yield said.format(when=moment(one.compared, zone)), Tone.GOOD if one.agrees else Tone.WARNING
    if one.activated:
        yield _("activated, as you told: {day}").format(day=day(one.activated)), Tone.GOOD
    else:
        yield _("activated"), None


def _sent_words(found: Followed, zone: tzinfo) -> str:
    """Returns when it was sent and, while somebody may open it, until when."""
    one = found.handover
    when = moment(one.sent, zone)
    if one.expires and found.state in OPEN_STATES:
        until = moment(one.expires, zone)
        return _("sent on {when}, can be opened until {until}").format(when=when, until=until)
    return _("sent on {when}").format(when=when)


def beneath(found: Followed) -> Iterator[Line]:
    """Yields advice to show under the headline."""
    if said := asked_sentence(found.asked):
        yield warned(said)
    yield from advice(found, keys=True)


def asked_sentence(asked: Asked) -> str:
    """Returns why the service was not asked; "" when it was, or when that was not needed."""
    said = {
        Asked.CANNOT_TELL: _("This service cannot tell whether the link was opened: ask Customer Success."),
        Asked.NO_RECEIPT: _("The receipt was not kept (no keyring), so the service cannot be asked."),
        Asked.LOST: _(
            "No answer came when the link was made, so one may exist that nobody holds. Nobody knows its address or "
            "passphrase; it ends by itself. Send again when you are ready."
        ),
    }
    return said.get(asked, "")


def next_sentence(step: Next, zone: tzinfo) -> str:
    """Returns the next action in one sentence."""
    whole_day = step.what is What.LOOK_AT_FIRST_SYNC  # a date without time
    since = day(step.since.date()) if whole_day else moment(step.since, zone)
    who = {Who.ALLEO: _("Alleo"), Who.CUSTOMER: _("you")}[step.who] if step.who is not Who.NOBODY else ""
    what = {
        What.OPEN: _("open the link"),
        What.ACTIVATE: _("run a test, then activate the integration"),
        What.ASK_ALLEO: _("ask Customer Success whether they have opened it"),
        What.SEND_AGAIN: _("send a new link when you are ready"),
        What.NEW_CREDENTIAL: _("make a new credential and send it"),
        What.LOOK_AT_FIRST_SYNC: _("look at the first sync in the Manager Portal"),
    }[step.what]
    text = _("Next: {who} ({what}), since {since}, late.") if step.late else _("Next: {who} ({what}), since {since}.")
    return text.format(who=who, what=what, since=since)


def handover_line(found: Followed, zone: tzinfo) -> str:
    """Returns one line for a list of set-ups, with the last known state."""
    one, step = found.handover, found.next
    text = _("handed over {when}: {state}; late") if step.late else _("handed over {when}: {state}")
    return text.format(when=day(one.sent.astimezone(zone)), state=state_label(found.state))


def advice(found: Followed, *, keys: bool = False) -> Iterator[Line]:
    """Yields what to do now. `keys`: name keys of the wizard instead of commands."""
    step = found.next
    if step.what is What.OPEN and step.ending:
        yield warned(_ending(keys=keys))
    elif step.what is What.OPEN and step.late:
        yield warned(
            _(
                "Unopened for two days: remind your contact at Customer Success, and check that they have the passphrase."
            )
        )
    if step.what is What.ACTIVATE:
        yield from _until_it_is_active(found, keys=keys)
    if step.what is What.NEW_CREDENTIAL:
        yield warned(_("Make a new credential, so that nothing that leaked can be used:"))
        yield from (Line(f"  {line}") for line in new_credential())


def _ending(*, keys: bool) -> str:
    if keys:
        return _(
            "The link ends within a day. If Alleo does not open it today, take it back (u) and hand over again (g)."
        )
    return _("The link ends within a day. If Alleo does not open it today: handover withdraw, then handover send.")


def _until_it_is_active(found: Followed, *, keys: bool) -> Iterator[Line]:
    """Yields what to do until activation, and what to do if somebody else opened the link."""
    if found.next.late:
        yield warned(
            _("Five working days without activation: ask Customer Success when the test run is, and what is missing.")
        )
    if keys:
        if found.handover.compared is None:
            yield Line(_("When Alleo has sent the result of its test run: = compares it with your preview."))
        yield Line(_("When Alleo has told you that it is active: m notes it, with the day."))
    else:
        if found.handover.compared is None:
            yield Line(_("When Alleo has sent the result of its test run: alleo-onboard compare FILE"))
        yield Line(_("When Alleo has told you that it is active: alleo-onboard handover activated --on DATE"))
    yield Line(_("If Customer Success says that it was not them who opened it, make a new credential:"), Tone.QUIET)
    yield from (Line(f"  {line}", Tone.QUIET) for line in new_credential())


def new_credential() -> tuple[str, ...]:
    """Returns the click path for a new credential and for deleting the old one, in the new menu and the old one."""
    return (
        recipe_new()[0],
        _("Delete the credential for Alleo there, and make a new one with the same rights."),
        _("Older menu: {path}.").format(path=path("Settings", "Integrations", "API credentials")),
        _("Then enter the new client id and secret here, check, and send it."),
    )
