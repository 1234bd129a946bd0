"""The interface of a delivery (a way into Alleo), and the description that registers one.

A `DeliveryKind` describes one way (registered in alleo/registry.py): its name, its settings, which of them are secret,
what a run means. A `Delivery` is that way opened with the settings of one set-up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.domain.secret import Secret
from alleo_onboard.domain.settings import Scalar

if TYPE_CHECKING:  # set-ups list the deliveries before any of these is needed
    from datetime import datetime

    from alleo_onboard.domain.account import Account
    from alleo_onboard.domain.change import Change
    from alleo_onboard.domain.progress import Notify


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a delivery says about itself after it was opened."""

    address: str  # where it leads, for a person to read
    carries: frozenset[str]  # fields it can store: core fields, `birthday`, `work_anniversary`, budget field names
    unknown: bool = False  # true when the server does not describe itself; then only the core fields are assumed
    fixed: frozenset[str] = frozenset()  # fields it can set for a new account but not change
    file: bool = False  # true when values go into a file that a spreadsheet may open
    upload: bool = False  # true when a person uploads that file
    updates: bool = True  # false when existing accounts cannot be changed
    notes: tuple[str, ...] = ()  # the delivery's warnings about what its test found
    said: str = ""  # the delivery's sentence about its test; "" when it only signed in
    shared_with: tuple[str, ...] = ()  # other set-ups of this computer with the same address


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one change ended."""

    change: Change
    account_id: str | None  # the account's id at Alleo, if known
    status: int = 0  # the last HTTP status; 0 when there was no answer
    error: str = ""  # a sentence; "" when the change succeeded
    known: bool = True  # false when an error leaves open whether Alleo made the change; read the account to find out


class Delivery(Protocol):
    """A delivery, opened for one set-up: reads and writes accounts. Methods raise DeliveryRefused and Unreachable."""

    @property
    def clock_ahead(self) -> float | None:
        """Returns how many seconds this machine's clock is ahead of Alleo's, or None when not known yet."""

    @property
    def concurrency(self) -> int:
        """Returns how many changes may be in progress at once."""

    async def open(self, wanted: frozenset[str]) -> DeliveryReport:
        """Signs in and returns which of the fields `wanted` can be stored. Changes nothing that lasts."""

    async def accounts(self) -> Sequence[Account]:
        """Returns all accounts, active or not. A server may leave some out."""

    async def account(self, identity: str, personio_id: int, email: str = "") -> Account | None:
        """Returns the account with this id, asked for by itself, or None.

        When it is not found and `email` is given, returns the account of this person.
        """

    async def apply(self, change: Change) -> Outcome:
        """Makes one change. An error that concerns only this change is returned in the Outcome, not raised."""

    async def aclose(self) -> None:
        """Closes the connections."""


class Runs(StrEnum):
    """What a run of a delivery does."""

    CHANGES = "changes"  # changes accounts one by one
    FILE = "file"  # publishes one file that Alleo collects
    UPLOAD = "upload"  # makes one file that a person uploads and then confirms
    NOTHING = "nothing"  # Alleo runs the sync itself; this tool only watches


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a delivery. Its type is the type of `default`.

    `label`, `choices` and `placeholder` are functions because the language may change.
    """

    name: str
    default: Scalar = ""
    # gets the choice made so far; a setting without a label is not asked for in a form
    label: Callable[[DeliveryChoice], str] | None = None
    choices: Callable[[], Mapping[str, str]] | None = None
    placeholder: Callable[[], str] | None = None
    variable: str = ""  # the environment variable that wins over the profile
    others: bool = False  # values besides `choices` are accepted too, from a profile or the command line
    # show the field only when the named setting has one of these values
    only_if: tuple[str, frozenset[str]] | None = None

    def offered(self, value: str) -> Mapping[str, str]:
        """Returns the choices for a form, value to label, with the present `value` among them; none for a free text."""
        choices = self.choices() if self.choices else {}
        return {**choices, value: value} if choices and self.others and value not in choices else choices


