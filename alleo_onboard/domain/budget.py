"""Budgets: which fields carry them, and what one person is granted."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from alleo_onboard.domain.attributes import Attribute
from alleo_onboard.domain.employee import Raw
from alleo_onboard.domain.finding import Code, Finding
from alleo_onboard.domain.text import plain, told, trimmed

# Alleo help centre, article 88287: alleo_<monthly or oneoff>_<category>_budget; the list of categories is open.
_NAME = re.compile(r"alleo_(monthly|oneoff)_([a-z0-9]+(?:_[a-z0-9]+)*)_budget")
_NUMERIC = ("integer", "decimal")
# The one form of text that means the same in every office: "1.200" is twelve hundred in some and 1.2 in others.
PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]{1,2})?")
LARGEST = Decimal(1_000_000)  # an amount above this is a slip of the keyboard, not a benefit


class Period(StrEnum):
    MONTHLY = "monthly"
    ONEOFF = "oneoff"


class Problem(StrEnum):
    """Why something about a person needs mending although the person is decided."""

    BUDGET_INVALID = "budget_invalid"
    BUDGET_MONTHLY_TWICE = "budget_monthly_twice"
    BUDGET_ONEOFF_CHANGED = "budget_oneoff_changed"
    BUDGET_ONEOFF_HELD = "budget_oneoff_held"  # the account was there before the ledger knew of it
    BUDGET_ONLY_AT_ALLEO = "budget_only_at_alleo"  # a monthly one, which goes on being paid
    ACCOUNT_CONFLICT = "account_conflict"
    ACCOUNT_BY_HAND = "account_by_hand"  # made at Alleo for somebody who should not have it
    LINK_REPLACED = "link_replaced"  # their account carries another id now
    ACCOUNT_OF_NOBODY = "account_of_nobody"  # carries an id that Personio no longer knows
    DATE_INVALID = "date_invalid"
    FORMULA_LIKE = "formula_like"  # a value that a spreadsheet would run, or with characters that no name needs
    EMAIL_FIXED = "email_fixed"  # the delivery cannot change an address
    NOT_KEPT = "not_kept"  # Alleo answered that it took a value, and holds another


@dataclass(frozen=True, slots=True)
class BudgetField:
    """A numeric attribute that carries a budget; `name` is its label, which is what Alleo reads."""

    name: str
    period: Period
    category: str
    key: str
    type: str | None


def recognised_name(text: str) -> bool:
    """Whether this is exactly the name of a budget field."""
    return bool(_NAME.fullmatch(text))


def period_of(name: str) -> Period:
    """The period a budget field's name states."""
    return Period.MONTHLY if name.startswith("alleo_monthly_") else Period.ONEOFF


def is_monthly(name: str) -> bool:
    """Whether a field of ours is a monthly budget."""
    return name.startswith("alleo_monthly_")


def is_oneoff(name: str) -> bool:
    """Whether a field of ours is a one-off budget."""
    return name.startswith("alleo_oneoff_")


def recognise(attributes: Iterable[Attribute]) -> tuple[tuple[BudgetField, ...], tuple[Finding, ...]]:
    """The usable budget fields in the order Personio lists them, and findings about the others."""
    fields: dict[str, BudgetField] = {}
    findings: list[Finding] = []
    twice: set[str] = set()
    for attribute in attributes:
        named = _NAME.fullmatch(attribute.label)
        if named is None:
            if right := suggestion(attribute.label):
                findings.append(Finding(Code.BUDGET_FIELD_NEAR, told(attribute.label, right), (("right", right),)))
        elif attribute.type not in (None, *_NUMERIC):
            details = (("type", attribute.type or ""), ("right", attribute.label))
            findings.append(Finding(Code.BUDGET_FIELD_TYPE, attribute.label, details))
        elif attribute.label in fields:
            twice.add(attribute.label)
        else:
            period = Period(named[1])
            fields[attribute.label] = BudgetField(attribute.label, period, named[2], attribute.key, attribute.type)
    findings += [Finding(Code.BUDGET_FIELD_DUPLICATE, name) for name in sorted(twice)]
    return tuple(f for f in fields.values() if f.name not in twice), tuple(findings)


def suggestion(label: str) -> str | None:
    """The right spelling for a label that was meant as a budget field, else None."""
    words = [w for w in re.split(r"[^a-z0-9]+", plain(label).casefold()) if w]
    if len(words) >= 2 and (words[0], words[1]) == ("one", "off"):
        words[:2] = ["oneoff"]
    if len(words) >= 3 and (words[1], words[2]) == ("one", "off"):
        words[1:3] = ["oneoff"]
    if len(words) < 3 or not (_like(words[-1], "budget") and (_like(words[0], "alleo") or words[0] == "yourcampus")):
        return None
    period = next((p for p in Period if _like(words[1], p)), None)
    if period is None:
        return None
    return "_".join(["alleo", period, *(words[2:-1] or ["all"]), "budget"])


def _like(word: str, right: str) -> bool:
    return difflib.SequenceMatcher(None, word, right).ratio() >= 0.75


def amount(raw: Raw) -> Decimal | None:
    """The amount in euros, or None when it is not one: negative, not plainly a number, or finer than a cent.

    A number is taken as it is; minus zero is negative. A text counts only as ASCII digits with at most one point or
    comma before the last one or two of them. An empty value is not an amount to judge: leave it out before.
    """
    if isinstance(raw, bool) or raw is None:
        return None
    if isinstance(raw, str):
        raw = trimmed(raw)
        if not PLAIN.fullmatch(raw):
            return None
        raw = raw.replace(",", ".")
    try:
        value = Decimal(raw)
        cents = value.quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    return cents if cents == value and not value.is_signed() and value <= LARGEST else None


@dataclass(frozen=True, slots=True)
class Grant:
    """What one person gets: amounts in euros by field name. `invalid` and `twice` are the fields withheld, and why."""

    amounts: Mapping[str, Decimal]
    invalid: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()

    @property
    def withheld(self) -> tuple[str, ...]:
        return (*self.invalid, *self.twice)

    @property
    def problems(self) -> tuple[Problem, ...]:
        told = ((Problem.BUDGET_INVALID, self.invalid), (Problem.BUDGET_MONTHLY_TWICE, self.twice))
        return tuple(problem for problem, names in told if names)


def grant(raws: Iterable[tuple[str, Raw]], *, send_zero: bool = False) -> Grant:
    """Applies the budget rules to one person's raw values (product.md, "Budgets")."""
    judged = [(name, amount(raw)) for name, raw in raws]
    amounts = {name: value for name, value in judged if value is not None}
    monthly = [n for n in amounts if period_of(n) is Period.MONTHLY]
    twice = tuple(monthly) if sum(amounts[n] > 0 for n in monthly) > 1 else ()
    kept = {n: value for n, value in amounts.items() if (value > 0 or send_zero) and n not in twice}
    return Grant(kept, tuple(name for name, value in judged if value is None), twice)


def lost(listed: Iterable[Attribute], fields: Iterable[BudgetField], paid: Mapping[str, str]) -> tuple[Finding, ...]:
    """Budget fields that were read before (`paid`: name to key) and are not by that name and key now.

    `label` is what the field is called now and `type` what it is now, where it can still be read.
    """
    now = {f.name: f.key for f in fields}
    by_key = {a.key: a for a in listed}
    found = []
    for name, key in sorted(paid.items()):
        if now.get(name) != key:
            held = by_key.get(key)
            details = (("label", told(held.label, name)), ("type", held.type or "")) if held else ()
            found.append(Finding(Code.BUDGET_FIELD_LOST, name, (("key", key), *details)))
    return tuple(found)
