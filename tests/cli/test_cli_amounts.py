"""Amounts in texts are euros, in the reader's way; JSON keeps plain numbers."""

from __future__ import annotations

import csv
import io

import pytest

from alleo_onboard.sandbox.people import MONTHLY_ALL_KEY

WRITTEN = {"en": "EUR {}", "nl": "€ {}", "de": "{} €"}
MONTHLY = "alleo_monthly_all_budget"


def euros(language, whole, cents="00"):
    return WRITTEN[language].format(f"{whole}{'.' if language == 'en' else ','}{cents}")


def spaced(done):
    return (done.out + done.err).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def raised(cli, play):
    """A company whose first person got another monthly budget after the first run. Returns that person's id."""
    sandbox = play(people=12)
    for person in sandbox.personio.people:
        sandbox.personio.edit(person.id, custom={MONTHLY_ALL_KEY: 50})
    assert cli("sync", "--yes").code == 0
    number = int(sandbox.scim.accounts[0]["externalId"])
    sandbox.personio.edit(number, custom={MONTHLY_ALL_KEY: 62.5})
    return number


@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_each_amount_says_that_it_is_euros(cli, raised, language):
    before, after = euros(language, 50), euros(language, 62, "50")
    people = spaced(cli("--language", language, "preview"))
    assert f"{after} " in people
    assert f"{before} " in people
    assert cli("sync", "--yes", "--allow-budget", "2000").code == 0
    assert f": {before} > {after}" in spaced(cli("--language", language, "history", str(raised)))


@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_a_comparison_writes_amounts_and_days_as_the_reader_does(cli, raised, tmp_path, language):
    person = next(p for p in cli("preview", "--json").json["people"] if p["personio_id"] == raised)
    assert person["budgets"] == {MONTHLY: "62.50"}
    file = tmp_path / "alleo.csv"
    file.write_text(f"email,monthly budget,start date\n{person['email']},70,1999-12-31\n", encoding="utf-8")
    told = spaced(cli("--language", language, "compare", str(file)))
    day = {"en": "1999-12-31", "nl": "31-12-1999", "de": "31.12.1999"}[language]
    for shown in (euros(language, 70), euros(language, 62, "50"), day):
        assert shown in told


def test_columns_of_numbers_stay_plain_below_a_heading_that_names_euros(cli, raised, tmp_path):
    file = tmp_path / "people.csv"
    assert cli("--language", "nl", "export", "--to", "csv", "--out", str(file)).code == 0
    table = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";")
    assert {row["Maand (€)"] for row in table} >= {"50,00", "62,50"}
