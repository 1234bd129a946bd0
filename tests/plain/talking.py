"""Runs the plain wizard in this process with scripted answers. Keeps what is printed, but not what is typed hidden."""

import contextlib
from dataclasses import replace
from datetime import UTC, datetime

from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.plain.wizard import run
from alleo_onboard.plain.words import Ended
from alleo_onboard.sandbox.server import Sandbox
from alleo_onboard.usecases.setups.resolve import Setups

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECRETS = ("PERSONIO_CLIENT_ID", "PERSONIO_CLIENT_SECRET", "ALLEO_SCIM_URL", "ALLEO_SCIM_TOKEN")


def sandbox(scenario="selective", people=34):
    return Sandbox(scenario, people, limits=False)


def environment(box, home, *, bare=False):
    """Returns the environment for the sandbox.

    With `bare` only Personio's address is set, and all else must be typed.
    """
    given = {**box.addresses.environment(), "ALLEO_ONBOARD_HOME": str(home)}
    return {name: value for name, value in given.items() if not (bare and name in SECRETS)}


class Script:
    """A console that gives `answers`, each a text or a function that returns one.

    After the last answer it raises Ended. `heard` are the printed lines, questions, and visible answers.
    """

    def __init__(self, *answers):
        self.answers, self.heard, self.hidden = list(answers), [], False

    def write(self, text, *, copied=False):
        self.heard.append(text)

    def read(self, prompt):
        answer = self._answer(prompt)
        self.heard.append(prompt + ("" if self.hidden else answer))
        return answer

    def _answer(self, prompt):
        if not self.answers:
            self.heard.append(prompt)
            raise Ended
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer() if callable(answer) else answer

    @contextlib.contextmanager
    def unseen(self):
        before, self.hidden = self.hidden, True
        try:
            yield
        finally:
            self.hidden = before

    def read_unseen(self, prompt):
        assert self.hidden, "a secret was asked for where it would be seen"
        return self.read(prompt)

    @property
    def text(self):
        return "\n".join(self.heard)


def conversation(environ, *answers, name=None, live=False, demo=False, **options):
    """Returns the script and the exit code. `live` treats the set-up as one with the real Personio."""
    setups = Setups(environ, forgetful=demo)
    setups.is_sandbox = lambda _setup: not live
    setup = replace(setups.find(name), limits=False)
    script = Script(*answers)
    code = run(setups, setup, console=script, **options)
    return script, code


def ready(environ, *answers, delivery=None, proven=("connect", "check", "preview", "delivery"), **options):
    """Runs the same with a saved set-up whose steps were passed earlier, so that it opens at the last one."""
    setups = Setups(environ)
    setup = setups.find()
    if delivery:
        setup = replace(setup, profile=replace(setup.profile, delivery=delivery))
    elif setup.kind and setup.kind.name == "scim":
        one = DeliveryChoice("scim", setup.profile.delivery.values).having(concurrency=1)
        setup = replace(setup, profile=replace(setup.profile, delivery=one))
    setups.save(setup)
    setups.prove(setup.profile.name, frozenset(proven))
    return conversation(environ, *answers, **options)
