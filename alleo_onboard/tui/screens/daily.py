"""The daily run: proposes a schedule for this machine, tests it before installing, and removes it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from alleo_onboard.domain import errors
from alleo_onboard.locale import N_, _
from alleo_onboard.locale.terms import way_label
from alleo_onboard.presentation.daily import instead, proposal, state, written
from alleo_onboard.presentation.pages.daily import (
    already_installed,
    every_day,
    installation_done,
    it_ran_and_ended_well,
    it_ran_and_failed,
    looking_at_this_machine,
    nothing_installed_press_v,
    nothing_was_scheduled,
    page_help,
    remove_question,
    removed,
    removing,
    run_now_question,
    running_it,
    secrets_without_a_desktop,
    trying_the_secrets,
    way_chosen,
)
from alleo_onboard.tui.screens.ask import Ask
from alleo_onboard.tui.screens.side import SideScreen
from alleo_onboard.tui.text import toned
from alleo_onboard.tui.widgets.actions import Actions
from alleo_onboard.tui.widgets.choice import Choice, Option
from alleo_onboard.tui.widgets.fields import Field, Row
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.tui.widgets.told import Told
from alleo_onboard.usecases.schedule import install as schedule
from alleo_onboard.usecases.sitting.daily import AT, Daily

_TYPING = 0.3  # seconds to wait after a key before the proposal is computed
_CHOSEN_FOR_YOU = "best"
_KEYS = (
    Binding("i", "install", N_("Install")),
    Binding("g", "run", N_("Run now")),
    Binding("v", "written", N_("What is written")),
    Binding("u", "remove", N_("Remove")),
)


class DailyScreen(SideScreen):
    """Shows and changes the daily run of this machine. In the sandbox nothing is installed, only shown."""

    CSS_PATH = "daily.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*_KEYS, Binding("r", "look", N_("Look again"))]

    def __init__(self) -> None:
        super().__init__()
        self._daily: Daily | None = None
        self._showing_files = False

    @property
    def daily(self) -> Daily:
        """The daily run of the session's set-up."""
        if self._daily is None:
            self._daily = Daily(self.sitting)
        return self._daily

    def heading(self) -> str:
        return every_day()

    def compose_body(self) -> ComposeResult:
        yield Say(id="state")
        yield Row(_("Times"), Field(AT, id="at", placeholder=_("06:30 or 06:30,20:30")))
        yield Row(_("Time zone"), Field(self.sitting.setup.profile.zone, id="zone"))
        ways = _ways(self.sitting.setup.profile.secret_command)
        yield Row(_("Secrets from"), Choice(ways, _CHOSEN_FOR_YOU, id="way", across=True), id="row-way")
        yield Actions(_KEYS, first="install")
        yield Say(id="done", classes="well")
        with Told(id="told"):
            yield Say(id="proposal")

    def help_text(self) -> Sequence[str]:
        return page_help(self.sitting.setup.kind)

    def arrive(self) -> None:
        self._say_done("")
        self._show()
        self.action_look()

    def retell(self) -> None:
        self._say_done("")
        self._show()

    def lock_changed(self) -> None:
        super().lock_changed()
        self._show()

    def action_look(self) -> None:
        self.start(self._look, looking_at_this_machine())

    async def _look(self) -> None:
        if there := (await self.daily.look()).installed:
            with self.prevent(Input.Changed):
                self.query_one("#at", Field).value, self.query_one("#zone", Field).value = there.at, there.zone
        await self._think()

    async def _think(self) -> None:
        self.daily.prepared = None
        self._show()
        await self.daily.think(schedule.Wish(self._text("at"), self._text("zone"), way=self._way))
        self._show()

    def _text(self, field: str) -> str:
        return self.query_one(f"#{field}", Field).text

    @property
    def _way(self) -> schedule.Way | None:
        chosen = self.query_one("#way", Choice).chosen
        return None if chosen == _CHOSEN_FOR_YOU else schedule.Way(chosen)

    @on(Input.Changed)
    @on(Choice.Changed)
    def _changed(self) -> None:
        if self.daily.health is not None:
            self._say_done("")
            self.daily.prepared = None  # what was proposed is not what is typed now
            self._show()
            self.start(self._think_soon)

    async def _think_soon(self) -> None:
        await asyncio.sleep(_TYPING)
        await self._think()

    # Doing

    def _act(self, job: Callable[[], Awaitable[None]], busy: str) -> None:
        """Runs `job`, which changes this machine."""

        async def acted() -> None:
            await job()
            if self.daily.prepared is None:  # this job took the place of the one that was thinking
                await self._think()

        self._say_done("")
        self.start(acted, busy, must_end=True)

    def _ask(self, question: str, yes: str, no: str, job: Callable[[], Awaitable[None]], busy: str) -> None:
        def answered(said: bool | None) -> None:  # noqa: FBT001 - what the dialogue gives back
            if said:
                self._act(job, busy)

        self.app.push_screen(Ask(question, yes, no), answered)

    def action_install(self) -> None:
        self._act(self._install, trying_the_secrets())

    async def _install(self) -> None:
        done = await self.daily.install()
        way = way_label(done.prepared.job.way)
        self._say_done(installation_done(way) if done.changed else already_installed())

    def action_run(self) -> None:
        question = run_now_question(self.sitting.setup.kind)
        self._ask(question, _("Run now"), _("Leave it"), self._run_it, running_it())

    async def _run_it(self) -> None:
        last = await self.daily.run()
        self._say_done(it_ran_and_ended_well() if last.exit == 0 else "")
        if last.exit:
            self.trouble(it_ran_and_failed(message=last.message))

    def action_remove(self) -> None:
        question = remove_question()
        self._ask(question, _("Remove"), _("Keep"), self._remove, removing())

    async def _remove(self) -> None:
        self._say_done(removed() if await self.daily.remove() else nothing_was_scheduled())

    def _say_done(self, sentence: str) -> None:
        said = self.query_one("#done", Say)
        said.say(sentence)
        said.display = bool(sentence)

    def action_written(self) -> None:
        self._showing_files = not self._showing_files
        self._show()

    def failed(self, trouble: errors.Trouble) -> None:
        if isinstance(trouble, schedule.SecretsNotFound):
            self.trouble(f"{trouble} {secrets_without_a_desktop()}")
        elif field := self.field_of(trouble.field):
            self.refuse(field, str(trouble))  # the focus stays: somebody is typing
        else:
            self.trouble(str(trouble))
        self._show()

    # Drawing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "install":
                return self.daily.installable and not self.locked
            case "look":
                return not self.locked
            case "written":
                return self.daily.prepared is not None
            case "run" | "remove":
                return self.daily.installed and not self.locked
            case _:
                return super().check_action(action, parameters)

    def _show(self) -> None:
        health, prepared = self.daily.health, self.daily.prepared
        way = prepared.job.way if prepared and self._way is None else None
        self.query_one("#way", Choice).offer(_ways(self.sitting.setup.profile.secret_command, way))
        for key in _KEYS:
            self.query_one(f"#{key.action}").display = bool(self.check_action(key.action, ()))
        for row in self.query(Row):
            row.disabled = self.locked
        self.query_one("#state", Say).say(toned(state(health, self.sitting.setup.profile.tz)) if health else "")
        if self.sitting.sandbox and not self.daily.installed:
            self._say_done(nothing_installed_press_v())
        told = self.query_one("#proposal", Say)
        if prepared is None:
            told.say("")
        else:
            other = instead(self.sitting.setup.profile.name, self.daily.lacking) if self.daily.lacking else ()
            told.say(toned(written(prepared) if self._showing_files else (*other, *proposal(prepared))))
        self.refresh_bindings()


def _ways(command: str, suits: schedule.Way | None = None) -> tuple[Option, ...]:
    """Returns the options for where an unattended run reads its secrets from.

    The file is only used if chosen. `suits` is the way used on this machine when none is chosen, if known.
    """
    labels = {
        schedule.Way.KEYRING: _("keyring"),
        schedule.Way.SYSTEMD_CREDS: "systemd",
        schedule.Way.ENV_FILE: _("file"),
        schedule.Way.COMMAND: _("command"),
    }
    named = [Option(way, label) for way, label in labels.items() if command or way is not schedule.Way.COMMAND]
    best = way_chosen(labels.get(suits, "") if suits else "")
    return Option(_CHOSEN_FOR_YOU, best), *named
