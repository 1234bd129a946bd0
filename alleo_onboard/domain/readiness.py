"""Readiness: whether Alleo can work with what a credential may read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from alleo_onboard.domain import alleo_field, attributes, budget
from alleo_onboard.domain.alleo_field import AlleoField, Selection
from alleo_onboard.domain.attributes import NAMES, REQUIRED, Attribute, Match
from alleo_onboard.domain.budget import BudgetField
from alleo_onboard.domain.employee import Employee, Status
from alleo_onboard.domain.file_safety import unsafe_fields
from alleo_onboard.domain.finding import Code, Finding, Severity, standing
from alleo_onboard.domain.text import told

# With values for less than this share of people, an attribute was probably forgotten, not left empty on purpose.
SPARSE = 0.5
_NO_FIELDS: Mapping[str, str] = MappingProxyType({})
_MAY_BE_EMPTY = frozenset({"termination_date"})
# Words in the key, universal_id or label of attributes that are sensitive and that a benefits platform must not get.
SENSITIVE = re.compile(
    r"""salary|gehalt|salaris|wage|lohn|loon|compensation|bonus|iban|\bbic\b|bank|konto|tax|steuer|belasting|\bbsn\b|social
    |sozialversicherung|passport|health|gesundheit|gezondheid|krank|ziek|sick|disab|behinder|handicap|religio|konfession
    |church|kirche|marital|familienstand|burgerlijke|nationality|staatsang|nationaliteit|gender|geschlecht|geslacht
    |private|privat|emergency|notfall|insurance|versicherung|verzekering""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """What one tenant offers, found from its attributes before any employee is read."""

    attributes: tuple[Attribute, ...]
    matches: Mapping[str, Match]
    alleo: AlleoField
    budget_fields: tuple[BudgetField, ...]
    findings: tuple[Finding, ...]

    @property
    def readable(self) -> frozenset[str]:
        """Returns the names of the readable required attributes."""
        return frozenset(self.matches)

    @property
    def budget_keys(self) -> Mapping[str, str]:
        """Returns the attribute key of each budget field, by name."""
        return {f.name: f.key for f in self.budget_fields}

    @property
    def lost_budgets(self) -> Mapping[str, str]:
        """Returns the attribute key, by name, of each budget field that the last run read and this one cannot."""
        return {f.subject: f.detail("key") for f in self.findings if f.code is Code.BUDGET_FIELD_LOST}

    @property
    def keys(self) -> Mapping[str, str]:
        """Returns the attribute key by our name: required names, "alleo" and budget field names."""
        found = {name: match.attribute.key for name, match in self.matches.items()}
        if self.alleo.attribute:
            found["alleo"] = self.alleo.attribute.key
        return {**found, **self.budget_keys}


def examine(
    listed: Iterable[Attribute], scopes: Iterable[str], pinned: str | None, paid: Mapping[str, str] = _NO_FIELDS
) -> Source:
    """Returns what a tenant offers, with the findings about attributes and rights of the credential.

    `scopes` are those of the token, such as "employees:read". `pinned` is the Alleo field's key of an earlier run, or
    None. `paid` maps name to key of the budget fields of the last finished run.
    """
    every = tuple(listed)
    matches = attributes.match(every)
    fields, about_budgets = budget.recognise(every)
    chosen = alleo_field.selection(every, pinned)
    findings = [Finding(Code.ATTRIBUTE_MISSING, r.name) for r in REQUIRED if r.name not in matches]
    findings += [
        Finding(Code.ATTRIBUTE_BY_LABEL, name, (("label", m.attribute.label), ("key", m.attribute.key)))
        for name, m in matches.items()
        if m.by_label
    ]
    findings += alleo_field.assess(every, pinned)
    findings += about_budgets
    findings += budget.lost(every, fields, paid)
    findings += _excess(every, matches, {*paid.values(), pinned or ""})
    findings += [Finding(Code.WRITE_ACCESS, scope) for scope in sorted(set(scopes)) if _writes(scope)]
    return Source(every, matches, chosen, fields, tuple(findings))


def _writes(scope: str) -> bool:
    """Returns whether a scope allows to write."""
    return scope.rpartition(":")[2] in ("write", "manage", "delete")


def _excess(listed: tuple[Attribute, ...], matches: Mapping[str, Match], known: set[str]) -> list[Finding]:
    """Returns findings about attributes that Alleo does not need, sensitive ones first.

    `known` are keys of fields that were used before, whatever they are called now.
    """
    needed = {m.attribute.key for m in matches.values()} | {a.key for a in alleo_field.find(listed)} | {"id"} | known
    rest = [
        a for a in listed if a.key not in needed and not budget.suggestion(a.label) and not alleo_field.is_near(a.label)
    ]
    found = [_excess_finding(a) for a in rest]
    return sorted(found, key=lambda f: (f.detail("sensitive") != "yes", f.subject.casefold()))


def _excess_finding(attribute: Attribute) -> Finding:
    """Returns the finding about one attribute that is not needed."""
    text = f"{attribute.key} {attribute.universal_id or ''} {attribute.label}".casefold()
    sensitive = "yes" if SENSITIVE.search(text) else "no"
    return Finding(
        Code.EXCESS_ATTRIBUTE,
        told(attribute.label) or attribute.key,
        (("key", attribute.key), ("sensitive", sensitive)),
    )


