"""Saved plans: what a preview showed, kept so that exactly that can be applied later, or nothing.

The file holds no values of people's fields: applying reads both systems again and compares digests.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alleo_onboard import __version__
from alleo_onboard.domain.errors import PlanStale, Usage
from alleo_onboard.domain.plan import Plan
from alleo_onboard.locale import _
from alleo_onboard.store.paths import write_private
from alleo_onboard.usecases.preview import Preview

FORMAT = 1


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A saved plan; `changes` are (kind, Personio id, name) in the order of the plan."""

    profile: str
    digest: str
    changes: tuple[tuple[str, int, str], ...]

    def hold(self, plan: Plan) -> None:
        """Raises PlanStale, saying what differs, unless `plan` does exactly what was saved."""
        if plan.digest == self.digest:
            return
        now = {(c.kind.value, c.personio_id): c.name for c in plan.changes}
        then = {(kind, number): name for kind, number, name in self.changes}
        came = [f"+ {kind} {now[kind, number]}" for kind, number in sorted(now.keys() - then.keys())]
        went = [f"- {kind} {then[kind, number]}" for kind, number in sorted(then.keys() - now.keys())]
        told = "; ".join((came + went)[:5]) or _("the values of some fields")
        text = _(
            "Personio or Alleo has changed since the plan was saved ({changes}). Nothing was written; preview again."
        )
        raise PlanStale(text.format(changes=told))


def save(preview: Preview, profile: str, path: str) -> None:
    """Writes the plan to `path`, readable only by its owner. Raises Usage when it cannot be written."""
    plan = preview.plan
    document = {
        "format": FORMAT,
        "version": __version__,
        "profile": profile,
        "digest": plan.digest,
        "complete": plan.complete,
        "summary": dict(plan.summary),
        "changes": [
            {"change": c.kind, "personio_id": c.personio_id, "name": c.name, "fields": [f.name for f in c.fields]}
            for c in plan.changes
        ],
    }
    try:
        write_private(Path(path), (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())
    except OSError as error:
        raise Usage(_("The plan cannot be saved in {file}: {why}.").format(file=path, why=error.strerror)) from None


def load(path: str, profile: str) -> SavedPlan:
    """Reads a saved plan of this set-up. Raises Usage when it is not one."""
    try:
        document: Any = json.loads(Path(path).read_text(encoding="utf-8"))
        changes = tuple((str(c["change"]), int(c["personio_id"]), str(c["name"])) for c in document["changes"])
        saved = SavedPlan(str(document["profile"]), str(document["digest"]), changes)
        known = document["format"] == FORMAT
    except OSError as error:
        raise Usage(_("The plan {file} cannot be read: {why}.").format(file=path, why=error.strerror)) from None
    except (ValueError, KeyError, TypeError):
        raise Usage(_("{file} is not a plan saved by preview --out.").format(file=path)) from None
    if not known:
        raise Usage(_("The plan {file} was saved by another version. Preview again.").format(file=path))
    if saved.profile != profile:
        text = _("The plan {file} belongs to the set-up {theirs}, not to {ours}.")
        raise Usage(text.format(file=path, theirs=saved.profile, ours=profile))
    return saved
