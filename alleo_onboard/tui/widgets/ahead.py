"""What lies ahead of a run: a picture of its numbers, and what happens after Start."""

from __future__ import annotations

from alleo_onboard.domain.delivery import DeliveryKind, Runs
from alleo_onboard.domain.plan import Plan
from alleo_onboard.presentation.export.charts import pictures
from alleo_onboard.presentation.pages.run import what_happens_then
from alleo_onboard.tui.text import lines, plain
from alleo_onboard.tui.widgets.bars import drawn
from alleo_onboard.tui.widgets.say import Say


class Ahead(Say):
    """Shown only on tall screens, which have the room for it."""

    def __init__(self) -> None:
        super().__init__(id="ahead", classes="tall-only")

    def tell(self, plan: Plan | None, width: int, kind: DeliveryKind | None) -> None:
        """Draws the plan in `width` cells; None clears it. `kind` is the delivery."""
        self.set_class(plan is None, "-empty")
        if plan is None:
            return
        title, *steps = what_happens_then(kind.runs if kind else Runs.CHANGES)
        numbered = [plain(f"  {number}. {step}") for number, step in enumerate(steps, start=1)]
        self.say(lines([*drawn(pictures(plan), width), plain(""), plain(title, "bold"), *numbered]))