@dataclass(frozen=True, slots=True)
class Filled:
    """How well one attribute is filled: `filled` of `of` employees who would sync have a value."""

    name: str
    required: bool
    attribute: Attribute | None
    filled: int
    of: int

    @property
    def readable(self) -> bool:
        """Returns whether the attribute is readable."""
        return self.attribute is not None


@dataclass(frozen=True, slots=True)
class Readiness:
    """The result of a check."""

    source: Source
    rows: tuple[Filled, ...]  # the eight required attributes, then the Alleo field and the budget fields
    findings: tuple[Finding, ...]
    employees: int  # number of employees read
    complete: bool
    # number of people by value of the Alleo field as written, most frequent first; "" is empty and comes last
    alleo_values: Mapping[str, int]
    stated: int = 0  # number of employees that Personio states; the read is incomplete when another number was found

    @property
    def ready(self) -> bool:
        """Returns whether no error forbids a sync."""
        return not standing(self.findings)

    @property
    def everyone(self) -> int:
        """How many people would get Alleo because nothing selects them; 0 when the Alleo field selects."""
        return self.rows[0].of if self.source.alleo.selection is Selection.EVERYONE and self.rows else 0


def conclude(
    source: Source,
    employees: Sequence[Employee],
    syncing: frozenset[int],
    *,
    complete: bool,
    stated: int | None = None,
    in_file: bool = False,
) -> Readiness:
    """Returns the result of a check: adds how well attributes are filled, and findings about values.

    `syncing` are the Personio ids of people who would sync. `stated` is the number of employees that Personio states.
    `in_file` is true when the delivery writes values into a file.
    """
    those = [e for e in employees if e.id in syncing]
    rows = [_row(name, source, those) for name in (*NAMES, *(n for n in source.keys if n not in NAMES))]
    sparse = [
        Finding(Code.ATTRIBUTE_SPARSE, row.name, (("filled", str(row.filled)), ("of", str(row.of))))
        for row in rows
        if row.required and row.readable and row.name not in _MAY_BE_EMPTY and row.of and row.filled < row.of * SPARSE
    ]
    values: dict[str, int] = {}
    for employee in employees if source.alleo.attribute else ():
        values[employee.alleo] = values.get(employee.alleo, 0) + 1
    every = (*source.findings, *_nobody(employees), *sparse, *_odd_dates(employees), *_withheld(those))
    every = (*every, *_unsafe(those)) if in_file else every
    findings = tuple(sorted(every, key=lambda f: _RANK[f.severity]))
    most_first = dict(sorted(values.items(), key=lambda told: (not told[0], -told[1], told[0])))
    count = len(employees)
    return Readiness(source, tuple(rows), findings, count, complete, most_first, count if stated is None else stated)


def _nobody(employees: Sequence[Employee]) -> tuple[Finding, ...]:
    """Returns the finding that no employee is visible: the credential may read employees but is limited to none."""
    return () if employees else (Finding(Code.EMPLOYEES_NOT_READABLE, "employees", (("nobody", "yes"),)),)


def _odd_dates(employees: Iterable[Employee]) -> Iterator[Finding]:
    """Yields findings about unusable dates of people who are not inactive."""
    found = Counter(name for e in employees if e.status != Status.INACTIVE for name in e.odd_dates)
    for name in (n for n in NAMES if found[n]):
        yield Finding(Code.DATE_INVALID, name, (("people", str(found[name])),))


def _withheld(syncing: Iterable[Employee]) -> Iterator[Finding]:
    """Yields findings about budgets that are not sent: one for each field, with the number of people."""
    invalid: Counter[str] = Counter()
    twice: Counter[str] = Counter()
    for employee in syncing:
        granted = budget.grant(employee.budgets)
        invalid.update(granted.invalid)
        twice.update(granted.twice)
    for code, counted in ((Code.BUDGET_INVALID, invalid), (Code.BUDGET_MONTHLY_TWICE, twice)):
        for name, people in sorted(counted.items()):
            yield Finding(code, name, (("people", str(people)),))


def _unsafe(syncing: Iterable[Employee]) -> Iterator[Finding]:
    """Yields findings about values that must not be in a file: one for each field, with the number of people."""
    found = Counter(name for employee in syncing for name in unsafe_fields(employee))
    for name, people in found.items():
        yield Finding(Code.FORMULA_LIKE, name, (("people", str(people)),))


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def _row(name: str, source: Source, people: Iterable[Employee]) -> Filled:
    """Returns how well one attribute is filled among `people`."""
    those = list(people)
    required = name in NAMES
    match = source.matches.get(name)
    attribute = match.attribute if match else None
    if name == "alleo":
        attribute = source.alleo.attribute
    elif not required:
        attribute = next(a for a in source.attributes if a.key == source.keys[name])
    filled = sum(_has(e, name) for e in those) if attribute else 0
    return Filled(name, required, attribute, filled, len(those))


def _has(employee: Employee, name: str) -> bool:
    """Returns whether an employee has a value in this field."""
    if name in NAMES or name == "alleo":
        return bool(getattr(employee, name))
    return any(field == name for field, _ in employee.budgets)
