"""The history as a table for a spreadsheet: a row for each value that was changed. JSON Lines keep the codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from alleo_onboard.domain.change import Field
from alleo_onboard.domain.eligibility import Reason
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import amount, clock
from alleo_onboard.locale.terms import reason_label
from alleo_onboard.presentation.export.tables import Column, Table
from alleo_onboard.presentation.history import change_state, how_it_ended, purpose_words
from alleo_onboard.presentation.labels import field_label, kind_label
from alleo_onboard.presentation.values import value_text
from alleo_onboard.usecases.support.history import Entry


def journal(entries: Iterable[Entry], zone: tzinfo) -> Table:
    """Returns the table. Times are in `zone`; amounts are plain numbers; a date of birth reads "(set)"."""
    columns = (
        Column("run", _("Run")),
        Column("what", _("What")),
        Column("when", _("When")),
        Column("by", _("By")),
        Column("version", _("Version")),
        Column("id", _("Personio id"), number=True),
        Column("name", _("Name")),
        Column("change", _("Change")),
        Column("why", _("Why")),
        Column("field", _("Field")),
        Column("before", _("Old value")),
        Column("after", _("New value")),
        Column("how", how_it_ended()),
        Column("error", _("Error")),
    )
    return Table("", columns, [row for entry in entries for row in _rows(entry, zone)])


def _rows(entry: Entry, zone: tzinfo) -> Iterator[tuple[str, ...]]:
    run, row = entry.run, entry.row
    head = (
        run.id,
        purpose_words(run.purpose, run.of),
        clock(run.started, zone),
        f"{run.user or '?'}@{run.host}",
        run.version,
        str(row.change.personio_id),
        row.change.name,
        kind_label(row.change.kind),
        _why(row.change.reason),
    )
    end = (change_state(row.state), row.error)
    for field in row.change.fields:
        yield (*head, field_label(field.name), *_values(field), *end)
    if not row.change.fields:
        yield (*head, "", "", "", *end)


def _values(field: Field) -> tuple[str, ...]:
    return tuple(value_text(field.name, value, "", euros=amount) for value in (field.old, field.new))


def _why(code: str) -> str:
    return reason_label(Reason(code)) if code in set(Reason) else code
