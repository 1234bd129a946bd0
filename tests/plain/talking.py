"""Holds the conversation in this process, with answers from a script; what is heard is kept, what is typed unseen is not."""

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
    """What points the wizard at the sandbox; `bare` leaves everything to be typed but Personio's address."""
    given = {**box.addresses.environment(), "ALLEO_ONBOARD_HOME": str(home)}
    return {name: value for name, value in given.items() if not (bare and name in SECRETS)}


class Script:
    """A console whose person answers `answers`, each a text, or something to call that gives one.

    After the last one there is nobody any more. `heard` are the lines, with the questions and the answers that show.
    """

    def __init__(self, *answers):
        self.answers, self.heard, self.hidden = list(answers), [], False

    def write(self, text):
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


def conversation(environ, *answers, name=None, live=False, **options):
    """What was heard, and the exit code. `live` is a set-up that is taken for the real Personio."""
    setups = Setups(environ)
    setups.is_sandbox = lambda _setup: not live
    setup = replace(setups.find(name), limits=False)
    script = Script(*answers)
    code = run(setups, setup, console=script, **options)
    return script, code


def ready(environ, *answers, delivery=None, proven=("connect", "check", "preview", "delivery"), **options):
    """The same with a saved set-up whose steps were proven in an earlier sitting, so that it opens at the last one."""
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
