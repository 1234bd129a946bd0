"""The comparison of Alleo's file with the preview, as sentences and tables. Birthdays are never shown."""

from __future__ import annotations

from collections.abc import Iterator

from alleo_onboard.domain.compare import SET, Comparison, Difference, Pair, Stray
from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.export.tables import why
from alleo_onboard.presentation.labels import field_label, people
from alleo_onboard.presentation.people.surname import by_surname, listed
from alleo_onboard.presentation.tables import Part, Table
from alleo_onboard.presentation.values import value_text


def headline(found: Comparison) -> str:
    """Returns the result of the comparison in one sentence."""
    if found.equal:
        text = _("Alleo's file and the preview agree on {people}.")
        return text.format(people=people(found.same))
    return _("Alleo's file and the preview do not agree: {told}.").format(told=_(", ").join(_counts(found)))


def _counts(found: Comparison) -> Iterator[str]:
    numbers = (
        (found.same, _("{n} the same")),
        (len(found.only_there), _("{n} only at Alleo")),
        (len(found.only_here), _("{n} only here")),
        (len(found.differing), _("{n} with other values")),
        (len(found.twice), _("{n} more than once in the file")),
    )
    return (text.format(n=count(n)) for n, text in numbers if n)


def parts(found: Comparison, most: int | None = None) -> Iterator[Part]:
    """Yields the whole comparison as sentences and tables. `most` limits the rows of each table."""
    yield headline(found)
    yield from notes(found)
    for title, table in groups(found):
        yield title
        yield Table(table.columns, table.rows[:most], table.right)
        if most is not None and len(table.rows) > most:
            text = _("... and {n} more. --json shows everybody.")
            yield text.format(n=count(len(table.rows) - most))


def groups(found: Comparison) -> Iterator[tuple[str, Table]]:
    """Yields title and table of each kind of difference that was found."""
    every = (only_there(found), only_here(found), differing(found), twice(found))
    return ((title, table) for title, table in every if table.rows)


def notes(found: Comparison) -> Iterator[str]:
    """Yields what was compared and what was not."""
    columns = found.columns
    if names := [_label(name) for name in columns.compared]:
        yield _("Compared: {fields}.").format(fields=", ".join(dict.fromkeys(names)))
    if columns.unknown:
        shown = ", ".join(heading[:40] for heading in columns.unknown[:12])
        yield _("Columns that are not known here, and not compared: {names}.").format(names=shown)
    if found.off:
        text = ngettext(
            "{n} row is of somebody who has Alleo neither there nor here.",
            "{n} rows are of people who have Alleo neither there nor here.",
            found.off,
        )
        yield text.format(n=count(found.off))


def only_there(found: Comparison) -> tuple[str, Table]:
    """Returns title and table of people who are in Alleo's file but would not get Alleo."""
    columns = (_("Row"), _("Name"), _("E-mail"), _("Here"))
    rows = [(str(s.row.line), s.row.name, s.row.email or s.row.id, _reason(s)) for s in found.only_there]
    return _("Only in Alleo's file:"), Table(columns, rows, right=(_("Row"),))


def _reason(stray: Stray) -> str:
    return why(stray.person) if stray.person else _("not in Personio")


def only_here(found: Comparison) -> tuple[str, Table]:
    """Returns title and table of people who would get Alleo but are not in its file."""
    columns = (_("Name"), _("E-mail"), _("Personio id"))
    return _("Only in the preview:"), Table(
        columns, [_person(p) for p in by_surname(found.only_here)], right=(_("Personio id"),)
    )


def _person(person: Person) -> tuple[str, ...]:
    return listed(person), person.email, str(person.personio_id)


def differing(found: Comparison) -> tuple[str, Table]:
    """Returns title and table of differing values, one row for each value."""
    columns = (_("Name"), _("Field"), _("In Alleo's file"), _("In the preview"))
    pairs = {pair.person.personio_id: pair for pair in found.differing}
    ordered = by_surname(pair.person for pair in found.differing)
    rows = [row for person in ordered for row in _shifts(pairs[person.personio_id])]
    return _("Other values:"), Table(columns, rows)


def _shifts(pair: Pair) -> Iterator[tuple[str, ...]]:
    for one in pair.differences:
        yield listed(pair.person), _label(one.field), shown(one, one.there), shown(one, one.here)


def shown(difference: Difference, value: str) -> str:
    """Returns a value as it may be shown."""
    if difference.field == "active":
        return _("on") if value == "true" else _("off")
    return _("set, not shown") if value == SET else value_text(difference.field, value, _("empty"))


def twice(found: Comparison) -> tuple[str, Table]:
    """Returns title and table of people who are more than once in the file."""
    columns = (_("Row"), _("Name"), _("E-mail"))
    rows = [(str(row.line), row.name, row.email or row.id) for row in found.twice]
    return _("More than once in Alleo's file:"), Table(columns, rows, right=(_("Row"),))


def _label(field: str) -> str:
    special = {"name": _("Name"), "monthly": _("Monthly budget"), "oneoff": _("One-off budget")}
    return special.get(field) or field_label(field)