@dataclass(frozen=True, slots=True)
class Question:
    """The plain question that leads to a delivery: `yes` chooses it, `no` leads to the next question."""

    text: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class SecretSlot:
    """One secret of a delivery."""

    name: str  # its place in the keyring
    label: Callable[[DeliveryChoice], str]  # gets the choice: the name of the secret may depend on it
    variables: tuple[str, ...] = ()  # environment variables; the first one that is set wins
    credential: str = ""  # its name as a systemd credential
    optional: bool = False  # true when the delivery works without it
    belongs_to: str = ""  # the setting without which the secret is not used


@dataclass(frozen=True, slots=True)
class Context:
    """What a delivery gets from the program that opens it. `ca_file` is the path of a PEM file, or None."""

    profile: str
    notify: Notify
    ca_file: str | None = None


class DeliveryKind(Protocol):
    """The description of one delivery. Every method is fast and uses no network."""

    @property
    def name(self) -> str:
        """Returns the name in profiles and on the command line, such as "scim"."""

    @property
    def runs(self) -> Runs:
        """Returns what a run does."""

    @property
    def reads_accounts(self) -> bool:
        """Returns whether it can tell which accounts exist, so that a plan is a difference."""

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Returns the settings, in the order in which they are asked for."""

    @property
    def secrets(self) -> tuple[SecretSlot, ...]:
        """Returns the secrets, in the order in which they are asked for."""

    def label(self) -> str:
        """Returns the name for a person."""

    def about(self) -> str:
        """Returns what it does, in a few words."""

    def question(self) -> Question | None:
        """Returns the question that leads to it; None when it is chosen after a no to all questions."""

    def ending(self) -> str:
        """Returns what to switch off before another delivery serves the same people."""

    def help(self) -> Sequence[str]:
        """Returns what a person must know before filling in the form: who gives the values, what the test does."""

    def address(self, choice: DeliveryChoice) -> str:
        """Returns where it leads, or "" when not set. Two set-ups with the same address write to the same Alleo."""

    def asked_for_by(self, environ: Mapping[str, str]) -> bool:
        """Returns whether the environment alone configures this delivery."""

    def overlaid(self, choice: DeliveryChoice, environ: Mapping[str, str]) -> DeliveryChoice:
        """Returns `choice` with values from the environment in place of its own."""

    def overlays(self, variable: str) -> Collection[str]:
        """Returns the names of the settings that an environment variable sets."""

    def secret_variable(self, slot: SecretSlot, choice: DeliveryChoice) -> str:
        """Returns the environment variable that gives this secret to an unattended run."""

    def missing(self, choice: DeliveryChoice, secrets: Collection[str]) -> tuple[str, ...]:
        """Returns the names of what is still missing before it can be opened.

        Variable names where there are any, else setting names.

        `secrets` are the names of the slots that are filled.
        """

    def entered(self, before: DeliveryChoice, typed: Mapping[str, str], secrets: Collection[str]) -> DeliveryChoice:
        """Returns the choice with the values typed into its form.

        `secrets` names the slots that are filled, now or before. Raises Usage with a sentence that says what is wrong.
        """

    def keeps_secrets(self, before: DeliveryChoice, now: DeliveryChoice) -> bool:
        """Returns whether the secrets of `before` may be used for `now`: same address and same way to sign in."""

    def arrival(self, choice: DeliveryChoice, run: datetime) -> str:
        """Returns the sentence that says when Alleo has the changes of a run at that time."""

    def described(self, choice: DeliveryChoice) -> Mapping[str, str]:
        """Returns the settings for a support report: no secret, nothing personal."""

    def connect(self, choice: DeliveryChoice, secrets: Mapping[str, Secret], context: Context) -> Delivery:
        """Returns the delivery, not opened yet. Raises Usage when the settings cannot work."""
