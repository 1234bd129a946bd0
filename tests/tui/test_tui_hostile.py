"""Names, labels and answers from outside are plain text on every page: no crash, markup, action or control code."""

import asyncio
import tempfile
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wizard_driver import NOW, Driver, wizard

from alleo_onboard.alleo.scim.settings import ScimSettings
from alleo_onboard.domain.attributes import Attribute
from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.delivery import DeliveryReport, Outcome
from alleo_onboard.domain.eligibility import decide
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.domain.planning import Known, build
from alleo_onboard.domain.progress import Applied
from alleo_onboard.domain.readiness import conclude, examine
from alleo_onboard.domain.secret import Secret
from alleo_onboard.tui.screens.run_phases import Phase
from alleo_onboard.tui.text import harmless, plain
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.preview.session import Snapshot, Welcome
from alleo_onboard.usecases.run.sync import RunResult
from alleo_onboard.wizard.steps import Step

PIECES = [
    "[/b]",
    "[b",
    "[@click=app.quit]x[/]",
    "[link=file:///]",
    "]",
    "\\[",
    "\x1b[2J",
    "\x07",
    "\n",
    "\t",
    "\u202e",
    "\u2066",
]
PIECES += ["李", "👩‍👩‍👧", "é", "אבג", "\u0301", "\x9b31m", "{x}", "%s", "Müller", " ", "\x00", "\ufeff"]
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=("Cs",)), max_size=8).map("".join)


def snapshot_of(name, label):
    employees = tuple(
        Employee(
            n,
            email=f"p{n}@example.org",
            first_name=name,
            last_name=label,
            status="active",
            department=name,
            alleo=label,
        )
        for n in range(3)
    )
    listed = [Attribute(key, key) for key in ("email", "first_name", "last_name", "status", "department")]
    listed += [
        Attribute("dynamic_1", "Alleo", "list", None, (name, label)),
        Attribute("dynamic_2", label),
        Attribute("dynamic_3", f"{name} IBAN"),
    ]
    source = examine(listed, ("employees:read", f"{name}:write"), None)
    verdicts = decide(employees, NOW.date(), source.alleo.selection)
    readiness = conclude(source, employees, frozenset(verdicts), complete=True)
    return Snapshot(employees, verdicts, readiness, NOW.date())


def ended(name, label, plan):
    change = Change(Kind.ONBOARD, 1, None, name, (Field("email", None, label),))
    failed = Outcome(change, None, 400, label)
    return RunResult("run", plan.digest, {"onboard": 2}, (failed,), ("birthday",), 1, 1.0, ended_by=Unreachable(name))


async def shown(app, name, label):
    """Opens every page with these texts in it."""
    snapshot = snapshot_of(name, label)
    known = Known(
        snapshot.readiness.source.readable, accounts=(), carries=frozenset({"email", "first_name", "last_name"})
    )
    plan = build(snapshot.employees, snapshot.verdicts, known, complete=True)
    report = DeliveryReport(f"https://{name}", frozenset({"email", label}))
    app.sitting.session.snapshot, app.sitting.welcome = (
        snapshot,
        Welcome(3, snapshot.readiness.source, (f"{name}:write",)),
    )
    for step in Step:
        app.sitting.state = app.sitting.state.settle(step, name)
    app.sitting.found(Preview(snapshot.readiness, plan, report))
    for step in (Step.DELIVERY, Step.CHECK, Step.RUN, Step.CONNECT):
        app.go(step)
        await app.driver.settled()
        assert app.screen.step is step
        seen = app.driver.text
        assert not {c for c in seen if c in "\x1b\x07\x00\x9b\u202e\u2066"}
        assert not any(style.meta.get("@click") for style in clicks(app))
        app.screen.trouble(f"{name} {label}")
        await app.driver.pilot.pause()
        app.screen.trouble("")
    app.go(Step.RUN)
    await app.driver.settled()
    run = app.screen
    run.heard(Applied(1, name, "onboard", label, 1, 3))
    run.query_one("#progress").draw()
    run.result = ended(name, label, plan)
    run._become(Phase.ENDED)
    await app.driver.settled()
    assert harmless(name).strip()[:5] in str(run.query_one("#detail").render())
    app.notify(name or "x", title=label)
    await app.driver.pilot.pause()
    run.phase = Phase.LOOKING


def clicks(app):
    return [
        segment.style
        for strip in app.screen._compositor.render_strips()
        for segment in strip
        if segment.style and str(segment.style.meta.get("@click", "")).startswith("app.")
    ]


@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=1))
def test_nothing_from_outside_is_more_than_text(pairs):
    async def main():
        with tempfile.TemporaryDirectory() as home:
            app = wizard({"ALLEO_ONBOARD_HOME": home, "PYTHON_KEYRING_BACKEND": ""})
            scim = ScimSettings(url="http://127.0.0.1:9/").choice
            setup = replace(
                app.sitting.setup, saved=True, client_secret=Secret("x"), delivery_secrets={"scim": Secret("y")}
            )
            app.sitting.use(replace(setup, profile=replace(setup.profile, delivery=scim)))
            async with app.run_test(size=(80, 24)) as pilot:
                app.driver = Driver(app, pilot)
                await shown(app, "Müller [/b] Anna", "[@click=app.quit]x[/]")
                for name, label in pairs:
                    await shown(app, name, label)

    asyncio.run(main())


@given(TEXTS)
def test_plain_text_keeps_what_can_be_read_and_nothing_that_steers(text):
    assert plain(text).plain.replace("\n", " ") == harmless(text)
    assert len(harmless(text)) == len(text)
    assert harmless(harmless(text)) == harmless(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in harmless(text))


def test_names_of_all_the_world_stay_as_they_are():
    for name in ("Müller", "李小龍", "Ólafur Þór", "نورة", "O’Brien [HR]", "Nguyễn"):
        assert harmless(name) == name
