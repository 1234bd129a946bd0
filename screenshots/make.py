"""Makes every picture in this folder from the real wizard on the sandbox: `python screenshots/make.py`.

SVG files come from Textual, PNG files from them with Chromium, which draws box characters and fonts as a terminal does
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
# As a modern terminal draws it, whatever this one can do.
os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
PORT = 47110  # shown in the pictures, so always the same
Story = Callable[["Shots"], Awaitable[None]]


class Shots:
    """One session of the wizard: presses keys and takes pictures."""

    def __init__(self, app: OnboardApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        """Presses keys, and waits after each."""
        for key in keys:
            await self.pilot.press(key)
            await self.settled()

    async def settled(self) -> None:
        """Waits until no work is running and everything is drawn."""
        while True:
            await self.pilot.pause()
            running = [worker for worker in self.app.workers if not worker.is_finished]
            if not running:
                break
            await self.app.workers.wait_for_complete(running)
        await self.pilot.pause()

    def take(self, name: str) -> None:
        """Saves the screen as SVG."""
        svg = self.app.export_screenshot(title="alleo-onboard")
        # use this computer's fonts, not those of the web
        svg = re.sub(r',?\s*url\("https?://[^"]*"\) format\("\w+"\)', "", svg)
        (HERE / f"{name}.svg").write_text(svg, encoding="utf-8")
        print(name, flush=True)


async def hand_over(shots: Shots) -> None:
    shots.take("1-connect")
    await shots.press("t")
    shots.take("1-connect-validated")
    await shots.press("n", "n", "n")
    await shots.press("t")
    shots.take("4-delivery")
    await shots.press("n")
    shots.take("4-handover-before")
    await shots.press("g")
    shots.take("4-handover-sent")
    await shots.press("o")
    await shots.press("r")
    shots.take("4-handover")


async def whole_way(shots: Shots) -> None:
    await shots.press("t", "n")
    shots.take("2-check")
    await shots.press("n")
    shots.take("3-preview")
    await shots.press("enter")
    shots.take("3-preview-person")
    await shots.press("escape", "x")
    shots.take("3-preview-hidden")
    await shots.press("x", "n")
    shots.take("4-delivery-scim")
    await shots.press("n")
    shots.take("5-run")
    await shots.press("g")
    shots.take("5-run-done")
    await shots.press("h")
    shots.take("6-history")
    await shots.press("escape", "d")
    shots.take("7-daily")


async def pickup(shots: Shots) -> None:
    await shots.press("t", "n", "n", "n", "t")
    shots.take("4-delivery-pickup")
    await shots.press("n")
    shots.take("5-run-pickup")
    await shots.press("g")
    shots.take("5-run-pickup-done")


async def portal(shots: Shots) -> None:
    await shots.press("t", "n", "n", "n", "t")
    shots.take("4-delivery-portal")
    await shots.press("n", "g")
    shots.take("5-run-portal-waits")


async def forgotten(shots: Shots) -> None:
    await shots.press("t", "n")
    shots.take("2-check-forgotten")


async def messy(shots: Shots) -> None:
    await shots.press("t", "n", "n", "4")
    shots.take("3-preview-to-mend")


async def guarded(shots: Shots) -> None:
    await shots.press("t", "n", "n", "n", "n")
    shots.take("5-run-guard")
    await shots.press("o")
    shots.take("5-run-guard-who")


async def small(shots: Shots) -> None:
    await shots.press("t", "n", "n")
    shots.take("3-preview-80x24")


async def light(shots: Shots) -> None:
    from alleo_onboard.tui import themes

    shots.app.theme = themes.LIGHT.name
    await shots.press("t", "n", "n")
    shots.take("3-preview-light")


async def dutch(shots: Shots) -> None:
    await shots.press("t", "n")
    shots.take("2-check-nl")


async def play(
    scenario: str, story: Story, size: tuple[int, int] = (120, 40), delivery: str = "scim", language: str = "en"
) -> None:
    """Runs one story on its own sandbox, with one delivery."""
    from alleo_onboard.cli.commands.demo import environment
    from alleo_onboard.locale import speak
    from alleo_onboard.sandbox.server import Sandbox
    from alleo_onboard.tui.app import OnboardApp
    from alleo_onboard.usecases.handover.made_up import with_sandbox_service
    from alleo_onboard.usecases.setups.resolve import Setups

    with tempfile.TemporaryDirectory() as home, Sandbox(scenario, 34, port=PORT) as sandbox:
        environ = {**os.environ, **environment(sandbox.addresses, delivery, home), "ALLEO_ONBOARD_HOME": home}
        setups = Setups(environ, forgetful=True)
        setup = setups.find(secrets=False)
        if delivery == "handover":
            setup = with_sandbox_service(setup, sandbox.addresses.onetime_url)
        speak(language)
        app = OnboardApp(setups, setup)
        async with app.run_test(size=size) as pilot:
            shots = Shots(app, pilot)
            await shots.settled()
            await story(shots)


async def report() -> None:
    """Makes a picture of the report of a preview."""
    from alleo_onboard.cli.commands.demo import environment
    from alleo_onboard.locale import speak
    from alleo_onboard.report.write import Form, about, write_report
    from alleo_onboard.sandbox.server import Sandbox
    from alleo_onboard.usecases.preview.preview import preview
    from alleo_onboard.usecases.preview.session import Session
    from alleo_onboard.usecases.setups.resolve import Setups

    speak("en")
    with tempfile.TemporaryDirectory() as home, Sandbox("selective", 34, port=PORT) as sandbox:
        environ = {**os.environ, **environment(sandbox.addresses, "scim", home), "ALLEO_ONBOARD_HOME": home}
        async with Session(Setups(environ, forgetful=True).find(secrets=False)) as session:
            made = await preview(session)
            page = Path(home) / "report.html"
            write_report(made, about(session), Form.HTML, page)
            photograph(page, HERE / "8-report.png", 1000, 1400)
            print("8-report", flush=True)


def photograph(page: Path, picture: Path, width: int, height: int) -> None:
    """Saves a page as Chromium shows it."""
    chromium = browser()
    if chromium is None:
        return
    with tempfile.TemporaryDirectory() as profile:
        words = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
        words += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        words += [f"--user-data-dir={profile}", f"--window-size={width},{height}", f"--screenshot={picture}"]
        subprocess.run([*words, page.as_uri()], check=True, capture_output=True, timeout=120)


def browser() -> str | None:
    """Returns the path of Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def render() -> None:
    """Converts every SVG to a PNG of the same size."""
    if browser() is None:
        sys.exit("The SVG pictures are made. Install chromium to make the PNG ones from them.")
    for svg in sorted(HERE.glob("*.svg")):
        box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg.read_text(encoding="utf-8"))
        assert box, svg
        width, height = (int(float(side)) + 1 for side in box.groups())
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "page.html"
            page.write_text(
                f'<body style="margin:0"><img src="{svg.as_uri()}" width="{width}"></body>', encoding="utf-8"
            )
            photograph(page, svg.with_suffix(".png"), width, height)


async def main() -> None:
    for old in (*HERE.glob("*.svg"), *HERE.glob("*.png")):
        old.unlink()
    await play("selective", hand_over, delivery="handover")
    await play("selective", whole_way)
    await play("selective", pickup, delivery="pickup")
    await play("selective", portal, delivery="portal")
    await play("forgotten-attributes", forgotten)
    await play("messy-data", messy)
    await play("mass-leave", guarded)
    await play("selective", small, (80, 24))
    await play("selective", light)
    await play("selective", dutch, language="nl")
    await report()


if __name__ == "__main__":
    asyncio.run(main())
    render()
