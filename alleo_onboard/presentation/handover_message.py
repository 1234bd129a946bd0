"""The message to Customer Success. Never holds secret, passphrase or birthdays; holds names only on request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from alleo_onboard.domain.alleo_field import Selection
from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.finding import standing
from alleo_onboard.domain.handover import Via
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count, moment, money
from alleo_onboard.locale.terms import mended_first
from alleo_onboard.presentation.handover import via_about, via_label
from alleo_onboard.presentation.lines import Line, Tone, warned
from alleo_onboard.presentation.pages.handover import the_message_will_be, what_goes_into_the_link
from alleo_onboard.presentation.people.surname import by_surname
from alleo_onboard.usecases.handover.send import Sent
from alleo_onboard.usecases.handover.wish import Wish
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.setups.resolve import Setup


@dataclass(frozen=True, slots=True)
class Seen:
    """The preview's data for the message."""

    people: int  # number of people who would get Alleo
    employees: int
    selective: bool
    budgets: Sequence[tuple[str, int, Decimal]]  # (field, number of people, total in euros)
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """The content of the message. Times are in the sender's zone; `link` is the one-time link."""

    link: str
    expires: datetime
    checked: datetime
    seen: Seen
    company: str = ""
    contact: str = ""
    has_passphrase: bool = True
    reason: str = ""


def facts(preview: Preview, *, names: bool = False) -> Seen:
    """Returns the preview's data for the message. Names of people only if `names`."""
    plan = preview.plan
    syncing = [one.name for one in by_surname(plan.people) if one.decision is Decision.SYNC]
    return Seen(
        len(syncing),
        len(plan.people),
        preview.readiness.source.alleo.selection is Selection.FIELD,
        tuple((name, people, total) for name, (people, total) in plan.budgets.items()),
        tuple(syncing) if names else (),
    )


def facts_of(setup: Setup, made: Sent, preview: Preview, now: datetime, *, reason: str, names: bool) -> Facts:
    """Returns the content of the message. `now` is in the set-up's zone, which is used for all times.

    The time of the check is when `preview` was read, or `now` if that is unknown.
    """
    choice = setup.profile.delivery
    until = made.handover.expires or made.handover.sent
    return Facts(
        link=made.link.reveal(),
        expires=until.astimezone(now.tzinfo),
        checked=(preview.made or now).astimezone(now.tzinfo),
        seen=facts(preview, names=names),
        company=choice.text("company"),
        contact=choice.text("contact"),
        has_passphrase=made.passphrase is not None,
        reason=reason,
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """The input of the message, to write it again in another language, or with or without names."""

    setup: Setup
    sent: Sent
    preview: Preview
    now: datetime
    reason: str = ""

    def text(self, *, names: bool = False) -> str:
        """Returns the message in the current language."""
        return message(facts_of(self.setup, self.sent, self.preview, self.now, reason=self.reason, names=names))


def before_sending(setup: Setup, preview: Preview | None, wish: Wish, now: datetime) -> Iterator[Line]:
    """Yields what would go where, and the message that would go with it. `now` is in the set-up's zone."""
    yield Line(what_goes_into_the_link(via_label(wish.via, wish.host), via_about(wish.via)))
    if preview is None:
        return
    if errors := standing(preview.readiness.findings):
        yield from (Line(""), warned(mended_first([one.subject for one in errors])))
    choice = setup.profile.delivery
    told = Facts(
        link=_("(here comes the link)"),
        expires=now + timedelta(seconds=wish.life.seconds),
        checked=(preview.made or now).astimezone(now.tzinfo),
        seen=facts(preview),
        company=choice.text("company"),
        contact=choice.text("contact"),
        has_passphrase=wish.via is Via.ONETIMESECRET,
    )
    yield from (Line(""), Line(the_message_will_be()), Line(""))
    yield from (Line(line, Tone.QUIET) for line in message(told).splitlines())


def message(told: Facts) -> str:
    """Returns the whole message in the reader's language."""
    opening = (
        _("we would like to connect Personio of {company} with Alleo.").format(company=told.company)
        if told.company
        else _("we would like to connect our Personio with Alleo.")
    )
    parts = [
        _("Hello,"),
        opening + " " + _("The API credential (client id and client secret) is behind this link, which opens once:"),
        told.link,
        _link_words(told),
        "\n".join(_checked(told)),
        _(
            "Before you activate the integration, please run a test and send us its result: we compare it with our preview and confirm. Please tell us the day on which it is activated."
        ),
    ]
    if told.seen.names:
        parts.append(_("These people would get Alleo:") + "\n" + "\n".join(f"- {name}" for name in told.seen.names))
    parts.append(_("Kind regards,") + (f"\n{told.contact}" if told.contact else ""))
    return "\n\n".join(parts) + "\n"


def _link_words(told: Facts) -> str:
    until = _("It can be opened until {until}.").format(until=moment(told.expires, told.expires.tzinfo))
    if not told.has_passphrase:
        return until
    return until + " " + _("We tell you the passphrase another way.")


def _checked(told: Facts) -> list[str]:
    who = (
        _("Checked on {when} by {who} with alleo-onboard:")
        if told.contact
        else _("Checked on {when} with alleo-onboard:")
    )
    people = ngettext(
        "- {n} of {of} employee would get Alleo", "- {n} of {of} employees would get Alleo", told.seen.employees
    )
    lines = [
        who.format(when=moment(told.checked, told.checked.tzinfo), who=told.contact),
        people.format(n=count(told.seen.people), of=count(told.seen.employees)),
        _("- the field “Alleo” in Personio (Yes / No) selects them")
        if told.seen.selective
        else _("- everyone who is employed takes part; there is no field that selects"),
    ]
    for name, people_of, total in told.seen.budgets:
        line = ngettext("- {field}: {total} for {n} person", "- {field}: {total} for {n} people", people_of)
        lines.append(line.format(field=name, total=money(total), n=count(people_of)))
    if not told.seen.budgets:
        lines.append(_("- no budgets in Personio: we give them in the Manager Portal"))
    if told.reason:
        lines.append(
            _("- the check still finds errors; we hand it over all the same: {reason}").format(reason=told.reason)
        )
    return lines
