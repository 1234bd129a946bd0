"""L changes the language on every page, all texts at once, and keeps everything typed or found."""

import pytest
from test_tui_handover import at_handover
from textual.widgets import Input
from wizard_driver import driving, environment, sandbox, wizard

from alleo_onboard.locale import language, settle
from alleo_onboard.locale.choice import NAMES
from alleo_onboard.store.paths import home
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import Step


@pytest.fixture(scope="module")
def box():
    with sandbox() as started:
        yield started


async def test_l_goes_through_the_languages_on_the_first_page(box, tmp_path):
    async with driving(wizard(environment(box, tmp_path), from_start=True)) as driver:
        seen = []
        for _n in range(3):
            await driver.keys("L")
            seen.append(NAMES[language()])
            assert f"L {NAMES[language()]}" in driver.text.splitlines()[0]
        assert seen == ["Nederlands", "Deutsch", "English"]


async def test_what_was_typed_stays(box, tmp_path):
    async with driving(wizard(environment(box, tmp_path, bare=True))) as driver:
        await driver.paste("papi-0123")
        await driver.keys("escape", "L")
        assert language() == "nl"
        assert "Valideren" in driver.text
        assert "Validate" not in driver.text
        assert driver.app.screen.query_one("#client-id", Input).value == "papi-0123"


async def test_no_english_word_of_a_page_stays(box, tmp_path):
    """Every page in Dutch is the same whether the language was changed before or after opening it."""

    async def on_each_page(look):
        app = wizard(environment(box, tmp_path))
        app.sitting.state = State(Step.CONNECT, {}, frozenset(Step))
        pages = []
        async with driving(app) as driver:
            for keys in ("t", "n", "n", "n", "h", ("escape", "d")):
                await driver.keys(*keys)
                pages.append(await look(driver))
        return pages

    async def changed(driver):
        await driver.keys("L")
        assert language() == "nl"
        dutch = shown(driver)
        await driver.keys("L", "L")
        assert language() == "en"
        assert shown(driver) != dutch
        return dutch

    async def opened(driver):
        return shown(driver)

    def shown(driver):
        return driver.text.splitlines()[:-1]  # the keys depend on what is scrolled into view

    pages = await on_each_page(changed)
    settle("nl")
    for page, dutch in zip(await on_each_page(opened), pages, strict=True):
        assert page == dutch


async def test_a_person_stays_open_with_what_was_searched(box, tmp_path):
    app = wizard(environment(box, tmp_path))
    app.sitting.state = State(Step.PREVIEW, {}, frozenset({Step.CONNECT, Step.CHECK}))
    async with driving(app) as driver:
        await driver.keys("2", "down", "enter")
        name = driver.app.screen.table.person.name
        await driver.keys("L")
        assert driver.app.screen.table.person.name == name
        assert driver.app.screen.has_class("-person")
        assert name in driver.text


async def test_a_saved_set_up_remembers_it(box, tmp_path):
    environ = environment(box, tmp_path)
    async with driving(wizard(environ)) as driver:
        await driver.keys("t")
        driver.app.setups.save(driver.app.sitting.setup)
        driver.app.sitting.saved()
        await driver.keys("L")
    assert Profiles(home(environ)).load("default").language == "nl"


async def test_the_palette_speaks_it_too(box, tmp_path, monkeypatch):
    monkeypatch.setattr("alleo_onboard.presentation.frame._", lambda text: f"<{text}>")
    async with driving(wizard(environment(box, tmp_path))) as driver:
        await driver.keys("escape", "ctrl+p")
        assert "<Search for commands…>" in driver.text
        await driver.pilot.press(*"deutsch")
        await driver.keys("enter")
        await driver.keys("enter")
        assert language() == "de"


@pytest.mark.parametrize(("code", "letter"), [("en", "y"), ("nl", "j"), ("de", "j")])
async def test_yes_is_the_letter_of_the_readers_own_word(tmp_path, code, letter):
    settle(code)
    with sandbox("ready") as box:
        app = wizard(environment(box, tmp_path))
        app.sitting.state = State(Step.CHECK, {}, frozenset({Step.CONNECT}))
        async with driving(app) as driver:
            assert app.sitting.everyone_asked
            assert f" {letter} " in driver.text.splitlines()[-1]
            await driver.keys(letter)
            assert not app.sitting.everyone_asked


@pytest.mark.parametrize("code", ["nl", "de"])
async def test_both_recipes_are_offered_whole_where_there_is_least_room(box, tmp_path, code):
    settle(code)
    async with driving(wizard(environment(box, tmp_path)), (60, 18)) as driver:
        await driver.keys("t", "n")
        labels = [str(button.label) for button in driver.app.screen.query("#recipes Button")]
        assert len(labels) == 2
        assert all(label in driver.text for label in labels)


async def test_what_stands_on_pages_beside_the_steps_stays(box, tmp_path, monkeypatch):
    """Tests the pages for exporting, receiving and handing over."""
    monkeypatch.chdir(tmp_path)
    app = wizard(environment(box, tmp_path))
    app.sitting.state = State(Step.PREVIEW, {}, frozenset(Step) - {Step.PREVIEW})
    async with driving(app) as driver:
        await driver.keys("e", "down", "down", "enter")
        (file,) = tmp_path.glob("*.xlsx")
        await driver.keys("L")
        assert language() == "nl"
        assert file.name in driver.said("#saved").replace("\n", "")
        assert driver.app.screen.query_one("#forms").highlighted == 2
        assert "Workbook" not in driver.text
    settle("")
    async with driving(wizard(environment(box, tmp_path), from_start=True)) as driver:
        await driver.keys("down", "enter")
        await driver.paste("https://eu.onetimesecret.com/secret/abc")
        driver.app.set_focus(driver.app.screen.query_one("#passphrase"))
        await driver.paste("six words")
        driver.app.screen.query_one("#name", Input).value = ""
        await driver.keys("escape", "L")
        assert language() == "nl"
        fields = {one: driver.app.screen.query_one(f"#{one}", Input).value for one in ("link", "passphrase", "name")}
        assert fields == {"link": "https://eu.onetimesecret.com/secret/abc", "passphrase": "six words", "name": ""}
        assert "six words" not in driver.text
    settle("")
    async with driving(at_handover(box, tmp_path / "third")) as driver:
        await driver.keys("g")
        link = next(line for line in driver.text.splitlines() if "/secret/" in line)
        await driver.keys("L")
        assert language() == "nl"
        assert link in driver.text
        assert "Copy message" not in driver.text
