"""The file deliveries in the wizard: a pickup folder, the portal with its upload, an SFTP server's keys."""

import openpyxl
import pytest
from wizard_driver import driving, environment, sandbox

from alleo_onboard.domain.errors import HostKeyUnknown
from alleo_onboard.tui.app import OnboardApp
from alleo_onboard.tui.screens.ask import Ask
from alleo_onboard.tui.screens.run_phases import Phase
from alleo_onboard.tui.widgets.choice import Choice
from alleo_onboard.tui.widgets.fields import SecretField
from alleo_onboard.usecases.setups.resolve import Setups
from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import Step


def at(step, box, home):
    environ = environment(box, home)
    kept = {n: v for n, v in environ.items() if not n.startswith("ALLEO_") or n.endswith("HOME")}
    setups = Setups(kept)
    app = OnboardApp(setups, setups.find(None))
    app.sitting.state = State(step, {}, frozenset(Step) - {step})
    return app


async def choose(person, name):
    person.app.screen.query_one("#deliveries", Choice).choose(name)
    await person.settled()


async def type_into(person, selector, text):
    person.app.set_focus(person.app.screen.query_one(selector))
    await person.paste(text)
    await person.settled()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_pickup_from_its_form_to_the_file_in_the_folder(tmp_path, size):
    place = tmp_path / "collected"
    place.mkdir()
    with sandbox(people=12) as box:
        app = at(Step.DELIVERY, box, tmp_path / "home")
        async with driving(app, size) as person:
            await choose(person, "pickup")
            await type_into(person, "#set-place", str(place))
            await person.click("#test")
            assert app.sitting.report is not None
            assert {field.placeholder for field in app.screen.query(SecretField)} == {""}  # nothing typed, nothing kept
            assert list(place.iterdir()) == []
            app.go(Step.RUN)
            await person.settled()
            await person.keys("g")
            await person.settled()
            assert app.screen.phase is Phase.ENDED
            assert "alleo_employees_current.csv is in place" in " ".join(person.said("#detail").split())
            assert [p.name for p in place.iterdir()] == ["alleo_employees_current.csv"]


async def test_the_portal_asks_whether_the_workbook_was_uploaded(tmp_path):
    place = tmp_path / "workbooks"
    place.mkdir()
    with sandbox(people=12) as box:
        app = at(Step.DELIVERY, box, tmp_path / "home")
        async with driving(app, (120, 40)) as person:
            await choose(person, "portal")
            await type_into(person, "#set-folder", str(place))
            await person.click("#test")
            assert app.sitting.report is not None
            app.go(Step.RUN)
            await person.settled()
            await person.keys("g")
            await person.settled()
            assert "waits for its upload" in person.said("#sentence")
            assert "Data Management" in person.said("#detail")
            (path,) = place.iterdir()
            assert openpyxl.load_workbook(path).worksheets[0].max_row > 1
            assert "= compares it with the preview here" in " ".join(person.said("#detail").split())
            assert "alleo-onboard" not in person.said("#detail")
            await person.keys("=")
            await person.paste(str(path))
            await person.keys("enter")
            assert "agree on" in person.said("#found")
            await person.keys("escape")
            await person.keys("r")
            assert "waits: say when it was uploaded" in " ".join(person.said("#detail").split())
            await person.keys("m")
            assert isinstance(app.screen, Ask)
            await person.keys("n")
            assert app.screen.waiting
            await person.keys("m", "y")
            await person.settled()
            assert not app.screen.waiting
            assert not app.screen.check_action("uploaded", ())
            assert not app.sitting.preview.plan.changes
            one = next(iter(app.sitting.preview.plan.links))
            box.personio.edit(one, email="other@new.example")
            await person.keys("r")
            assert "1 new address cannot be told to Alleo in a file" in " ".join(person.said("#sentence").split())
            assert not app.sitting.preview.plan.changes
            await person.keys("z")
            (change,) = app.sitting.preview.plan.changes
            assert change.new["email"] == "other@new.example"
            assert "cannot be told to Alleo in a file" not in person.words
            first = path.read_bytes()
            box.personio.edit(one, first_name="Other")
            await person.keys("r", "g")
            await person.settled()
            assert len(list(place.iterdir())) == 2
            assert path.read_bytes() == first


async def test_the_keys_of_a_new_server_stand_in_the_field_to_be_compared(tmp_path, monkeypatch):
    from alleo_onboard.alleo.pickup.delivery import PickupDelivery

    keys = ("ssh-ed25519 SHA256:one", "ssh-rsa SHA256:two")

    async def unknown(self, wanted):
        if not self._settings.host_keys:
            raise HostKeyUnknown("Nobody has confirmed yet", keys)
        return self.report()

    monkeypatch.setattr(PickupDelivery, "open", unknown)
    with sandbox(people=12) as box:
        app = at(Step.DELIVERY, box, tmp_path / "home")
        async with driving(app, (120, 40)) as person:
            await choose(person, "pickup")
            await type_into(person, "#set-place", "sftp://user@files.example/up")
            await type_into(person, "#secret-pickup-password", "correct horse")
            await person.click("#test")
            assert "Nobody has confirmed yet" in person.said("#trouble")
            assert app.screen.query_one("#set-host_keys").value == ", ".join(keys)
            assert "correct horse" not in person.text
            app.set_focus(None)
            await person.keys("t")
            assert app.sitting.report is not None, person.text
            assert app.sitting.setup.profile.delivery.text("host_keys") == ", ".join(keys)
