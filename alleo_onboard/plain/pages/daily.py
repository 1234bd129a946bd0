"""The daily run: proposed for this machine, tested before it is installed, and removed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from alleo_onboard.locale import _
from alleo_onboard.locale.terms import way_label
from alleo_onboard.plain.conversation import Conversation
from alleo_onboard.plain.talk import Option
from alleo_onboard.plain.words import Again, Back
from alleo_onboard.presentation.daily import instead, proposal, state, written
from alleo_onboard.presentation.form import one_of_these
from alleo_onboard.presentation.pages.daily import (
    already_installed,
    chosen_for_you,
    every_day,
    installation_done,
    it_ran_and_ended_well,
    it_ran_and_failed,
    looking_at_this_machine,
    nothing_installed_in_sandbox,
    nothing_was_scheduled,
    option_label,
    page_help,
    remove_question,
    removed,
    removing,
    run_now_question,
    running_it,
    secrets_without_a_desktop,
    times_asked,
    trying_the_secrets,
)
from alleo_onboard.usecases.schedule import install as schedule
from alleo_onboard.usecases.sitting.daily import AT, Daily

_BEST = "best"


def daily(sitting: Conversation) -> None:
    """Shows the page until a person goes back."""
    with sitting.talk.beside("d"):
        _Page(sitting).hold()


class _Page:
    """Times, zone and source of the secrets; what would be installed, and what is installed."""

    def __init__(self, sitting: Conversation) -> None:
        self.sitting, self.talk = sitting, sitting.talk
        self.wish = schedule.Wish(AT, sitting.setup.profile.zone)
        self.daily = Daily(sitting)

    def hold(self) -> None:
        """Shows the page."""
        self.talk.page(f"{every_day()}.", partial(page_help, self.sitting.setup.kind))
        self._look()
        while True:
            try:
                self._asked()
            except Again:
                self._look()

    def _look(self) -> None:
        found = self.sitting.attempt(lambda: self.sitting.work(self.daily.look()), looking_at_this_machine())
        if found:
            self.talk.tell(state(found, self.sitting.setup.profile.tz))
            if there := found.installed:
                self.wish = schedule.Wish(there.at, there.zone, way=self.wish.way)
        self._think()

    def _think(self) -> None:
        self.sitting.attempt(lambda: self.sitting.work(self.daily.think(self.wish)))
        if self.daily.prepared:
            if self.daily.lacking:
                self.talk.tell(instead(self.sitting.setup.profile.name, self.daily.lacking))
            self.talk.tell(proposal(self.daily.prepared))
        if self.sitting.sandbox:
            self.talk.say(nothing_installed_in_sandbox())

    def _asked(self) -> None:
        there, prepared = self.daily.installed, self.daily.prepared
        candidates = (
            ("install", option_label("install"), "i", self.daily.installable),
            ("times", option_label("times"), "", True),
            ("written", option_label("written"), "v", prepared is not None),
            ("run", option_label("run"), "g", there),
            ("remove", option_label("remove"), "u", there),
        )
        options = [Option(key, label, letter) for key, label, letter, offered in candidates if offered]
        chosen = self.talk.choose(options, before=_("the step before"), reads=True)
        jobs: dict[str, Callable[[], object]] = {
            "install": self._install,
            "times": self._times,
            "written": lambda: self.talk.copied(*(line.text for line in written(prepared))) if prepared else None,
            "run": self._run,
            "remove": self._remove,
        }
        if chosen:
            jobs[chosen]()

    def _times(self) -> None:
        """Asks until what was typed can be installed, where anything can."""
        before, able = self.wish, self.daily.prepared is not None
        try:
            while True:
                at = self.talk.text(times_asked(), before.at)
                zone = self.talk.text(_("Time zone"), before.zone)
                self.wish = schedule.Wish(at, zone, way=self._way())
                self._think()
                if self.daily.prepared or not able:
                    return
        except Back:
            if self.wish != before:
                self.wish = before
                self._think()

    def _way(self) -> schedule.Way | None:
        """Asks where the run gets its secrets. An environment file is used only if chosen."""
        command = self.sitting.setup.profile.secret_command
        own = (schedule.Way.COMMAND,) if command else ()
        ways = (schedule.Way.KEYRING, schedule.Way.SYSTEMD_CREDS, schedule.Way.ENV_FILE, *own)
        self.talk.say(one_of_these(_("Secrets from")))
        options = [Option(_BEST, chosen_for_you()), *(Option(way, f"{way_label(way)}.") for way in ways)]
        while not (chosen := self.talk.choose(options, default=self.wish.way or _BEST, before=every_day())):
            pass
        return None if chosen == _BEST else schedule.Way(chosen)

    def _install(self) -> None:
        if done := self.sitting.attempt(self._installed, trying_the_secrets()):
            way = way_label(done.prepared.job.way)
            self.talk.say(installation_done(way) if done.changed else already_installed())
            self._state()

    def _installed(self) -> schedule.Done:
        try:
            return self.sitting.work(self.daily.install())
        except schedule.SecretsNotFound:
            self.talk.say(secrets_without_a_desktop())
            raise

    def _run(self) -> None:
        if not self.talk.yes(run_now_question(self.sitting.setup.kind)):
            return
        last = self.sitting.attempt(lambda: self.sitting.work(self.daily.run()), running_it())
        if last and last.exit:
            self.talk.attend(it_ran_and_failed(message=last.message))
        elif last:
            self.talk.say(it_ran_and_ended_well())

    def _remove(self) -> None:
        if not self.talk.yes(remove_question()):
            return
        gone = self.sitting.attempt(lambda: self.sitting.work(self.daily.remove()), removing())
        if gone is not None:
            self.talk.say(removed() if gone else nothing_was_scheduled())
            self._state()

    def _state(self) -> None:
        self.talk.tell(state(self.daily.health, self.sitting.setup.profile.tz) if self.daily.health else ())
