"""Makes the file of a delivery without a run, for somebody who only wants the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from alleo_onboard.alleo import registry
from alleo_onboard.domain.delivery import Context
from alleo_onboard.domain.errors import NotReady, Unreachable, Usage
from alleo_onboard.domain.finding import standing
from alleo_onboard.domain.oneoff import Release
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.domain.publishing import Publisher
from alleo_onboard.locale import _, ngettext
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.usecases.preview.preview import births_of, planned
from alleo_onboard.usecases.preview.published import told
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.publish import state_after


@dataclass(frozen=True, slots=True)
class DeliveryFile:
    """The file. `people` is the number of rows."""

    name: str
    content: bytes = field(repr=False)
    people: int


async def delivery_file(session: Session, kind: str, template: str) -> DeliveryFile:
    """Returns the file that this kind of delivery would publish now, with the set-up's settings if it has that kind.

    Raises NotReady for errors of the check, Unreachable for an incomplete list, Usage, and what reading raises.
    """
    publisher = _publisher(session, kind, template)
    report = publisher.report()
    snapshot = await session.read()
    _refuse(len(standing(snapshot.readiness.findings)), complete=snapshot.complete)
    with Ledger.of(session.setup.home, session.setup.profile.name) as ledger:
        accounts = await told(publisher, ledger, births_of(snapshot))
    made = planned(session, snapshot, accounts, report, Release())
    state = state_after(publisher, snapshot, accounts, made.plan.changes, session.today())
    rows = made.plan.changes if publisher.awaits_upload else state.accounts
    return DeliveryFile(publisher.file_name, publisher.render(state), len(rows))


def _publisher(session: Session, kind: str, template: str) -> Publisher:
    found, own = registry.kind(kind), session.setup.profile.delivery
    choice = own if own.kind == kind else DeliveryChoice(kind)
    if not found.address(choice):
        choice = choice.having(place=str(Path.cwd()))  # nothing is written there
    if template:
        choice = choice.having(template=str(Path(template).absolute()))
    secrets = session.setup.delivery_secrets if own.kind == kind else {}
    made = found.connect(choice, secrets, Context(session.setup.profile.name, session.notify))
    if not isinstance(made, Publisher):
        raise Usage(_("{name} has no file.").format(name=found.label()))
    return made


def _refuse(errors: int, *, complete: bool) -> None:
    if errors:
        text = ngettext(
            "{n} error must be mended first: alleo-onboard check.",
            "{n} errors must be mended first: alleo-onboard check.",
            errors,
        )
        raise NotReady(text.format(n=errors))
    if not complete:
        raise Unreachable(_("Personio's list of people changed while it was read. Try again in a minute."))
