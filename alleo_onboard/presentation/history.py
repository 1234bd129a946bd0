"""Sentences about the ledger: states of runs and changes, and what an undo leaves out."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import tzinfo

from alleo_onboard.domain.change import Change
from alleo_onboard.domain.profile import DEFAULT_NAME
from alleo_onboard.locale import _, ngettext, pgettext
from alleo_onboard.locale.formats import clock, count
from alleo_onboard.presentation.labels import field_label, kind_done, kind_label
from alleo_onboard.usecases.support.history import Entry, Run, State


def run_state(state: str) -> str:
    """Returns the state of a run in words."""
    texts = {
        "running": _("under way, or killed"),
        "finished": _("finished"),
        "finished_with_failures": _("finished with failures"),
        "stopped": _("stopped"),
        "waiting": _("waits for its upload"),
        "interrupted": _("interrupted"),
    }
    return texts.get(state, state)


def change_state(state: str) -> str:
    """Returns the state of a change in words."""
    texts = {
        "intent": _("not begun"),
        "sent": _("sent, answer not known yet"),
        "confirmed": _("done"),
        "failed": _("failed"),
    }
    return texts.get(state, state)


def how_it_ended() -> str:
    return _("How it ended")


def purpose_words(why: str, of: str) -> str:
    """Returns why a run was made."""
    if why == "undo":
        return _("undo of {run}").format(run=of)
    return _("rest of {run}").format(run=of) if why == "resume" else pgettext("a run", "sync")


def fault_sentence(run: str, entry: int, name: str, personio_id: int | None) -> str:
    """Returns what was edited, added or removed in the history."""
    if not run:
        return _("The head that was noted is not part of this history: it was replaced, or cut off at the end.")
    if entry:
        return _("Entry {entry} of the journal (run {run}) was edited, or one before it was taken away.").format(
            entry=entry, run=run
        )
    if personio_id is None:
        return _("Run {run} is not as it was written down.").format(run=run)
    text = _("The change of {name} (Personio id {id}) in run {run} is not as it was written down.")
    return text.format(name=name, id=personio_id, run=run)


def made_again(profile: str, *, scheduled: bool) -> Iterator[str]:
    """Yields that the next sync makes undone changes again, and how to prevent that."""
    yield _("The next sync makes these changes again, unless Personio says otherwise by then.")
    if scheduled:
        name = "" if profile == DEFAULT_NAME else f"--profile {shlex.quote(profile)} "
        text = _("A daily run is installed. To hold it until Personio is mended: alleo-onboard {name}schedule remove")
        yield text.format(name=name)


def left_sentence(name: str, field: str, why: str) -> str:
    """Returns what an undo does not reverse, and why."""
    texts = {
        "changed_since": _("{name}: {field} was changed since, so it stays as it is."),
        "gone": _("{name}: the account is gone or belongs to somebody else by now, so nothing is done."),
        "birthday": _("{name}: dates of birth are not kept here; the next sync sets what Personio says."),
        "paid": _("{name}: {field} was granted and cannot be taken back from here; ask Alleo."),
    }
    return texts[why].format(name=name, field=field_label(field) if field else "")


def totals_sentence(entries: Iterable[Entry]) -> str:
    """Returns what a run did, counted by kind, and the number of failures."""
    found = [entry.row for entry in entries]
    done = Counter(row.change.kind for row in found if row.state is State.CONFIRMED)
    failed = sum(row.state is State.FAILED for row in found)
    told = [kind_done(kind, n) for kind, n in done.items()]
    told += [ngettext("{n} failed", "{n} failed", failed).format(n=count(failed))] if failed else []
    return ", ".join(told)


def run_sentences(one: Run, zone: tzinfo) -> Iterator[str]:
    """Yields why a run was made and how it ended, then who made it, where, when (in `zone`), and with which plan."""
    what, state = purpose_words(one.purpose, one.of), run_state(one.state)
    yield _("Run {run}: {what}, {state}.").format(run=one.id, what=what, state=state)
    text = _("By {user} on {machine}, version {version}, at {moment}. Plan {digest}.")
    at = clock(one.started, zone)
    yield text.format(user=one.user or "?", machine=one.host, version=one.version, moment=at, digest=one.digest)


def no_runs(setup: str) -> str:
    return _("{name} has no runs yet.").format(name=setup)


def nothing_for(person: str, setup: str) -> str:
    """Returns that no run concerned this person."""
    return _("Nothing was ever done for {person} in {name}.").format(person=person, name=setup)


def whose(name: str, personio_id: int) -> str:
    """Returns the heading above the changes of one person."""
    return _("{name} (Personio id {id})").format(name=name, id=personio_id)


def undone_change(change: Change) -> str:
    """Returns one change of an undo with its fields."""
    fields = ", ".join(field_label(f.name) for f in change.fields)
    text = _("{name}: {change} ({fields})")
    return text.format(name=change.name, change=kind_label(change.kind), fields=fields)
