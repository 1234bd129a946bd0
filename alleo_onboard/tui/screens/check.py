"""Step 2: whether Alleo can work with the readable attributes, and how to fix what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, OptionList

from alleo_onboard.domain.finding import Severity
from alleo_onboard.domain.readiness import Readiness
from alleo_onboard.locale import N_, _
from alleo_onboard.presentation import check as checklist
from alleo_onboard.presentation.export.charts import by_reason
from alleo_onboard.presentation.labels import people
from alleo_onboard.presentation.pages.check import (
    drawn_help,
    is_everyone_meant,
    reading_from_personio,
    sandbox_in_a_browser,
)
from alleo_onboard.presentation.pages.recipe import Made, heading
from alleo_onboard.tui.screens.step import RAIL, TALL, WIDE, StepScreen
from alleo_onboard.tui.text import lines, plain
from alleo_onboard.tui.widgets.bars import drawn
from alleo_onboard.tui.widgets.findings import FindingList, heads
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.tui.widgets.told import Told
from alleo_onboard.wizard.steps import Step

_PICTURED = 46  # lines from which there is room below the details for a picture of the decisions
_DETAIL = 6  # lines; what the detail has below a list that needs all others
_ROOMY = 22  # with fewer lines, the detail below the list gets only two


class CheckScreen(StepScreen):
    """Step 2: lists the attributes and findings, with the details of the selected one below."""

    step = Step.CHECK
    SCROLLS = False
    CSS_PATH = "check.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "everyone", N_("Everyone is meant")),  # first, so that the footer shows it first
        Binding("r", "recheck", N_("Check again")),
        Binding("1", "recipe('alleo')", N_("Make the Alleo field"), show=False),
        Binding("2", "recipe('budgets')", N_("Make budget fields"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._amounts: Mapping[str, Decimal] = {}

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Say(id="headline")
            yield Button(plain(_("Check again")), id="recheck", action="screen.recheck", compact=True)
        with Horizontal(id="recipes"):
            for number, made in enumerate(Made, start=1):
                action, text = f"screen.recipe('{made}')", f"{number} {heading(made)}"
                yield Button(plain(text), id=f"recipe-{made}", action=action, compact=True)
        with Horizontal(id="everyone"):
            yield Say(id="question")
            yield Button(
                plain(_("Yes, everyone is meant")), id="yes", action="screen.everyone", variant="primary", compact=True
            )
        yield Say(id="heads")
        yield FindingList()
        with Told(id="detail"):
            yield Say(id="about")
        yield Say(id="picture")

    def help_text(self) -> Sequence[str]:
        return drawn_help()

    def arrive(self) -> None:
        if self.sitting.session.snapshot is None:
            self.action_recheck()
        else:
            self._show()
        self.query_one(FindingList).focus()

    def retell(self) -> None:
        super().retell()
        if self.sitting.session.snapshot is not None:
            self.sitting.checked(afresh=False)
        self._show()

    @property
    def _readiness(self) -> Readiness | None:
        snapshot = self.sitting.session.snapshot
        return snapshot.readiness if snapshot else None

    @property
    def _asking(self) -> int | None:
        """The number of people if everybody would get Alleo and nobody confirmed that yet, else None."""
        return self.sitting.everyone_asked or None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "everyone":
            return self._asking is not None
        return super().check_action(action, parameters)

    def action_recipe(self, made: str) -> None:
        from alleo_onboard.tui.screens.recipe import RecipeScreen

        self.app.push_screen(RecipeScreen(Made(made)), lambda _closed: self._show())

    def action_recheck(self) -> None:
        self.start(self._read, reading_from_personio())

    async def _read(self) -> None:
        await self.sitting.session.read()
        self.sitting.preview = None
        self.sitting.checked(afresh=True)
        self._show()

    def action_everyone(self) -> None:
        self.start(self._confirm, must_end=True)

    async def _confirm(self) -> None:
        await self.sitting.mean_everyone()
        self._show()

    def shows_work(self, text: str) -> None:
        if self._readiness is None:
            self.query_one("#headline", Say).say(text)

    def _show(self) -> None:
        readiness, snapshot = self._readiness, self.sitting.session.snapshot
        if readiness is None or snapshot is None:
            return
        self._amounts = checklist.amounts(snapshot)
        well = readiness.ready and self._asking is None
        mark, style = ("✓", "bold $success") if well else ("!", "bold $warning")
        self.query_one("#headline", Say).say(plain(f"{mark} {checklist.headline(readiness)}", style))
        if (asking := self._asking) is not None:
            self.query_one("#question", Say).say(is_everyone_meant(people(asking)))
        self.query_one("#everyone").display = self._asking is not None
        self._draw(self.size.width)
        chart = by_reason((verdict.decision, verdict.reasons) for verdict in snapshot.verdicts.values())
        self.query_one("#picture", Say).say(lines(drawn([chart], self.size.width - RAIL - 4)))
        self.refresh_bindings()

    def _draw(self, width: int) -> None:
        readiness = self._readiness
        if readiness is None:
            return
        room = width - (RAIL if width >= WIDE else 0) - 3  # minus padding and scrollbar
        entries = checklist.entries(readiness, self._amounts)
        self.query_one("#heads", Say).say(heads(room, entries))
        self.query_one(FindingList).show(entries, room)
        self._tell()
        self.call_after_refresh(self._share)

    def _share(self) -> None:
        """Gives the lines that a short list leaves to the details below it."""
        found, detail = self.query_one(FindingList), self.query_one("#detail")
        detail.styles.height = None
        if self.size.height < TALL and not self.has_class("-tight"):
            detail.styles.height = max(
                _DETAIL, found.outer_size.height + detail.outer_size.height - found.virtual_size.height
            )

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < _ROOMY, "-tight")
        self.set_class(event.size.height >= _PICTURED, "-pictured")
        self._draw(event.size.width)

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        entry = self.query_one(FindingList).selected
        if entry is None:
            return
        told = [plain(entry.title, "bold")] + [plain(line) for line in entry.told]
        told += [plain(line, "$primary") for line in entry.remedy]
        if self.sitting.sandbox and entry.severity is Severity.ERROR:
            told.append(plain(sandbox_in_a_browser(self.sitting.setup.profile.base_url), "$primary"))
        self.query_one("#about", Say).say(lines(told))
        self.query_one("#detail").scroll_home(animate=False)
