"""Each scenario has what it promises. The rules are written again here, independent of the domain."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta

import httpx
import pytest

from alleo_onboard.sandbox.faults import Fault
from alleo_onboard.sandbox.scenarios import DEFAULT_PEOPLE, DEFAULT_SCENARIO, SCENARIOS
from alleo_onboard.sandbox.server import Sandbox

ALLEO = "dynamic_7124042"
MONTHLY = "dynamic_7124043"
NEEDED = {"email", "first_name", "last_name", "status", "hire_date", "termination_date", "department"}


def decide(person, today: date) -> str:
    status, hired = person["status"]["value"], date.fromisoformat(person["hire_date"]["value"][:10])
    ends = person["termination_date"]["value"]
    if status == "inactive":
        return "inactive"
    if ends and date.fromisoformat(ends[:10]) < today:
        return "terminated"
    if status == "onboarding" or hired > today:
        return "not_started"
    alleo = person.get(ALLEO, {"value": "Yes"})["value"]
    if alleo != "Yes":
        return {"No": "alleo_no", "": "alleo_unset"}.get(alleo, "alleo_unclear")
    if not person["email"]["value"]:
        return "email_missing"
    if not re.fullmatch(r"[\w.+-]+@[\w-]+\.\w+", person["email"]["value"].strip(), re.ASCII):
        return "email_invalid"
    if not person["first_name"]["value"].strip() or not person["last_name"]["value"].strip():
        return "name_missing"
    return "sync" if status in {"active", "leave"} else "status_unknown"


def decisions(visit, scenario: str, people: int = 34) -> Counter[str]:
    today = date(2026, 11, 22)
    found = visit(scenario, people, today=today).everyone()
    reasons = {person["id"]["value"]: decide(person, today) for person in found}
    emails = Counter(p["email"]["value"].strip().casefold() for p in found if reasons[p["id"]["value"]] == "sync")
    for person in found:
        if reasons[person["id"]["value"]] == "sync" and emails[person["email"]["value"].strip().casefold()] > 1:
            reasons[person["id"]["value"]] = "email_duplicate"
    return Counter(reasons.values())


SELECTIVE = {"sync": 27, "inactive": 2, "not_started": 1, "alleo_no": 2, "alleo_unset": 2}
EXPECTED = {
    "ready": {"sync": 31, "inactive": 2, "not_started": 1},
    "selective": SELECTIVE,
    "over-privileged": SELECTIVE,
    "forgotten-attributes": SELECTIVE,
    "mass-leave": {"sync": 20, "inactive": 14},
    "messy-data": {
        "sync": 17,
        "inactive": 2,
        "terminated": 1,
        "not_started": 1,
        "alleo_no": 2,
        "alleo_unset": 2,
        "alleo_unclear": 1,
        "email_missing": 1,
        "email_invalid": 2,
        "email_duplicate": 2,
        "name_missing": 2,
        "status_unknown": 1,
    },
}


@pytest.mark.parametrize("scenario", EXPECTED)
def test_who_would_sync(visit, scenario):
    assert decisions(visit, scenario) == EXPECTED[scenario]


def test_counts_grow_with_the_blocks(visit):
    assert decisions(visit, "selective", 340) == {reason: 10 * count for reason, count in SELECTIVE.items()}


@pytest.mark.parametrize("people", [0, 1, 9])
def test_any_number_of_people(visit, people):
    assert len(visit("messy-data", people).everyone()) == people


def test_selective_reads_exactly_what_alleo_needs(visit):
    listed = visit().get("/attributes").json()["data"]
    assert {each["key"] for each in listed if not each["key"].startswith("dynamic_")} == NEEDED
    own = {each["label"]: each for each in listed if each["key"].startswith("dynamic_")}
    assert own["Birthday"]["universal_id"] == "date_of_birth"
    assert (own["Alleo"]["type"], own["Alleo"]["options"]) == ("list", ["Yes", "No"])
    assert {label: each["type"] for label, each in own.items() if "budget" in label} == {
        "alleo_monthly_all_budget": "decimal",
        "alleo_oneoff_all_budget": "decimal",
        "alleo_monthly_health_budget": "decimal",
    }


def test_budgets(visit):
    today = date(2026, 11, 22)
    people = [person for person in visit(today=today).everyone() if decide(person, today) == "sync"]
    assert Counter(person[MONTHLY]["value"] for person in people) == {100: 20, None: 7}
    assert sum(person["dynamic_7124044"]["value"] is not None for person in people) == 4


def test_ready_has_no_alleo_field(visit):
    labels = {each["label"].lower() for each in visit("ready").get("/attributes").json()["data"]}
    assert len(labels) == 8
    assert not any("alleo" in label for label in labels)


def test_forgotten_attributes_are_mended_in_the_browser(visit):
    v = visit("forgotten-attributes")
    keys = {each["key"] for each in v.get("/attributes").json()["data"]}
    assert not keys & {"department", "dynamic_7123992"}
    page = v.http.get("/").text
    assert '<input type="checkbox" name="readable" value="department">' in page
    assert '<input type="checkbox" name="readable" value="email" checked>' in page
    saved = v.http.post("/", data={"readable": [*keys, "department", "dynamic_7123992", "<nonsense>"]})
    assert 'value="department" checked' in saved.text
    assert {each["key"] for each in v.get("/attributes").json()["data"]} == keys | {"department", "dynamic_7123992"}
    assert "department" in v.everyone()[0]


def test_the_page_escapes_labels(visit):
    from alleo_onboard.sandbox.tenant import Attribute

    v = visit()
    hostile = Attribute("dynamic_1", "<script>alert(1)</script>", "standard", None, lambda _p: "")
    v.sandbox.personio.set_attributes(*v.sandbox.personio.attributes, hostile)
    assert "<script>" not in v.http.get("/").text


def test_messy_data_is_messy(visit):
    v = visit("messy-data")
    people = v.everyone()
    names = " ".join(person["first_name"]["value"] + person["last_name"]["value"] for person in people)
    assert all(part in names for part in ("[/b]", "[@click=app.quit]", "مریم", "🎉", "王", "\x1b[31m"))
    values = [person[MONTHLY]["value"] for person in people]
    assert {"1.234,50", "1,234.50", -50, 12.345, 0} <= set(values)
    assert any(person["dynamic_7124045"]["value"] and person[MONTHLY]["value"] for person in people)
    labels = {each["label"]: each["type"] for each in v.get("/attributes").json()["data"]}
    assert "alleo_montly_all_budget" in labels
    assert labels["alleo_oneoff_all_budget"] == "standard"


def test_over_privileged_reads_and_writes_too_much(visit):
    v = visit("over-privileged")
    answer = v.http.post("/v1/auth", json={"client_id": v.at.client_id, "client_secret": v.at.client_secret})
    assert answer.json()["data"]["scope"] == "employees:read employees:write"
    person = v.everyone()[0]
    assert {"fix_salary", "gender", "work_schedule"} <= set(person)
    assert any(each["universal_id"] == "iban" for each in person.values())


def test_mass_leave_has_an_account_for_everybody(visit):
    v = visit("mass-leave")
    accounts = v.sandbox.scim.accounts
    assert {each["externalId"] for each in accounts} == {str(person.id) for person in v.sandbox.personio.people}
    assert all(each["active"] for each in accounts)
    assert v.scim("GET", "/Users").json()["totalResults"] == 34


def attempt(send) -> httpx.Response | None:
    try:
        answer = send()
        answer.json()
    except (httpx.TransportError, ValueError):
        return None
    return answer if answer.status_code == 200 else None


def course(visit, people: int) -> list[str]:
    """Returns what a retrying client sees: the failures in order, then the totals of twelve reads."""
    v = visit("flaky", people)
    v.http.headers["Connection"] = "close"
    seen = []
    while attempt(lambda: sign_in(v)) is None:
        seen.append("auth")
    v.headers = {"Authorization": f"Bearer {v.sandbox.personio.token()[0]}"}
    totals = []
    while len(totals) < 12:
        answer = attempt(lambda: v.get("", limit=100))
        if answer is None:
            seen.append(f"read {len(totals)}")
        else:
            totals.append(answer.json()["metadata"]["total_elements"] - people)
    return [*seen, f"totals {totals}"]


def sign_in(v):
    return v.http.post("/v1/auth", json={"client_id": v.at.client_id, "client_secret": v.at.client_secret})


def test_flaky_fails_in_a_fixed_order_and_every_retry_helps(visit):
    seen = course(visit, 34)
    assert seen == course(visit, 7)
    assert max(Counter(seen).values()) == 1  # never twice for the same read
    assert seen[-1] == f"totals {[0, 0, 1] + [0] * 9}"
    assert len(seen) == 1 + 6 + 1 + 1


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.MOVED_TOTAL])
def test_each_fault_is_what_it_says(visit, fault):
    v = visit()
    v.sign_in()
    v.sandbox.personio.faults.inject(fault)
    if fault in {Fault.TRUNCATED, Fault.DROPPED}:
        with pytest.raises(httpx.RemoteProtocolError if fault is Fault.TRUNCATED else httpx.TransportError):
            v.get("")
    else:
        answer = v.get("")
        wanted = {Fault.UNAVAILABLE: 503, Fault.SUCCESS_FALSE: 200}.get(fault, 429)
        assert (answer.status_code, answer.json()["success"]) == (wanted, False)
        assert ("retry-after" in answer.headers) == (fault in {Fault.THROTTLED_SECONDS, Fault.THROTTLED_DATE})
    assert v.get("").status_code == 200


def test_a_moved_total_is_off_by_one_once(visit):
    v = visit()
    v.sandbox.personio.faults.inject(Fault.MOVED_TOTAL)
    assert [v.get("").json()["metadata"]["total_elements"] for _ in range(2)] == [35, 34]


def people_of(seed: int, today: date):
    return Sandbox("messy-data", 60, seed=seed, today=today).personio.people


def test_the_same_seed_makes_the_same_people():
    today = date(2026, 11, 22)
    assert people_of(1, today) == people_of(1, today)
    assert people_of(1, today) != people_of(2, today)
    later = {person.id: person for person in people_of(1, today + timedelta(days=400))}
    moved = [person for person in people_of(1, today) if later[person.id] != person]
    assert 0 < len(moved) <= 12  # only those with dates that decide


def test_people_are_believable():
    people = Sandbox("selective", 3_000).personio.people
    assert len({person.email for person in people}) == len({person.id for person in people}) == 3_000
    assert all(re.fullmatch(r"[a-z0-9.-]+@polderwerk\.example", person.email) for person in people)
    names = {person.last_name for person in people}
    assert {"van den Berg", "Müller", "Kuiper-Bos", "van 't Hof"} <= names


def test_scenarios_are_listed_without_the_servers():
    assert DEFAULT_SCENARIO in SCENARIOS
    assert DEFAULT_PEOPLE == 34
    assert all(
        name == each.name and each.description and "\n" not in each.description for name, each in SCENARIOS.items()
    )
    code = (
        "import sys, alleo_onboard.sandbox.scenarios;"
        "print({'uvicorn', 'scim2_server', 'asyncio', 'httpx'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert found.strip() == "set()"
