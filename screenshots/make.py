"""Makes every picture in this folder anew, from the real wizard on the sandbox: `python screenshots/make.py`.

SVG from Textual itself; PNG from that with Chromium, which draws box characters and fonts as a terminal does
(Debian: chromium fonts-firacode fonts-dejavu-core fonts-symbola).
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from alleo_onboard.tui.app import OnboardApp

HERE = Path(__file__).parent
PORT = 47110  # shown in the pictures, so always the same
Story = Callable[["Shots"], Awaitable[None]]


class Shots:
    """One sitting at the wizard: keys are pressed, pictures are taken."""

    def __init__(self, app: OnboardApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.settled()

    async def settled(self) -> None:
        while True:
            await self.pilot.pause()
            running = [worker for worker in self.app.workers if not worker.is_finished]
            if not running:
                break
            await self.app.workers.wait_for_complete(running)
        await self.pilot.pause()

    def take(self, name: str) -> None:
        svg = self.app.export_screenshot(title="alleo-onboard")
        svg = re.sub(r',?\s*url\("https?://[^"]*"\) format\("\w+"\)', "", svg)  # fonts of this computer, not of the web
        (HERE / f"{name}.svg").write_text(svg, encoding="utf-8")
        print(name, flush=True)


async def whole_way(shots: Shots) -> None:
    shots.take("1-connect")
    await shots.press("v")
    shots.take("1-connect-validated")
    await shots.press("n")
    shots.take("2-check")
    await shots.press("n")
    shots.take("3-preview")
    await shots.press("enter")
    shots.take("3-preview-person")
    await shots.press("escape", "n")
    shots.take("4-delivery")
    await shots.press("n")
    shots.take("5-run")
    await shots.press("s")
    shots.take("5-run-done")
    await shots.press("h")
    shots.take("6-history")
    await shots.press("escape", "d")
    shots.take("7-daily")
    await shots.press("w")
    shots.take("7-daily-written")


async def forgotten(shots: Shots) -> None:
    await shots.press("v", "n")
    shots.take("2-check-forgotten")


async def messy(shots: Shots) -> None:
    await shots.press("v", "n", "n", "4")
    shots.take("3-preview-to-mend")


async def guarded(shots: Shots) -> None:
    await shots.press("v", "n", "n", "n", "n")
    shots.take("5-run-guard")
    await shots.press("o")
    shots.take("5-run-guard-who")


async def small(shots: Shots) -> None:
    await shots.press("v", "n", "n")
    shots.take("3-preview-80x24")
    await shots.press("n", "n", "s", "d")
    shots.take("7-daily-80x24")


async def light(shots: Shots) -> None:
    from alleo_onboard.tui import themes

    shots.app.theme = themes.LIGHT.name
    await shots.press("v", "n", "n")
    shots.take("3-preview-light")


async def play(scenario: str, story: Story, size: tuple[int, int] = (120, 40)) -> None:
    """Runs one story on a sandbox of its own."""
    from alleo_onboard.sandbox.server import Sandbox
    from alleo_onboard.tui.app import OnboardApp
    from alleo_onboard.usecases.setups.resolve import Setups

    with tempfile.TemporaryDirectory() as home, Sandbox(scenario, 34, port=PORT) as sandbox:
        environ = {**os.environ, **sandbox.addresses.environment(), "ALLEO_ONBOARD_HOME": home}
        setups = Setups(environ, forgetful=True)
        app = OnboardApp(setups, setups.find(secrets=False), True)
        async with app.run_test(size=size) as pilot:
            shots = Shots(app, pilot)
            await shots.settled()
            await story(shots)


def render() -> None:
    """Every SVG as a PNG of its own size."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("The SVG pictures are made. Install chromium to make the PNG ones from them.")
    for svg in sorted(HERE.glob("*.svg")):
        box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg.read_text(encoding="utf-8"))
        assert box, svg
        width, height = (int(float(side)) + 1 for side in box.groups())
        with tempfile.TemporaryDirectory() as profile:
            page = Path(profile) / "page.html"
            page.write_text(
                f'<body style="margin:0"><img src="{svg.as_uri()}" width="{width}"></body>', encoding="utf-8"
            )
            words = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
            words += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
            words += [
                f"--user-data-dir={profile}",
                f"--window-size={width},{height}",
                f"--screenshot={svg.with_suffix('.png')}",
            ]
            subprocess.run([*words, page.as_uri()], check=True, capture_output=True, timeout=120)


async def main() -> None:
    for old in (*HERE.glob("*.svg"), *HERE.glob("*.png")):
        old.unlink()
    await play("selective", whole_way)
    await play("forgotten-attributes", forgotten)
    await play("messy-data", messy)
    await play("mass-leave", guarded)
    await play("selective", small, (80, 24))
    await play("selective", light)


if __name__ == "__main__":
    asyncio.run(main())
    render()
