"""The interface of every way into Alleo (a delivery), and the description that registers one.

A `DeliveryKind` is what is registered for one way (alleo/registry.py): what it is called, what it has to be told, which
of that is secret, what a run of it means. A `Delivery` is one such way opened with the settings of one set-up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.domain.secret import Secret
from alleo_onboard.domain.settings import Scalar

if TYPE_CHECKING:  # set-ups ask what ways there are long before anybody is read
    from alleo_onboard.domain.account import Account
    from alleo_onboard.domain.change import Change
    from alleo_onboard.domain.progress import Notify


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a delivery said about itself when it was opened.

    `carries` names the fields it can hold (`email`, `first_name`, `last_name`, `department`, `birthday`,
    `work_anniversary`, budget field names); `unknown` is true where the server does not describe itself, so that
    only the core fields are assumed. `fixed` are those that it can set for a new account and not change, `file` is true
    where values go into a file, which a spreadsheet may open. `updates` is false where it says that accounts cannot be
    changed once they are made. `said` is the delivery's own sentence about its test, "" where it let us in.
    `shared_with` names other set-ups of this computer that lead to the same place.
    """

    address: str
    carries: frozenset[str]
    unknown: bool = False
    fixed: frozenset[str] = frozenset()
    file: bool = False
    updates: bool = True
    said: str = ""
    shared_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one change ended: the account's id at Alleo, the last HTTP status (0 for no answer), and an error or "".

    `known` is false where an error does not tell whether Alleo made the change: what it did is to be read there.
    """

    change: Change
    account_id: str | None
    status: int = 0
    error: str = ""
    known: bool = True


class Delivery(Protocol):
    """A way to read and write accounts. Raises DeliveryRefused, Unreachable."""

    @property
    def clock_ahead(self) -> float | None:
        """Seconds that this machine's clock is ahead of Alleo's, None where that is not known (yet)."""

    @property
    def concurrency(self) -> int:
        """How many changes may be under way at once."""

    async def open(self, wanted: frozenset[str]) -> DeliveryReport:
        """Signs in and finds out what can be carried of `wanted` (our field names). Writes nothing lasting."""

    async def accounts(self) -> Sequence[Account]:
        """Every account there is, active or not; a server may leave some out."""

    async def account(self, identity: str, personio_id: int, email: str = "") -> Account | None:
        """The account of that id, asked for by itself; else, where `email` is given, the one of this person."""

    async def apply(self, change: Change) -> Outcome:
        """Makes one change; failures of this one change come back as an Outcome with an error, not as an exception."""

    async def aclose(self) -> None:
        """Lets go of connections."""


class Runs(StrEnum):
    """What a run of a delivery does."""

    CHANGES = "changes"  # changes accounts one by one
    FILE = "file"  # publishes one file that Alleo collects
    UPLOAD = "upload"  # makes one file that a person uploads and confirms
    NOTHING = "nothing"  # Alleo runs the sync itself; here it is only watched


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a delivery. Its type is that of `default`; texts are functions, as the language may change.

    `label` gets the choice made so far. `variable` is the environment variable that wins over the profile.
    `only_if` shows the field where another setting
    has one of some values. A setting without a label is not asked for in a form.
    """

    name: str
    default: Scalar = ""
    label: Callable[[DeliveryChoice], str] | None = None
    choices: Callable[[], Mapping[str, str]] | None = None
    placeholder: Callable[[], str] | None = None
    variable: str = ""
    only_if: tuple[str, frozenset[str]] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """The plain question that chooses a way: `yes` is the answer that takes it, `no` leads to the next question."""

    text: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class SecretSlot:
    """One secret of a delivery. `name` is its place in the keyring; the first of `variables` that is set wins.

    `label` gets the choice, since what the secret is called may depend on it. `credential` is its name for systemd.
    `optional` is true where the delivery works without it, `belongs_to` names the setting without which it has no use.
    """

    name: str
    label: Callable[[DeliveryChoice], str]
    variables: tuple[str, ...] = ()
    credential: str = ""
    optional: bool = False
    belongs_to: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What a delivery may use of the sitting it works in. `ca_file` is a path to a PEM file, or None."""

    profile: str
    notify: Notify
    ca_file: str | None = None


class DeliveryKind(Protocol):
    """What is registered for one way into Alleo. Every method is quick and reaches no network."""

    @property
    def name(self) -> str:
        """Stands in profiles and on the command line: "scim"."""

    @property
    def runs(self) -> Runs:
        """What a run of it does."""

    @property
    def reads_accounts(self) -> bool:
        """Whether it can tell which accounts there are, so that a plan is a difference."""

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What it has to be told, in the order in which it is asked for."""

    @property
    def secrets(self) -> tuple[SecretSlot, ...]:
        """Which secrets it has, in the order in which they are asked for."""

    def label(self) -> str:
        """What it is called."""

    def about(self) -> str:
        """What it does, in a few words."""

    def question(self) -> Question | None:
        """What is asked to find out whether this is the way; None for one that remains when all others were denied."""

    def ending(self) -> str:
        """What to switch off before another way feeds the same people."""

    def help(self) -> Sequence[str]:
        """What a person has to know before filling it in: who gives the values, what testing does."""

    def address(self, choice: DeliveryChoice) -> str:
        """Where it leads, "" where that is not set: two set-ups with one address feed one Alleo."""

    def asked_for_by(self, environ: Mapping[str, str]) -> bool:
        """Whether the environment alone sets this delivery."""

    def overlaid(self, choice: DeliveryChoice, environ: Mapping[str, str]) -> DeliveryChoice:
        """`choice` with what the environment says in its place."""

    def overlays(self, variable: str) -> Collection[str]:
        """The names of the settings that an environment variable decides."""

    def secret_variable(self, slot: SecretSlot, choice: DeliveryChoice) -> str:
        """The variable that gives a secret to a run without anybody."""

    def missing(self, choice: DeliveryChoice, secrets: Collection[str]) -> tuple[str, ...]:
        """What it still has to be told before it can be opened, by variable where there is one, else by name."""

    def entered(self, before: DeliveryChoice, typed: Mapping[str, str], secrets: Collection[str]) -> DeliveryChoice:
        """The choice with what was typed into its form. Raises Usage that says what is wrong.

        `secrets` names the slots that are filled, by typing or from before.
        """

    def keeps_secrets(self, before: DeliveryChoice, now: DeliveryChoice) -> bool:
        """Whether the secrets that served `before` may be used for `now`: not at another address or sign-in."""

    def described(self, choice: DeliveryChoice) -> Mapping[str, str]:
        """Its settings for support: no secret, nothing personal."""

    def connect(self, choice: DeliveryChoice, secrets: Mapping[str, Secret], context: Context) -> Delivery:
        """Opens nothing yet. Raises Usage where the settings cannot work."""
