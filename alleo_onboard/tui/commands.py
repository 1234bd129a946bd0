"""The command palette: every key of the current page, the steps the user can go to, and the app's own commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from rich.align import Align
from rich.text import Text
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.widgets.option_list import Option

from alleo_onboard.locale import _
from alleo_onboard.presentation.frame import go_to, hide_or_show_names, no_such_command, search_for_commands
from alleo_onboard.presentation.pages.daily import every_day
from alleo_onboard.presentation.steps import step_label
from alleo_onboard.tui.screens.step import StepScreen
from alleo_onboard.tui.screens.work import Working
from alleo_onboard.tui.text import plain
from alleo_onboard.wizard.steps import ORDER

_ELSEWHERE = frozenset({"app.quit", "history", "daily"})  # actions listed with their own texts below


class Palette(CommandPalette):
    """Textual's command palette with its texts translated."""

    def __init__(self) -> None:
        super().__init__(placeholder=search_for_commands(), id="--command-palette")

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Replaces Textual's method, whose text is only in English."""
        self._stop_no_matches_countdown()

        def tell() -> None:
            if search_value:
                nothing = Align.center(Text(no_such_command(), style="not bold"))
                self.query_one(CommandList).add_option(Option(nothing, disabled=True, id=self._NO_MATCHES))
                self._list_visible = True

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, tell)


class PageCommands(Provider):
    """Lists the commands of the page, then those of the app. Keys, key bar and palette all read the same bindings."""

    async def discover(self) -> Hits:
        for label, run in self._commands():
            yield DiscoveryHit(plain(label), run, text=label)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for label, run in self._commands():
            if (score := matcher.match(label)) > 0:
                yield Hit(score, plain(label), run, text=label)

    def _commands(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Yields label and action."""
        screen = self.screen
        if isinstance(screen, Working):
            yield from self._of_page(screen)
        for command in screen.app.get_system_commands(screen):
            yield command.title, command.callback

    def _of_page(self, screen: Working) -> Iterator[tuple[str, Callable[[], object]]]:
        app, step = screen.app, isinstance(screen, StepScreen)
        told = set(_ELSEWHERE if step else ("app.quit",))  # an action that has two keys is one command
        for active in screen.active_bindings.values():
            binding = active.binding
            if active.enabled and binding.show and binding.description and binding.action not in told:
                told.add(binding.action)
                yield _(binding.description), partial(app.run_action, binding.action, active.node)
        if step and not screen.locked:
            yield _("History"), screen.action_history
            yield every_day(), screen.action_daily
        yield hide_or_show_names(), partial(app.run_action, "app.hide_names")
        if isinstance(screen, StepScreen):
            yield from _to_steps(screen)


def _to_steps(screen: StepScreen) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yields the other steps that can be gone to."""
    for step in ORDER:
        if step is not screen.step and screen.sitting.state.reachable(step) and not screen.locked:
            yield go_to(step_label(step)), partial(screen.onboard.go, step)
