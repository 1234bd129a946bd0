"""The changes of a run, or of one person, as text with values before and after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from textual.content import Content

from alleo_onboard.domain.change import Field, Kind
from alleo_onboard.locale.formats import clock
from alleo_onboard.presentation import veil
from alleo_onboard.presentation.history import change_state, nothing_for, totals_sentence
from alleo_onboard.presentation.labels import field_label, kind_label
from alleo_onboard.presentation.pages.history import (
    changed_nothing,
    more_on_the_command_line,
    run_and_plan,
    to_take_it_back,
)
from alleo_onboard.presentation.people.surname import by_whole_name
from alleo_onboard.presentation.values import value_text
from alleo_onboard.tui.text import joined, lines, plain
from alleo_onboard.usecases.support.history import Entry, State, Told

_SHOWN = 500  # people; the command line shows all
_MARKS = {State.CONFIRMED: ("✓", "$success"), State.FAILED: ("!", "bold $warning")}


def told(run: Told, profile: str, *, veiled: bool = False, above: str = "") -> Content:
    """Returns the run, then failed changes, then the others, then the command to undo it. `above` stands before it."""
    one = run.run
    parts = [plain(line, "$quiet") for line in (above, run_and_plan(one.id, one.digest)) if line]
    listed = by_whole_name(run.entries, lambda entry: entry.row.change.name)
    entries = sorted(listed, key=lambda entry: entry.row.state is not State.FAILED)
    if totals := totals_sentence(entries):
        parts.append(plain(totals, "bold"))
    if not entries:
        parts.append(plain(changed_nothing()))
    for entry in entries[:_SHOWN]:
        parts += _person(veil.entry(entry) if veiled else entry)
    if (more := len(entries) - _SHOWN) > 0:
        parts.append(plain(more_on_the_command_line(more, one.id), "$quiet"))
    if one.counts[State.CONFIRMED]:
        parts += [plain(""), plain(to_take_it_back(_undo(one.id, profile)), "$quiet")]
    return lines(parts)


def person(found: Sequence[Entry], who: str, setup: str, *, veiled: bool, zone: tzinfo) -> Content:
    """Returns every change ever made for one person, newest first, with the run of each and its time in `zone`."""
    if not found:
        return plain(nothing_for(who, setup), "$warning")
    parts: list[Content] = []
    for entry in reversed(found):
        run = entry.run
        parts.append(plain(f"{clock(run.started, zone)}  {run.id}", "$quiet"))
        parts += _person(veil.entry(entry) if veiled else entry)
    return lines(parts)


def _undo(run: str, profile: str) -> str:
    chosen = "" if profile == "default" else f' --profile "{profile}"'
    return f"alleo-onboard{chosen} undo {run}"


def _person(entry: Entry) -> list[Content]:
    row = entry.row
    mark, style = _MARKS.get(row.state, ("·", "$quiet"))
    how = change_state(row.state) + (f" ({row.status})" if row.status else "")
    kind = f"   {kind_label(row.change.kind)}   "
    head = joined(plain(f"{mark} {row.change.name}", style), kind, plain(how, "$quiet"))
    why = [plain(f"    {row.error}", "$warning")] if row.error else []
    fields = [
        joined("    ", plain(field_label(f.name), "$quiet"), f"  {_change(row.change.kind, f)}")
        for f in row.change.fields
    ]
    return [head, *why, *fields]


def _change(kind: Kind, field: Field) -> str:
    """Returns old and new value; for a new account only the new one."""
    new = value_text(field.name, field.new, "-")
    return new if kind is Kind.ONBOARD else f"{value_text(field.name, field.old, '-')} → {new}"
