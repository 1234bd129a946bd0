"""Step 2: whether Alleo can work with what the credential may read, and how to mend what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, OptionList

from alleo_onboard.domain.finding import Severity
from alleo_onboard.domain.readiness import Readiness
from alleo_onboard.locale import N_, _
from alleo_onboard.presentation import check as checklist
from alleo_onboard.presentation.labels import people
from alleo_onboard.presentation.pages.check import (
    drawn_help,
    in_the_sandbox_in_a,
    reading_from_personio,
    there_is_no_alleo_field,
)
from alleo_onboard.tui.screens.step import RAIL, WIDE, StepScreen
from alleo_onboard.tui.text import lines, plain
from alleo_onboard.tui.widgets.findings import FindingList, heads
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.wizard.steps import Step

_ROOMY = 22  # lines from which the list needs none of the room of what is told below it


class CheckScreen(StepScreen):
    step = Step.CHECK
    SCROLLS = False
    CSS_PATH = "check.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "recheck", N_("Check again")),
        Binding("y", "everyone", N_("Everyone is meant")),
        Binding("j,pagedown", "scroll_detail(1)", N_("Further down"), key_display="j"),
        Binding("k,pageup", "scroll_detail(-1)", N_("Further up"), key_display="k"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._amounts: Mapping[str, Decimal] = {}

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Say(id="headline")
            yield Button(plain(_("Check again")), id="recheck", action="screen.recheck", compact=True)
        with Horizontal(id="everyone"):
            yield Say(id="question")
            yield Button(
                plain(_("Yes, everyone is meant")), id="yes", action="screen.everyone", variant="primary", compact=True
            )
        yield Say(id="heads")
        yield FindingList()
        with VerticalScroll(id="detail", can_focus=False):
            yield Say(id="about")

    def on_mount(self) -> None:
        detail = self.query_one("#detail")
        for what in ("virtual_size", "scroll_y"):
            self.watch(detail, what, self.refresh_bindings, init=False)

    def help_text(self) -> Sequence[str]:
        return drawn_help()

    def arrive(self) -> None:
        if self.onboard.session.snapshot is None:
            self.action_recheck()
        else:
            self._show()
        self.query_one(FindingList).focus()

    def retell(self) -> None:
        super().retell()
        if self.onboard.session.snapshot is not None:
            self.onboard.settle_check(afresh=False)
        self._show()

    @property
    def _readiness(self) -> Readiness | None:
        snapshot = self.onboard.session.snapshot
        return snapshot.readiness if snapshot else None

    @property
    def _asking(self) -> int | None:
        """How many people everyone is, while it is not settled that everyone is meant."""
        return self.onboard.everyone_asked or None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "everyone":
            return self._asking is not None
        if action == "scroll_detail":
            return any(_goes_on(detail, parameters[0] == 1) for detail in self.query("#detail"))
        return super().check_action(action, parameters)

    def action_scroll_detail(self, by: int) -> None:
        """For what is longer than its room; the arrow keys stay with the list."""
        detail = self.query_one("#detail")
        detail.scroll_relative(y=by * max(1, detail.size.height - 1), animate=False)

    def action_recheck(self) -> None:
        self.start(self._read, reading_from_personio())

    async def _read(self) -> None:
        await self.onboard.session.read()
        self.onboard.preview = None
        self.onboard.settle_check(afresh=True)
        self._show()

    def action_everyone(self) -> None:
        self.start(self._confirm)

    async def _confirm(self) -> None:
        await self.onboard.mean_everyone()
        self._show()

    def shows_work(self, text: str) -> None:
        if self._readiness is None:
            self.query_one("#headline", Say).say(text)

    def _show(self) -> None:
        readiness, snapshot = self._readiness, self.onboard.session.snapshot
        if readiness is None or snapshot is None:
            return
        self._amounts = checklist.amounts(snapshot)
        well = readiness.ready and self._asking is None
        mark, style = ("✓", "bold $success") if well else ("!", "bold $warning")
        self.query_one("#headline", Say).say(plain(f"{mark} {checklist.headline(readiness)}", style))
        if (asking := self._asking) is not None:
            self.query_one("#question", Say).say(there_is_no_alleo_field(people(asking)))
        self.query_one("#everyone").display = self._asking is not None
        self._draw(self.size.width)
        self.refresh_bindings()

    def _draw(self, width: int) -> None:
        readiness = self._readiness
        if readiness is None:
            return
        room = width - (RAIL if width >= WIDE else 0) - 3  # room at the sides and for the scrollbar
        entries = checklist.entries(readiness, self._amounts)
        self.query_one("#heads", Say).say(heads(room, entries))
        self.query_one(FindingList).show(entries, room)
        self._tell()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < _ROOMY, "-tight")
        self._draw(event.size.width)

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        entry = self.query_one(FindingList).selected
        if entry is None:
            return
        told = [plain(entry.title, "bold")] + [plain(line) for line in entry.told]
        told += [plain(line, "$primary") for line in entry.remedy]
        if self.onboard.sandbox and entry.severity is Severity.ERROR:
            told.append(plain(in_the_sandbox_in_a(self.onboard.setup.profile.base_url), "$primary"))
        self.query_one("#about", Say).say(lines(told))
        self.query_one("#detail").scroll_home(animate=False)


def _goes_on(detail: Widget, down: bool) -> bool:  # noqa: FBT001 - one of two ways
    """Whether there is more to see that way."""
    return detail.scroll_y < detail.max_scroll_y if down else detail.scroll_y > 0
