"""Budgets: which fields hold them, and which amounts one person gets."""

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

# Alleo help centre, article 88287: alleo_<monthly or oneoff>_<category>_budget; any category is allowed.
_NAME = re.compile(r"alleo_(monthly|oneoff)_([a-z0-9]+(?:_[a-z0-9]+)*)_budget")
_NUMERIC = ("integer", "decimal")
# The only text form that is unambiguous: "1.200" means 1200 in some countries and 1.2 in others.
PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]{1,2})?")
LARGEST = Decimal(1_000_000)  # euros; a larger amount is taken as a typing error


class Period(StrEnum):
    """How often a budget is paid."""

    MONTHLY = "monthly"
    ONEOFF = "oneoff"


class Problem(StrEnum):
    """A problem of one person that does not change the decision, but that somebody should fix."""

    BUDGET_INVALID = "budget_invalid"
    BUDGET_MONTHLY_TWICE = "budget_monthly_twice"
    BUDGET_ONEOFF_CHANGED = "budget_oneoff_changed"
    BUDGET_ONEOFF_HELD = "budget_oneoff_held"  # Alleo had the account before the ledger knew it
    BUDGET_ONLY_AT_ALLEO = "budget_only_at_alleo"  # a monthly budget that Personio no longer has and Alleo still pays
    ACCOUNT_CONFLICT = "account_conflict"
    ACCOUNT_BY_HAND = "account_by_hand"  # an account made by hand at Alleo for somebody who should not have one
    LINK_REPLACED = "link_replaced"  # the person's account now carries the id of somebody else
    ACCOUNT_OF_NOBODY = "account_of_nobody"  # the account carries an id that Personio does not know any more
    DATE_INVALID = "date_invalid"
    FORMULA_LIKE = "formula_like"  # a value that a spreadsheet would run as a formula, or that holds control characters
    EMAIL_FIXED = "email_fixed"  # the delivery cannot change an e-mail address
    NOT_KEPT = "not_kept"  # Alleo confirmed a value but stores a different one


@dataclass(frozen=True, slots=True)
class BudgetField:
    """A numeric attribute that holds a budget. `name` is its label, which is what Alleo reads."""

    name: str
    period: Period
    category: str
    key: str
    type: str | None


def recognised_name(text: str) -> bool:
    """Returns whether `text` is exactly the name of a budget field."""
    return bool(_NAME.fullmatch(text))


def period_of(name: str) -> Period:
    """Returns the period in the name of a budget field."""
    return Period.MONTHLY if name.startswith("alleo_monthly_") else Period.ONEOFF


def is_monthly(name: str) -> bool:
    """Returns whether the name is that of a monthly budget field."""
    return name.startswith("alleo_monthly_")


def is_oneoff(name: str) -> bool:
    """Returns whether the name is that of a one-off budget field."""
    return name.startswith("alleo_oneoff_")


def recognise(attributes: Iterable[Attribute]) -> tuple[tuple[BudgetField, ...], tuple[Finding, ...]]:
    """Returns the usable budget fields in Personio's order, and the findings about unusable ones."""
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
    """Returns the correct name for a label that was meant as a budget field, or None."""
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
    """Returns whether `word` is `right` or a misspelling of it."""
    return difflib.SequenceMatcher(None, word, right).ratio() >= 0.75


def amount(raw: Raw) -> Decimal | None:
    """Returns the amount in euros, or None when `raw` is not a valid amount.

    Not valid: negative (minus zero too), not a number, more than two decimals, more than LARGEST. A number is taken as
    it is. Text must be ASCII digits with at most one point or comma before the last one or two digits. Do not pass
    empty values: an empty field is no error.
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
    """The budgets of one person."""

    amounts: Mapping[str, Decimal]  # euros, by field name
    invalid: tuple[str, ...] = ()  # fields withheld because their amount is not valid
    twice: tuple[str, ...] = ()  # fields withheld because there is more than one monthly budget

    @property
    def withheld(self) -> tuple[str, ...]:
        """Returns all withheld fields."""
        return (*self.invalid, *self.twice)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Returns the problems behind the withheld fields."""
        told = ((Problem.BUDGET_INVALID, self.invalid), (Problem.BUDGET_MONTHLY_TWICE, self.twice))
        return tuple(problem for problem, names in told if names)


def grant(raws: Iterable[tuple[str, Raw]], *, send_zero: bool = False) -> Grant:
    """Applies the budget rules to one person's values as (field name, raw value) (product.md, "Budgets").

    `send_zero` keeps amounts of zero.
    """
    judged = [(name, amount(raw)) for name, raw in raws]
    amounts = {name: value for name, value in judged if value is not None}
    monthly = [n for n in amounts if period_of(n) is Period.MONTHLY]
    twice = tuple(monthly) if sum(amounts[n] > 0 for n in monthly) > 1 else ()
    kept = {n: value for n, value in amounts.items() if (value > 0 or send_zero) and n not in twice}
    return Grant(kept, tuple(name for name, value in judged if value is None), twice)


def lost(listed: Iterable[Attribute], fields: Iterable[BudgetField], paid: Mapping[str, str]) -> tuple[Finding, ...]:
    """Returns findings about budget fields that were read before and are not readable now by the same name and key.

    `paid` maps the name to the key of every field read before. The finding's details say what the attribute is called
    now (`label`) and its `type`, if it is still readable.
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
