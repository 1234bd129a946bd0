"""The summary of a preview: who gets Alleo, what would change, what it costs, and warnings."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from alleo_onboard.presentation import preview as overview
from alleo_onboard.presentation.people.filter import Group
from alleo_onboard.presentation.people.view import PeopleView
from alleo_onboard.tui.text import joined, lines, plain
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.usecases.preview.preview import Preview

_MUTED = "$quiet"


class Overview(Vertical):
    """The summary, one sentence per line."""

    DEFAULT_CSS = """
    Overview {
        height: auto;
        & > Say { height: auto; }
    }
    """

    def compose(self) -> ComposeResult:
        for name in ("who", "plan", "budgets", "warnings"):
            yield Say(id=name)

    def busy(self, text: str) -> None:
        """Shows `text` while there are no numbers yet."""
        self.query_one("#who", Say).say(text)

    def tell(self, found: Preview, view: PeopleView) -> None:
        """Shows the numbers of a preview."""
        parts = [plain(overview.who(view), "bold"), plain(f"  · {overview.left_out(view)}", _MUTED)]
        if view.counts[Group.BLOCKED]:
            parts.append(plain(f"  ! {overview.to_mend(view)}", "bold $warning"))
        if withheld := overview.without_budget(view):
            parts.append(plain(f"  ! {withheld}", "bold $warning"))
        self.query_one("#who", Say).say(joined(*parts))
        self.query_one("#plan", Say).say(overview.plan(found))
        money, alone = overview.budgets(view), overview.unmanaged(found)
        told = ([plain(money)] if money else []) + ([plain(alone, _MUTED)] if alone else [])
        warnings = [plain(f"! {text}") for text in overview.warnings(found)]
        for name, texts in (("budgets", told), ("warnings", warnings)):
            say = self.query_one(f"#{name}", Say)
            say.display = bool(texts)
            say.say(lines(texts))
