"""Runs that write one CSV for pickup: its content, the ledger, and the next run."""

from __future__ import annotations

import csv
import io
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from files_office import NAME, FilesOffice, rows

from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.errors import GuardTripped, Usage
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.sandbox.server import Sandbox
from alleo_onboard.store.ledger import State
from alleo_onboard.usecases.run.apply import Stop
from alleo_onboard.usecases.run.sync import Consent
from alleo_onboard.usecases.run.undo import plan_undo, undo


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "collected"
    folder.mkdir()
    return folder


@pytest.fixture
def office(tmp_path: Path, place: Path):
    with ExitStack() as stack:

        def opened(scenario: str = "selective", people: int = 12, **settings) -> FilesOffice:
            sandbox = stack.enter_context(Sandbox(scenario, people, limits=False))
            choice = DeliveryChoice("pickup").having(place=str(place), **settings)
            return FilesOffice(sandbox, tmp_path / "home", choice)

        yield opened


def held(place: Path) -> dict[str, dict[str, str]]:
    return rows((place / NAME).read_bytes())


async def test_a_first_run_publishes_everybody_who_should_have_alleo(office, place):
    company = office()
    result = await company.sync()
    plan = (await company.preview()).plan
    table = held(place)
    wanted = {p.email: p for p in plan.people if p.decision == "sync"}
    assert set(table) == set(wanted)
    assert result.applied == {"onboard": len(wanted)}
    assert result.published is not None
    assert result.published.verified
    assert not plan.changes
    for email, person in wanted.items():
        employee = person.employee
        assert table[email] == {
            "Email": employee.email,
            "First name": employee.first_name,
            "Last name": employee.last_name,
            "Onboarding date": employee.hire_date.isoformat() if employee.hire_date else "",
            "Offboarding date": employee.termination_date.isoformat() if employee.termination_date else "",
            "Birthday": employee.birthday.isoformat() if employee.birthday else "",
            "Work anniversary": employee.hire_date.isoformat() if employee.hire_date else "",
        }


async def test_a_plan_is_the_difference_to_the_last_file(office, place):
    company = office()
    await company.sync()
    someone = next(iter((await company.preview()).plan.links))
    company.set(someone, first_name="Renée")
    changed = (await company.preview()).plan.changes
    assert [(c.kind, c.personio_id, c.new) for c in changed] == [(Kind.UPDATE, someone, {"first_name": "Renée"})]
    await company.sync()
    assert held(place)[company.person(someone).email]["First name"] == "Renée"


async def test_a_changed_birthday_is_seen_and_never_kept_in_the_clear(office, place):
    company = office()
    await company.sync()
    someone = next(iter((await company.preview()).plan.links))
    company.set(someone, birthday=date(1987, 6, 5))
    changed = (await company.preview()).plan.changes
    assert [(c.personio_id, [f.name for f in c.fields]) for c in changed] == [(someone, ["birthday"])]
    await company.sync()
    assert held(place)[company.person(someone).email]["Birthday"] == "1987-06-05"
    assert not (await company.preview()).plan.changes
    for path in (company.setup.home.data / "ledgers").iterdir():
        assert b"1987-06-05" not in path.read_bytes()


async def test_a_leaver_stays_in_the_file_for_35_days_with_the_day_they_lost_alleo(office, place):
    company = office()
    await company.sync()
    someone = next(iter((await company.preview()).plan.links))
    email = company.person(someone).email
    company.remove(someone)
    await company.sync()
    assert held(place)[email]["Offboarding date"] == "2026-11-27"
    company.moment += timedelta(days=35)
    await company.sync()
    assert held(place)[email]["Offboarding date"] == "2026-11-27"
    company.moment += timedelta(days=1)
    await company.sync()
    assert email not in held(place)


async def test_a_known_last_day_stands_in_the_file_long_before(office, place):
    company = office()
    await company.sync()
    someone = next(iter((await company.preview()).plan.links))
    company.set(someone, termination_date=date(2027, 1, 31))
    await company.sync()
    email = company.person(someone).email
    assert held(place)[email]["Offboarding date"] == "2027-01-31"
    company.moment += timedelta(days=70)
    result = await company.sync()
    assert result.applied["offboard"] >= 1
    assert held(place)[email]["Offboarding date"] == "2027-01-31"


async def test_who_returns_is_back_without_an_offboarding_date(office, place):
    company = office("selective")
    await company.sync()
    someone = next(iter((await company.preview()).plan.links))
    company.set(someone, status="inactive")
    await company.sync()
    company.set(someone, status="active")
    result = await company.sync()
    assert result.applied == {"reactivate": 1}
    assert held(place)[company.person(someone).email]["Offboarding date"] == ""


def again(company: FilesOffice, someone: int, number: int, **changed) -> None:
    """Adds the same person to Personio as a new employee; the earlier record stays."""
    back = replace(company.person(someone), id=number, status="active", **changed)
    company.set(someone, status="inactive")
    company.personio.set_people((*company.personio.people, back))


