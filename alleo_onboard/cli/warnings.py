"""What deserves a second look, before and after a run, as lines of talk."""

from __future__ import annotations

from alleo_onboard.cli.streams import say
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.changed_rules import altered_sentence, leaving_sentence
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.labels import people
from alleo_onboard.presentation.warnings import conflict_sentence, drift_sentence, held_back_sentence, settled_sentence
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.preview.reconcile import Settlement
from alleo_onboard.usecases.run.execute import RunResult
from alleo_onboard.usecases.run.preconditions import Consent, held_back

_TOLD = 20  # sentences about single people, before it is left at their number


def tell_before(preview: Preview, consent: Consent | None = None) -> None:
    """Rules that changed, why people would lose Alleo, what a first run holds back, and addresses in the way."""
    for one in preview.altered:
        say(altered_sentence(one.rule, one.before, one.now))
    if preview.plan.summary[Kind.OFFBOARD]:
        say(leaving_sentence(preview.plan))
    if held := held_back(preview, consent):
        say(held_back_sentence(held))
    if blocked := preview.plan.summary[Decision.BLOCKED]:
        text = _("{people} cannot sync until something is mended: alleo-onboard preview says what.")
        say(text.format(people=people(blocked)))
    _settled(preview.knowledge.settlements)
    _some([text for p in preview.plan.people if p.holder and (text := conflict_sentence(p))])


def tell_after(result: RunResult) -> None:
    """What Alleo holds otherwise than it was sent, and what was left to a later run."""
    if result.drift:
        n = len(result.drift)
        text = ngettext("{n} value is at Alleo otherwise than sent:", "{n} values are at Alleo otherwise than sent:", n)
        say(text.format(n=count(n)))
        _some([drift_sentence(one) for one in result.drift])
    if not result.verified:
        say(_("What was written was not read back."))
    if result.held_back:
        say(held_back_sentence(result.held_back))


def _settled(settlements: tuple[Settlement, ...]) -> None:
    if settlements:
        undone = sum(bool(s.outcome.error) for s in settlements)
        say(settled_sentence(len(settlements) - undone, undone))


def _some(sentences: list[str]) -> None:
    for sentence in sentences[:_TOLD]:
        say("! " + sentence)
    if len(sentences) > _TOLD:
        say(_("... and {n} more.").format(n=count(len(sentences) - _TOLD)))
