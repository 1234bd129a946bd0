"""The pages of the steps by name, each loaded when somebody goes there."""

from __future__ import annotations

from alleo_onboard.tui.screens.step import StepScreen


def page(name: str) -> StepScreen:
    """A new page, by the name of its step, or `handover` for the last step where Alleo runs the sync itself."""
    match name:
        case "connect":
            from alleo_onboard.tui.screens.connect import ConnectScreen

            return ConnectScreen()
        case "check":
            from alleo_onboard.tui.screens.check import CheckScreen

            return CheckScreen()
        case "preview":
            from alleo_onboard.tui.screens.preview import PreviewScreen

            return PreviewScreen()
        case "delivery":
            from alleo_onboard.tui.screens.delivery import DeliveryScreen

            return DeliveryScreen()
        case "run":
            from alleo_onboard.tui.screens.run import RunScreen

            return RunScreen()
        case "handover":
            from alleo_onboard.tui.screens.handover import HandoverScreen

            return HandoverScreen()
    raise LookupError(name)