@pytest.mark.parametrize("record", ["stays", "goes"])
async def test_who_returns_under_a_new_personio_id_has_one_row_and_is_back_at_once(office, place, record):
    company = office()
    await company.sync()
    someone = next(iter((await company.preview()).plan.links))
    email = company.person(someone).email
    company.set(someone, status="inactive")
    await company.sync()
    assert held(place)[email]["Offboarding date"] == "2026-11-27"
    again(company, someone, 99_000_001, hire_date=date(2026, 11, 20))
    if record == "goes":
        company.remove(someone)
    result = await company.sync()
    assert result.applied == {"reactivate": 1}
    content = (place / NAME).read_text(encoding="utf-8")
    assert content.count(f'"{email}"') == 1
    assert held(place)[email]["Offboarding date"] == ""
    plan = (await company.preview()).plan
    assert not plan.changes
    assert plan.links[99_000_001] == "99000001"
    session = company.session()
    async with session as open_one:
        planned = await plan_undo(open_one, result.run)
        await undo(open_one, planned, Consent())
    assert held(place)[email]["Offboarding date"]
    assert (await company.sync()).applied == {"reactivate": 1}


@pytest.mark.parametrize("fault", ["another name", "still employed", "still in the file"])
async def test_the_address_of_a_leaver_is_not_given_to_somebody_else(office, place, fault):
    company = office()
    await company.sync()
    someone = next(iter((await company.preview()).plan.links))
    email = company.person(someone).email
    if fault == "still employed":
        company.set(someone, email="other@polderwerk.example")
    if fault == "another name":
        company.set(someone, status="inactive")
        await company.sync()
    back = replace(company.person(someone), id=99_000_001, status="active", email=email)
    if fault == "another name":
        back = replace(back, first_name="Somebody", last_name="Else")
    elif fault == "still in the file":
        company.remove(someone)
    company.personio.set_people((*company.personio.people, back))
    plan = (await company.preview()).plan
    new = next(p for p in plan.people if p.personio_id == 99_000_001)
    assert new.reasons == ("account_conflict",)
    assert new.change is None


async def test_a_data_error_leaves_the_row_as_it_was(office, place):
    company = office()
    await company.sync()
    someone = next(iter((await company.preview()).plan.links))
    before = held(place)[company.person(someone).email]
    company.set(someone, last_name="")
    company.set(next(n for n in (await company.preview()).plan.links if n != someone), first_name="Else")
    await company.sync()
    assert held(place)[company.person(someone).email] == before


@pytest.mark.parametrize("value", ["=cmd|' /C calc'!A0", "+31", " -Dash", "＝1+1"])
async def test_a_value_that_a_spreadsheet_would_run_blocks_the_person(office, place, value):
    company = office()
    someone = next(p.personio_id for p in (await company.preview()).plan.people if p.decision == "sync")
    company.set(someone, last_name=value)
    seen = next(p for p in (await company.preview()).plan.people if p.personio_id == someone)
    assert (seen.decision, seen.problems, seen.change) == ("blocked", ("formula_like",), None)
    await company.sync()
    assert company.person(someone).email not in held(place)


async def test_names_that_only_look_odd_are_written_as_they_are(office, place):
    company = office()
    numbers = [p.personio_id for p in (await company.preview()).plan.people if p.decision == "sync"]
    names = ["'t Hart", "van 's-Gravenhage", 'O"Brien, Jr.', "Łukasiewicz"]
    for number, name in zip(numbers, names, strict=False):
        company.set(number, last_name=name)
    await company.sync()
    for number, name in zip(numbers, names, strict=False):
        assert held(place)[company.person(number).email]["Last name"] == name


async def test_a_new_address_is_told_and_not_sent_where_alleo_would_make_a_second_account(office, place):
    company = office()
    await company.sync()
    someone = next(iter((await company.preview()).plan.links))
    old = company.person(someone).email
    company.set(someone, email="new.name@other.example")
    person = next(p for p in (await company.preview()).plan.people if p.personio_id == someone)
    assert (person.change, person.problems) == (None, ("email_fixed",))
    await company.sync()
    assert old in held(place)


async def test_with_the_external_id_in_a_column_a_new_address_is_sent(office, place):
    company = office(external_id_column="Employee id")
    await company.sync()
    someone = next(iter((await company.preview()).plan.links))
    company.set(someone, email="new.name@other.example")
    await company.sync()
    assert held(place)["new.name@other.example"]["Employee id"] == str(someone)


