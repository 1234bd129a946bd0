"""`alleo-onboard runs`: list, show, confirm, verify, export."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from datetime import tzinfo

from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.json import documents, records
from alleo_onboard.cli.report import heading, out, table
from alleo_onboard.cli.streams import put, say
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import clock, count
from alleo_onboard.presentation.chain import exported_sentence, proof_lines
from alleo_onboard.presentation.handover_events import event_columns, event_heading, event_row
from alleo_onboard.presentation.history import (
    change_state,
    how_it_ended,
    no_runs,
    purpose_words,
    run_sentences,
    run_state,
)
from alleo_onboard.presentation.labels import field_label, kind_label
from alleo_onboard.presentation.pages.run import before_and_after
from alleo_onboard.presentation.people.surname import by_whole_name
from alleo_onboard.presentation.publishing import confirmed_sentence
from alleo_onboard.presentation.values import value_text
from alleo_onboard.report.journal import as_table
from alleo_onboard.usecases.handover.events import events
from alleo_onboard.usecases.run.confirm import confirm
from alleo_onboard.usecases.setups.resolve import Setup, Setups
from alleo_onboard.usecases.support import history
from alleo_onboard.usecases.support.history import Entry


def main(args: argparse.Namespace) -> int:
    setup = Setups(os.environ, args.ca_file).find(args.profile, secrets=False)
    action = {"show": _show, "confirm": _confirm, "verify": _verify, "export": _export}.get(args.action, _list)
    return action(args, setup)


def _list(args: argparse.Namespace, setup: Setup) -> int:
    found = history.runs(setup, args.limit)
    if args.json:
        documents.show({"runs": [records.run(one) for one in found]})
        return Exit.DONE
    handed = events(setup)
    if found:
        columns = (_("Run"), _("When"), _("What"), how_it_ended(), _("Done"), _("Failed"), _("By"))
        table(columns, [_row(one, setup.profile.tz) for one in found], right=(_("Done"), _("Failed")))
    elif not handed:
        say(no_runs(setup.profile.name))
    if handed:
        heading(event_heading())
        table(event_columns(), [event_row(one, setup.profile.tz) for one in handed])
    return Exit.DONE


def _row(one: history.Run, zone: tzinfo) -> tuple[str, ...]:
    done, failed = one.counts[history.State.CONFIRMED], one.counts[history.State.FAILED]
    who = f"{one.user or '?'}@{one.host}"
    when = clock(one.started, zone)
    return (one.id, when, purpose_words(one.purpose, one.of), run_state(one.state), count(done), count(failed), who)


def _show(args: argparse.Namespace, setup: Setup) -> int:
    told = history.run(setup, history.numbered(setup, args.run))
    if args.json:
        documents.show(records.whole(told))
        return Exit.DONE
    for sentence in run_sentences(told.run, setup.profile.tz):
        out(sentence)
    changes_table(by_whole_name(told.entries, lambda entry: entry.row.change.name))
    return Exit.DONE


def _confirm(args: argparse.Namespace, setup: Setup) -> int:
    done = confirm(setup, history.numbered(setup, args.run), uploaded=not args.not_uploaded)
    if args.json:
        documents.show({"run": done.run, "uploaded": done.uploaded, "changes": done.changes})
    else:
        out(confirmed_sentence(done))
    return Exit.DONE


def changes_table(entries: Iterable[Entry], *, with_run: bool = False) -> None:
    """Prints changes with old and new values."""
    columns = (_("Run"), _("Name"), _("Change"), before_and_after(), how_it_ended())
    rows = [_change(e) for e in entries]
    table(columns if with_run else columns[1:], rows if with_run else [row[1:] for row in rows])


def _change(entry: Entry) -> tuple[str, ...]:
    row = entry.row
    fields = "; ".join(
        f"{field_label(f.name)}: {value_text(f.name, f.old, '-')} > {value_text(f.name, f.new, '-')}"
        for f in row.change.fields
    )
    how = change_state(row.state) + (f" ({row.status})" if row.status else "") + (f": {row.error}" if row.error else "")
    return (entry.run.id, row.change.name, kind_label(row.change.kind), fields, how)


def _verify(args: argparse.Namespace, setup: Setup) -> int:
    """Exits with 8 when something was edited."""
    found = history.verify(setup, args.head or "")
    if args.json:
        documents.show(records.proof(found))
    else:
        for line in proof_lines(found):
            out(line)
    return Exit.FAILED_CHANGES if found.faults else Exit.DONE


def _export(args: argparse.Namespace, setup: Setup) -> int:
    entries = history.everything(setup)
    lines = [documents.dumped(records.line(e)) + "\n" for e in entries]
    if args.out and args.out != "-":  # standard output, as for export
        table_wanted = args.out.lower().endswith(".csv")
        history.save(args.out, as_table(entries, setup.profile.tz) if table_wanted else "".join(lines))
        say(exported_sentence(len(lines), args.out))
    else:
        put("".join(lines))
    return Exit.DONE
