"""Words for what the ledger remembers: states of runs and changes, and what an undo leaves as it is."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator

from alleo_onboard.domain.profile import DEFAULT_NAME
from alleo_onboard.locale import _, ngettext, pgettext
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.labels import field_label, kind_done
from alleo_onboard.usecases.support.history import Entry, State


def run_state(state: str) -> str:
    """What became of a run."""
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
    """How far a change got."""
    texts = {
        "intent": _("not begun"),
        "sent": _("sent, answer not known yet"),
        "confirmed": _("done"),
        "failed": _("failed"),
    }
    return texts.get(state, state)


def purpose_words(why: str, of: str) -> str:
    """Why a run was made."""
    if why == "undo":
        return _("undo of {run}").format(run=of)
    return _("rest of {run}").format(run=of) if why == "resume" else pgettext("a run", "sync")


def fault_sentence(run: str, entry: int, name: str, personio_id: int | None) -> str:
    """What in the history was edited, added or taken away."""
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
    """What becomes of an undo at the next sync, and how to hold that one."""
    yield _("The next sync makes these changes again, unless Personio says otherwise by then.")
    if scheduled:
        name = "" if profile == DEFAULT_NAME else f"--profile {shlex.quote(profile)} "
        text = _("A daily run is installed. To hold it until Personio is mended: alleo-onboard {name}schedule remove")
        yield text.format(name=name)


def left_sentence(name: str, field: str, why: str) -> str:
    """What an undo does not take back, and why."""
    texts = {
        "changed_since": _("{name}: {field} was changed since, so it stays as it is."),
        "gone": _("{name}: the account is gone or belongs to somebody else by now, so nothing is done."),
        "birthday": _("{name}: dates of birth are not kept here; the next sync sets what Personio says."),
        "paid": _("{name}: {field} was granted and cannot be taken back from here; ask Alleo."),
    }
    return texts[why].format(name=name, field=field_label(field) if field else "")


def totals_sentence(entries: Iterable[Entry]) -> str:
    """What a run did, counted by kind and by how far it got."""
    found = [entry.row for entry in entries]
    done = Counter(row.change.kind for row in found if row.state is State.CONFIRMED)
    failed = sum(row.state is State.FAILED for row in found)
    told = [kind_done(kind, n) for kind, n in done.items()]
    told += [ngettext("{n} failed", "{n} failed", failed).format(n=count(failed))] if failed else []
    return ", ".join(told)