async def test_columns_that_are_switched_on_go_by_their_names(office, place):
    company = office(
        "selective",
        company_group_column="Team",
        language_column="Language",
        language="NL",
        budget_columns="alleo_monthly_all_budget=Monthly",
    )
    await company.sync()
    plan = (await company.preview()).plan
    table = held(place)
    assert {row["Language"] for row in table.values()} == {"NL"}
    for person in plan.people:
        if person.decision == "sync":
            assert table[person.email]["Team"] == person.employee.department
    assert {row["Monthly"] for row in table.values()} >= {
        f"{v:.2f}" for p in plan.people for n, v in p.budgets.items() if n == "alleo_monthly_all_budget"
    }


async def test_a_one_off_budget_can_be_no_column(office):
    company = office(budget_columns="alleo_oneoff_all_budget")
    with pytest.raises(Usage, match="twice a day"):
        await company.preview()


async def test_what_the_file_cannot_carry_is_told_before(office):
    company = office()
    assert "alleo_monthly_all_budget" in (await company.preview()).not_carried


async def test_the_bytes_are_quoted_comma_separated_utf8_with_one_kind_of_line_end(office, place):
    company = office(line_end="lf", bom=True)
    await company.sync()
    content = (place / NAME).read_bytes()
    assert content.startswith(b'\xef\xbb\xbf"Email","First name","Last name"')
    assert b"\r" not in content
    assert content.endswith(b'"\n')


async def test_the_guard_stops_a_file_too(office, place):
    company = office("selective", 20)
    await company.sync()
    before = (place / NAME).read_bytes()
    for number in list((await company.preview()).plan.links)[:9]:
        company.set(number, status="inactive")
    with pytest.raises(GuardTripped):
        await company.sync()
    assert (place / NAME).read_bytes() == before


async def test_undo_publishes_the_file_that_takes_it_back(office, place):
    company = office()
    await company.sync()
    someone = next(iter((await company.preview()).plan.links))
    before = held(place)
    company.set(someone, first_name="Other")
    done = await company.sync()
    async with company.session() as session:
        planned = await plan_undo(session, done.run)
        await undo(session, planned, Consent())
    assert held(place) == before


async def test_another_file_that_alleo_would_collect_stops_the_run(office, place):
    company = office()
    other = place / "alleo_employees_old.csv"
    other.write_bytes(b"")
    with pytest.raises(Usage, match="alleo_employees_old"):
        await company.preview()


async def test_exactly_one_file_is_there_and_no_half_one(office, place):
    company = office()
    await company.sync()
    await company.sync()
    assert [p.name for p in place.iterdir()] == [NAME]


async def test_a_folder_that_is_gone_is_told_and_nothing_is_written_down_as_done(office, place):
    company = office()
    async with company.session() as session:
        from alleo_onboard.usecases.preview.preview import preview
        from alleo_onboard.usecases.run.sync import sync

        seen = await preview(session)
        place.rmdir()
        result = await sync(session, seen, Consent())
    assert isinstance(result.ended_by, Usage)
    with company.ledger as ledger:
        assert {row.state for row in ledger.changes(result.run)} == {State.FAILED}
        assert ledger.published() is None


async def test_a_file_that_somebody_took_away_is_there_again_after_the_next_run(office, place):
    company = office()
    await company.sync()
    before = (place / NAME).read_bytes()
    (place / NAME).unlink()
    await company.sync()
    assert (place / NAME).read_bytes() == before


async def test_a_run_that_is_stopped_before_the_file_leaves_all_to_the_next(office, place):
    company = office()
    stop = Stop()
    stop.request()
    result = await company.sync(stop=stop)
    assert result.stopped
    assert not (place / NAME).exists()
    await company.sync()
    assert (place / NAME).exists()


async def test_the_ledger_proves_unedited_and_tells_an_edited_publication(office):
    company = office()
    await company.sync()
    with company.ledger as ledger:
        assert not ledger.verify().faults
        with ledger._db.transaction() as connection:
            connection.execute("UPDATE publications SET sha256 = 'x'")
        assert ledger.verify().faults


def test_csv_is_read_back_by_an_independent_reader_as_it_was_written(tmp_path):
    from alleo_onboard.alleo.pickup.csv_file import written
    from alleo_onboard.alleo.pickup.settings import PickupSettings
    from alleo_onboard.domain.account import Account

    account = Account("1", "1", "a@b.example", 'Quo"te', "Comma, Semicolon; 'x'", True)
    content = written(PickupSettings(), [account], frozenset({"email", "first_name", "last_name"}))
    assert list(csv.reader(io.StringIO(content.decode(), newline=""))) == [
        ["Email", "First name", "Last name"],
        ["a@b.example", 'Quo"te', "Comma, Semicolon; 'x'"],
    ]


async def test_a_birthday_of_somebody_personio_no_longer_shows_stays_in_the_file(office, place):
    company = office()
    await company.sync()
    someone = next(iter((await company.preview()).plan.links))
    email = company.person(someone).email
    day = held(place)[email]["Birthday"]
    assert day
    company.remove(someone)
    await company.sync()
    assert held(place)[email]["Birthday"] == day
    await company.sync()
    assert held(place)[email]["Birthday"] == day
