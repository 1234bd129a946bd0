"""`alleo-onboard export`: the preview as a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.json import documents
from alleo_onboard.cli.progress_log import watcher
from alleo_onboard.cli.prompts import setup_of, tell_of_two_ways
from alleo_onboard.cli.runner import perform
from alleo_onboard.cli.streams import put, say
from alleo_onboard.domain.errors import JUDGED, Usage
from alleo_onboard.locale import _
from alleo_onboard.presentation.export.report import About, report
from alleo_onboard.presentation.export.words import saved_sentence
from alleo_onboard.presentation.pages.export import json_and_standard_output
from alleo_onboard.presentation.publishing import exported_sentence
from alleo_onboard.report import write
from alleo_onboard.report.write import Form, Written
from alleo_onboard.usecases.preview.preview import Preview, preview
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.setups.resolve import Setup
from alleo_onboard.usecases.support.delivery_file import DeliveryFile, delivery_file
from alleo_onboard.usecases.support.documents import free, refuse_where_alleo_collects, save

_JSON = "json"
_STANDARD_OUTPUT = "-"
_FOR_ALLEO = ("pickup", "portal")


def main(args: argparse.Namespace) -> int:
    to = _wanted(args)
    setup = setup_of(args)
    tell_of_two_ways(setup)
    if args.out != _STANDARD_OUTPUT:
        refuse_where_alleo_collects(setup, Path(args.out or "file"))
    try:
        return _for_alleo(args, to, setup) if to in _FOR_ALLEO else _for_people(args, to, setup)
    except JUDGED as trouble:
        if args.json:
            documents.show(documents.refused(documents.exported(to), trouble))
        raise


def _for_people(args: argparse.Namespace, to: str, setup: Setup) -> int:
    """Writes a preview in the format `to`, to a file or to standard output. Returns the exit code."""
    made, of = perform(lambda: _made(setup))
    if args.out == _STANDARD_OUTPUT:
        _put(made, of, to, names=not args.without_names)
        return Exit.DONE
    path = Path(args.out) if args.out else None
    if to == _JSON:
        written = _save_json(made, of, path, replace=args.replace)
    else:
        names = not args.without_names
        written = write.write_report(made, of, Form(to), path, names=names, replace=args.replace)
    _told(args, to, written, len(made.plan.people))
    return Exit.DONE


def _told(args: argparse.Namespace, to: str, written: Written, people: int) -> None:
    if args.json:
        documents.show(documents.exported(to, written.path, people, replaced=written.replaced))
    say(saved_sentence(written.path, replaced=written.replaced))


def _for_alleo(args: argparse.Namespace, to: str, setup: Setup) -> int:
    """Writes a delivery's file without publishing it or recording anything. Returns the exit code."""
    made = perform(lambda: _file(setup, to, args.template or ""))
    path = Path(args.out) if args.out else Path(made.name)
    replaced = save(path, made.content, replace=args.replace)
    _told(args, to, Written(path, replaced), made.people)
    say(exported_sentence(made))
    return Exit.DONE


async def _file(setup: Setup, to: str, template: str) -> DeliveryFile:
    with watcher() as notify:
        async with Session(setup, notify) as session:
            return await delivery_file(session, to, template)


def _wanted(args: argparse.Namespace) -> str:
    """Returns the format, from --to or from the file's extension. Raises Usage for options that exclude each other."""
    to: str = args.to or _by_ending(args.out)
    if args.json and args.out == _STANDARD_OUTPUT:
        raise Usage(json_and_standard_output())
    if args.without_names and to != Form.HTML:
        raise Usage(_("--without-names makes a report of counts and charts, which only html can be."))
    if args.template and to != "portal":
        raise Usage(_("--template is for the workbook of the portal: --to portal."))
    if args.out == _STANDARD_OUTPUT and to in _FOR_ALLEO:
        raise Usage(_("A file for Alleo is no text to read: name a file with --out."))
    if args.out == _STANDARD_OUTPUT and to == Form.XLSX:
        raise Usage(_("An XLSX file cannot go to standard output: name a file with --out."))
    return to


def _by_ending(out: str | None) -> str:
    if out is None or out == _STANDARD_OUTPUT:
        return Form.HTML
    if Path(out).suffix.lower() == ".json":
        return _JSON
    if form := write.form_of(out):
        return form
    raise Usage(
        _("What to write into {file}? Say it with --to, or let its name end in .html, .xlsx, .csv or .json.").format(
            file=out
        )
    )


async def _made(setup: Setup) -> tuple[Preview, About]:
    with watcher() as notify:
        async with Session(setup, notify) as session:
            return await preview(session), write.about(session)


def _json(made: Preview) -> str:
    return documents.dumped(documents.preview(made.plan, **documents.cautions(made)), indent=2) + "\n"


def _save_json(made: Preview, of: About, path: Path | None, *, replace: bool) -> Written:
    place = path or free(write.stem(of), _JSON, Path())
    return Written(place, save(place, _json(made).encode(), replace=replace))


def _put(made: Preview, of: About, to: str, *, names: bool) -> None:
    """Writes to standard output. HTML escapes the characters that its encoding does not have."""
    if to == _JSON:
        put(_json(made))
        return
    told = write.rendered(report(made, of, names=names), Form(to)).decode("utf-8-sig")
    if to == Form.HTML:
        told = told.encode(sys.stdout.encoding or "utf-8", "xmlcharrefreplace").decode(sys.stdout.encoding or "utf-8")
    put(told)
