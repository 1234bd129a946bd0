"""A session of the plain wizard, and what all its pages share."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from alleo_onboard.domain.errors import Trouble
from alleo_onboard.domain.profile import Language
from alleo_onboard.locale import _, choose, language
from alleo_onboard.locale.choice import NAMES, following
from alleo_onboard.plain.progress import Progress
from alleo_onboard.plain.talk import Talk
from alleo_onboard.plain.words import Word
from alleo_onboard.plain.work import Work
from alleo_onboard.presentation import notes, veil
from alleo_onboard.presentation.crash import unexpected
from alleo_onboard.presentation.pages.veil import (
    language_now,
    names_hidden,
    names_shown,
)
from alleo_onboard.presentation.steps import step_heading, step_label
from alleo_onboard.usecases.setups.resolve import Setup, Setups
from alleo_onboard.usecases.sitting.credential import asks_name
from alleo_onboard.usecases.sitting.sitting import Sitting
from alleo_onboard.wizard.exits import DONE
from alleo_onboard.wizard.steps import ORDER, Step

if TYPE_CHECKING:
    from alleo_onboard.domain.plan import Person
    from alleo_onboard.usecases.preview.preview import Preview

T = TypeVar("T")


class Conversation(Sitting):
    """A session whose text goes through `talk` and whose coroutines run in `work`."""

    def __init__(
        self,
        setups: Setups,
        setup: Setup,
        talk: Talk,
        work: Work,
        *,
        from_start: bool = False,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.talk, self.work, self.from_start = talk, work, from_start
        self.progress = Progress(talk.say, now)
        super().__init__(setups, setup, notes, notify=self.progress)
        self.veiled = False  # True while names and addresses are hidden
        self.outcome = DONE  # the exit code
        talk.words |= {"x": self._veil, "l": self._speak}

    def close(self) -> None:
        """Closes every connection."""
        self.work(self.aclose())

    # What every page does

    def attempt(self, job: Callable[[], T], busy: str = "") -> T | None:
        """Returns the result of `job`, or None after showing its error."""
        if busy:
            self.talk.say(busy)
        self.progress.begin()
        try:
            return job()
        except Word:
            raise
        except Trouble as trouble:
            self.talk.attend(str(trouble))
        except Exception as error:  # noqa: BLE001 - whatever it is, the wizard stays usable and says where it happened
            self.talk.attend(unexpected(error))
        return None

    def heading(self, step: Step, label: str = "") -> str:
        """Returns the heading of a step: its number, the set-up, and which Personio account it uses."""
        name = self.setup.profile.name
        return step_heading(step, name, self.setup.profile.base_url, label=label, sandbox=self.sandbox)

    @property
    def following(self) -> str:
        """The step that n leads to, or "": a new set-up needs its name first."""
        following = self.state.following
        return step_label(following) if following and not asks_name(self) else ""

    @property
    def before(self) -> str:
        """The step or page that b leads to, or ""."""
        if self.state.previous:
            return step_label(self.state.previous)
        return _("Start") if self.from_start else ""

    def shown(self, person: Person) -> Person:
        """Returns the person, without name and address while they are hidden."""
        return veil.person(person) if self.veiled else person

    def seen(self, found: Preview) -> Preview:
        """Returns the preview for sentences, without names and addresses while they are hidden."""
        return veil.preview(found) if self.veiled else found

    def _veil(self) -> None:
        self.veiled = not self.veiled
        self.talk.say(names_hidden() if self.veiled else names_shown())

    def _speak(self) -> None:
        """Changes to the next language, and saves it in a saved set-up."""
        code = following(language())
        choose(code)
        self.talk.say(language_now(NAMES[code]))
        self.attempt(lambda: self.work(self.speak(Language(code))))

    def menu(self, options: list[tuple[str, str, str]], *, reads: bool = False) -> str:
        """Shows the choices of a page and returns the chosen key; "" when a word was handled."""
        from alleo_onboard.plain.talk import Option

        made = [Option(*one) for one in options]
        following = None if self.state.at is ORDER[-1] else self.following
        return self.talk.choose(made, following=following, before=self.before, reads=reads)

    def doing(self, job: Callable[..., T], *given: object) -> Callable[[], T]:
        """Returns a call of `job` with these arguments, for `attempt`."""
        return partial(job, *given)
