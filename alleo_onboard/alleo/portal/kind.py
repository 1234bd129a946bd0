"""Registers the portal: its settings and how it is opened."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from alleo_onboard.alleo import variables
from alleo_onboard.alleo.portal.settings import KIND, PortalSettings
from alleo_onboard.alleo.whole_file import languages
from alleo_onboard.domain.delivery import Context, Runs, SecretSlot, Setting
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _

if TYPE_CHECKING:
    from datetime import datetime

    from alleo_onboard.alleo.portal.delivery import PortalDelivery


class PortalKind:
    """A workbook that a person uploads in Alleo's Manager Portal.

    The methods are described in `domain.delivery.DeliveryKind`.
    """

    name = KIND
    runs = Runs.UPLOAD
    reads_accounts = True  # the confirmed rows, from the ledger
    settings = (
        Setting(
            "folder",
            label=lambda _choice: _("Folder"),
            placeholder=lambda: _("empty: the downloads folder"),
            variable="ALLEO_PORTAL_FOLDER",
        ),
        Setting(
            "template",
            label=lambda _choice: _("Template"),
            placeholder=lambda: _("if you have it: the .xlsx from the portal"),
            variable="ALLEO_PORTAL_TEMPLATE",
        ),
        Setting("company_group", default=False),
        Setting("language", choices=languages),
    )
    secrets: tuple[SecretSlot, ...] = ()

    def label(self) -> str:
        return _("File for the portal")

    def about(self) -> str:
        return _("an Excel file that you upload in Alleo's Manager Portal")

    def question(self) -> None:
        return None

    def ending(self) -> str:
        return _(
            "Upload no workbook any more, and take the daily reminder away "
            "(in the wizard: d; on the command line: schedule remove)."
        )

    def help(self) -> Sequence[str]:
        return (
            _("Whoever uploads needs the right Data Management in Alleo's Manager Portal."),
            _("A template downloaded there brings custom fields and the right headers along."),
            _("The portal cannot change e-mail addresses. Ask admin-support@alleo.nl for that."),
        )

    def address(self, choice: DeliveryChoice) -> str:
        """Returns the folder: set-ups with the same folder count as feeding the same Alleo."""
        return str(PortalSettings.of(choice).path)

    def asked_for_by(self, environ: Mapping[str, str]) -> bool:
        return bool(environ.get("ALLEO_PORTAL_FOLDER", "").strip())

    def overlaid(self, choice: DeliveryChoice, environ: Mapping[str, str]) -> DeliveryChoice:
        given = variables.given(self.settings, environ)
        return choice.having(**given) if given else choice

    def overlays(self, variable: str) -> Collection[str]:
        return variables.named(self.settings, variable)

    def secret_variable(self, slot: SecretSlot, choice: DeliveryChoice) -> str:  # noqa: ARG002 - there is none
        return ""

    def missing(self, choice: DeliveryChoice, secrets: Collection[str]) -> tuple[str, ...]:  # noqa: ARG002
        return ()

    def entered(self, before: DeliveryChoice, typed: Mapping[str, str], secrets: Collection[str]) -> DeliveryChoice:  # noqa: ARG002
        folder, template = typed.get("folder", "").strip(), typed.get("template", "").strip().strip('"')
        for name, path in (("folder", folder), ("template", template)):
            if path and not Path(path).expanduser().is_absolute():
                raise Usage(_("{path} has to be given as a full path.").format(path=path)).about(name)
        choice = DeliveryChoice(KIND, before.values if before.kind == KIND else ())
        return choice.having(folder=folder, template=template)

    def keeps_secrets(self, before: DeliveryChoice, now: DeliveryChoice) -> bool:  # noqa: ARG002 - there are none
        return True

    def arrival(self, choice: DeliveryChoice, run: datetime) -> str:  # noqa: ARG002 - the same for all
        return _(
            "A run makes a workbook. It reaches Alleo when somebody uploads it in the Manager Portal, and says so here."
        )

    def described(self, choice: DeliveryChoice) -> Mapping[str, str]:
        return {"template": "yes" if choice.text("template") else "no"}

    def connect(self, choice: DeliveryChoice, secrets: Mapping[str, Secret], context: Context) -> PortalDelivery:  # noqa: ARG002
        from alleo_onboard.alleo.portal.delivery import PortalDelivery

        return PortalDelivery(PortalSettings.of(choice))


REGISTERED = PortalKind()
