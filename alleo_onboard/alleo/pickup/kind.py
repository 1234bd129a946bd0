"""Registers the pickup: its settings, its secrets, and how it is opened."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from alleo_onboard.alleo import variables
from alleo_onboard.alleo.pickup.place import Folder, parse
from alleo_onboard.alleo.pickup.settings import COLLECTED, FILE_NAME, KIND, PASSPHRASE, PASSWORD, PickupSettings
from alleo_onboard.alleo.whole_file import languages
from alleo_onboard.domain.cadence import pickup_after
from alleo_onboard.domain.delivery import Context, Question, Runs, SecretSlot, Setting
from alleo_onboard.domain.errors import Concerning, Usage
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.domain.publishing import pinned
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import hour, moment
from alleo_onboard.net.address import without_password

if TYPE_CHECKING:
    from datetime import datetime

    from alleo_onboard.alleo.pickup.delivery import PickupDelivery


def _line_ends() -> Mapping[str, str]:
    return {"crlf": _("Windows (CRLF)"), "lf": _("Unix (LF)")}


class PickupKind:
    """One CSV file in a folder or on an SFTP server, which Alleo collects twice a day.

    The methods are described in `domain.delivery.DeliveryKind`.
    """

    name = KIND
    runs = Runs.FILE
    reads_accounts = True  # the published rows, from the ledger
    settings = (
        Setting(
            "place",
            label=lambda _choice: _("Place"),
            placeholder=lambda: _("a folder, or sftp://user@host/directory"),
            variable="ALLEO_PICKUP_PLACE",
        ),
        Setting(
            "key_file",
            label=lambda _choice: _("Private key"),
            placeholder=lambda: _("SFTP, instead of a password: ~/.ssh/id_ed25519"),
            variable="ALLEO_PICKUP_KEY_FILE",
        ),
        Setting(
            "host_keys",
            label=lambda _choice: _("Host keys"),
            placeholder=lambda: _("SFTP: the test shows them"),
            variable="ALLEO_PICKUP_HOST_KEYS",
        ),
        Setting("file_name", FILE_NAME),
        Setting("line_end", "crlf", choices=_line_ends),
        Setting("bom", default=False),
        Setting("external_id_column"),
        Setting("company_group_column"),
        Setting("language_column"),
        Setting("language", choices=languages),
        Setting("budget_columns"),
        Setting("email_changes", default=False),
        Setting("collected", COLLECTED),
    )
    secrets = (
        SecretSlot(PASSWORD, lambda _choice: _("Password"), ("ALLEO_PICKUP_PASSWORD",), "alleo-secret", optional=True),
        SecretSlot(
            PASSPHRASE,
            lambda _choice: _("Passphrase"),
            ("ALLEO_PICKUP_PASSPHRASE",),
            "alleo-passphrase",
            optional=True,
        ),
    )

    def label(self) -> str:
        return _("File for pickup")

    def about(self) -> str:
        return _("a CSV in a folder or on an SFTP server, which Alleo collects")

    def question(self) -> Question:
        return Question(_("Do you have an SFTP server or a folder that Alleo collects from?"), _("yes"), _("no"))

    def ending(self) -> str:
        return _(
            "Take the daily run away (in the wizard: d; on the command line: schedule remove), and ask "
            "Alleo to stop collecting the file."
        )

    def help(self) -> Sequence[str]:
        return (
            _("Alleo collects alleo_employees_*.csv twice a day, at 02:45 and 20:00 UTC, from 99.80.106.85."),
            _("Two accounts on the server are best: ours writes, Alleo's reads with a password."),
            _("Testing writes an empty file that Alleo does not collect, and removes it."),
            _("Do not open and save the file in a spreadsheet: that changes numbers and dates in it."),
        )

    def address(self, choice: DeliveryChoice) -> str:
        """Returns the place in its normal form, or as written when it is invalid."""
        place = choice.text("place")
        try:
            return str(parse(place)) if place else ""
        except Usage:  # reported where it is used
            return without_password(place)

    def asked_for_by(self, environ: Mapping[str, str]) -> bool:
        return bool(environ.get("ALLEO_PICKUP_PLACE", "").strip())

    def overlaid(self, choice: DeliveryChoice, environ: Mapping[str, str]) -> DeliveryChoice:
        given = variables.given(self.settings, environ)
        return choice.having(**given) if given else choice

    def overlays(self, variable: str) -> Collection[str]:
        return variables.named(self.settings, variable)

    def secret_variable(self, slot: SecretSlot, choice: DeliveryChoice) -> str:  # noqa: ARG002 - each has one
        return slot.variables[0]

    def missing(self, choice: DeliveryChoice, secrets: Collection[str]) -> tuple[str, ...]:
        place = choice.text("place")
        if not place:
            return ("ALLEO_PICKUP_PLACE",)
        signs_in = "://" not in place or choice.text("key_file") or PASSWORD in secrets
        return () if signs_in else ("ALLEO_PICKUP_PASSWORD",)

    def entered(self, before: DeliveryChoice, typed: Mapping[str, str], secrets: Collection[str]) -> DeliveryChoice:
        place, key_file = typed.get("place", "").strip(), typed.get("key_file", "").strip()
        with Concerning("place"):
            target = parse(place)
        choice = DeliveryChoice(KIND, before.values if before.kind == KIND else ()).having(place=place)
        if isinstance(target, Folder):
            return choice.having(key_file="", host_keys="")
        if not key_file and PASSWORD not in secrets:
            raise Usage(_("SFTP needs a password or a private key.")).about(PASSWORD)
        told = typed.get("host_keys", "").strip()
        if told and not pinned(told):
            text = _("Host keys look like ssh-ed25519 SHA256:…, separated by commas. The test shows them.")
            raise Usage(text).about("host_keys")
        return choice.having(key_file=key_file, host_keys=told)

    def keeps_secrets(self, before: DeliveryChoice, now: DeliveryChoice) -> bool:
        """Returns whether the place is the same: a password goes only to its own server and user."""
        return before.kind == now.kind and before.text("place") == now.text("place")

    def arrival(self, choice: DeliveryChoice, run: datetime) -> str:
        times = PickupSettings.of(choice).times
        if not times:
            return ""
        text = _(
            "Alleo collects files about {times} UTC: after the run at {run} that is {next}. Confirm these times with "
            "Alleo."
        )
        told = _(" and ").join(hour(at) for at in times)
        return text.format(times=told, run=hour(run), next=moment(pickup_after(run, times), run.tzinfo))

    def described(self, choice: DeliveryChoice) -> Mapping[str, str]:
        settings = PickupSettings.of(choice)
        over = "SFTP" if "://" in settings.place else "folder"
        return {"over": over, "file_name": settings.file_name, "collected": settings.collected}

    def connect(self, choice: DeliveryChoice, secrets: Mapping[str, Secret], context: Context) -> PickupDelivery:
        from alleo_onboard.alleo.pickup.delivery import PickupDelivery

        return PickupDelivery(PickupSettings.of(choice), secrets, notify=context.notify)


REGISTERED = PickupKind()
