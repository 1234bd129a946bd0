"""Comparing Alleo's file with the preview in the wizard, with keys only and with pasted paths."""

from __future__ import annotations

import pytest
from test_tui_handover import at_handover
from wizard_driver import driving, environment, sandbox, wizard

from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.handover import State
from alleo_onboard.tui.screens.compare import CompareScreen
from alleo_onboard.wizard.state import State as Steps
from alleo_onboard.wizard.steps import Step


def at_preview(box, home):
    app = wizard(environment(box, home))
    app.sitting.state = Steps(Step.PREVIEW, {}, frozenset({Step.CONNECT, Step.CHECK}))
    return app


def syncing(app):
    return [one for one in app.sitting.preview.plan.people if one.decision is Decision.SYNC]


def saved(path, people, *more):
    lines = [
        "Email;First name;Last name",
        *(f"{p.email};{p.employee.first_name};{p.employee.last_name}" for p in people),
    ]
    path.write_text("\n".join([*lines, *more]), encoding="utf-8")


async def compared(person, text):
    await person.keys("=")
    assert isinstance(person.app.screen, CompareScreen)
    await person.paste(text)
    await person.keys("enter")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_file_from_alleo_is_compared_on_the_preview_page(tmp_path, size):
    with sandbox() as box:
        app = at_preview(box, tmp_path)
        async with driving(app, size) as person:
            people = syncing(app)
            first, second = people[0], people[1]
            saved(
                tmp_path / "test run.csv",
                people[2:],
                f"{second.email};Somebody;Else",
                "ghost@acme.example;Ghost;Nobody",
            )
            await compared(person, f"'{tmp_path / 'test run.csv'}' ")
            said = person.said("#found")
            assert "do not agree: 25 the same, 1 only at Alleo, 1 only here, 1 with other values" in " ".join(
                said.split()
            )
            assert "Ghost Nobody" in said
            assert first.email in said.replace("\n", "")
            assert "Somebody" in said
            await person.keys("x")
            hidden = person.said("#found")
            for name in ("Ghost", "ghost@", "Somebody", first.employee.last_name, second.employee.first_name):
                assert name not in hidden
            assert f"Person {first.personio_id}" in hidden
            await person.keys("L")
            assert "do not agree" not in person.said("#found")
            await person.keys("escape")
            assert app.screen.step is Step.PREVIEW


async def test_a_bad_file_is_a_sentence_and_the_page_goes_on(tmp_path):
    with sandbox() as box:
        app = at_preview(box, tmp_path)
        async with driving(app) as person:
            await compared(person, str(tmp_path / "nowhere.csv"))
            assert "There is no file" in person.said("#refusal")
            field = app.screen.query_one("#file")
            (tmp_path / "photo.xlsx").write_bytes(b"PK\3\4 no workbook")
            field.value = str(tmp_path / "photo.xlsx")
            await person.keys("enter")
            assert "is no CSV and no XLSX file" in " ".join(person.said("#refusal").split())
            field.value = " "
            await person.keys("enter")
            assert "Name the file" in person.said("#refusal")
            saved(tmp_path / "same.csv", syncing(app))
            field.value = str(tmp_path / "same.csv")
            await person.keys("enter")
            assert "agree on 27 people" in person.said("#found")
            assert not app.screen.query("#refusal")
            await person.keys("slash")
            assert app.focused is field


async def test_the_test_run_is_compared_on_the_hand_over_page_and_stands_in_its_checklist(tmp_path):
    with sandbox() as box:
        app = at_handover(box, tmp_path)
        async with driving(app, (120, 40)) as person:
            await person.keys("g", "o")
            assert app.screen.followed.state is State.OPENED
            assert "▸ test run by Alleo, compared with the preview" in person.words
            saved(tmp_path / "dry run.csv", syncing(app)[1:])
            await compared(person, str(tmp_path / "dry run.csv").replace(" ", "\\ "))
            assert "1 only here" in " ".join(person.said("#found").split())
            await person.keys("escape")
            assert "it does not agree with the preview" in person.words
            saved(tmp_path / "dry run.csv", syncing(app))
            await compared(person, str(tmp_path / "dry run.csv"))
            await person.keys("escape")
            assert ": it agrees with the preview" in person.words
