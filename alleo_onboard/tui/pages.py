"""Creates the pages of the steps; each module is loaded when its page is first opened."""

from __future__ import annotations

from alleo_onboard.tui.screens.step import StepScreen


def page(name: str) -> StepScreen:
    """Returns a new page by its name: a step's value, or "handover". Raises LookupError."""
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
