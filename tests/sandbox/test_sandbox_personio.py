"""Sign-in, rights, paging and projection, as documented."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
import pytest

from alleo_onboard.sandbox.limits import Limits, Window


def credential(v):
    return {"client_id": v.at.client_id, "client_secret": v.at.client_secret}


@pytest.mark.parametrize("body", ["json", "data"])
def test_sign_in_by_json_or_form(visit, body):
    v = visit()
    answer = v.http.post("/v1/auth", **{body: credential(v)})
    data = answer.json()["data"]
    assert answer.status_code == 200
    assert data["token"].startswith("papi-")
    assert (data["expires_in"], data["scope"]) == (86_400, "employees:read")


def test_the_token_stays_the_same_until_it_expires(visit):
    v = visit()
    first = v.sign_in()
    assert v.sign_in() == first
    v.sandbox.personio.expire_token()
    expired = v.get("")
    assert (expired.status_code, expired.json()["error"]["code"]) == (403, 403)
    assert v.sign_in() != first


@pytest.mark.parametrize("wrong", [{"client_id": "papi-x"}, {"client_secret": "papi-x"}])
def test_wrong_credentials(visit, wrong):
    v = visit()
    answer = v.http.post("/v1/auth", json={**credential(v), **wrong})
    assert answer.status_code == 403
    assert answer.json() == {"success": False, "error": {"code": 0, "message": "Wrong credentials"}}


def test_credentials_in_the_query_are_refused_though_right(visit):
    v = visit()
    assert v.http.post("/v1/auth", params=credential(v)).status_code == 403
    assert v.http.post("/v1/auth", json={"client_id": "x"}).status_code == 400
    assert v.http.post("/v1/auth", content=b"[1]").status_code == 400


def test_refusals(visit):
    v = visit()
    missing = v.http.get("/v1/company/employees")
    assert (missing.status_code, missing.json()["error"]) == (
        401,
        {"code": 401, "message": "Authorization is not provided"},
    )
    v.sandbox.personio.scope = "absences:read"
    forbidden = v.get("/attributes")
    assert (forbidden.status_code, forbidden.json()["error"]["code"]) == (403, 0)
    assert "forbidden" in forbidden.json()["error"]["message"]


def test_unknown_route_and_unknown_employee(visit):
    v = visit()
    route = v.http.get("/v1/company/nothing")
    assert (route.status_code, route.json()["error"]["code"]) == (404, 0)
    employee = v.get("/1")
    assert (employee.status_code, employee.json()["error"]) == (
        404,
        {"code": 404, "message": "Es ist ein Problem aufgetreten "},
    )


def test_pages(visit):
    v = visit("selective", 120)
    first = v.get("").json()
    assert (len(first["data"]), first["limit"], first["offset"]) == (50, 50, 0)
    assert first["metadata"] == {"total_elements": 120, "current_page": 0, "total_pages": 3}
    last = v.get("", limit=50, offset=100).json()
    assert (len(last["data"]), last["metadata"]["current_page"]) == (20, 2)
    assert v.get("", offset=500).json()["data"] == []
    numbers = [person["id"]["value"] for person in v.everyone()]
    assert len(set(numbers)) == 120
    assert all(10_000_000 <= number < 100_000_000 for number in numbers)
    assert numbers == [person.id for person in v.sandbox.personio.people]


@pytest.mark.parametrize("params", [{"limit": 101}, {"limit": 0}, {"limit": "x"}, {"offset": -1}])
def test_pages_out_of_range(visit, params):
    answer = visit().get("", **params)
    assert (answer.status_code, answer.json()["success"]) == (400, False)


def test_the_newest_come_first(visit):
    v = visit("over-privileged")
    made = [datetime.fromisoformat(person["created_at"]["value"]) for person in v.everyone()]
    assert made == sorted(made, reverse=True)


def test_a_projection_shows_only_what_is_asked_for_and_readable(visit):
    v = visit()
    plain = v.get("", **{"attributes[]": ["email", "fix_salary", "status"]}).json()["data"][0]["attributes"]
    assert set(plain) == {"id", "email", "status"}
    encoded = v.http.get("/v1/company/employees?attributes%5B%5D=email&attributes%5B0%5D=status", headers=v.headers)
    assert encoded.json()["data"][0]["attributes"] == plain


def test_what_is_not_readable_is_silently_missing(visit):
    v = visit()
    v.sandbox.personio.hide("date_of_birth", "Department")
    assert not {"department", "dynamic_7123992"} & set(v.everyone()[0])
    listed = {each["key"] for each in v.get("/attributes").json()["data"]}
    assert listed == v.sandbox.personio.readable == set(v.everyone()[0]) - {"id"}
    assert v.get("/custom-attributes").json() == v.get("/attributes").json()
    v.sandbox.personio.show("department")
    assert "department" in v.everyone()[0]
    v.sandbox.personio.set_readable(frozenset())
    number = v.sandbox.personio.people[0].id
    assert v.get("", limit=1).json()["data"] == [
        {"type": "Employee", "attributes": {"id": {"label": "ID", "value": number}}}
    ]


def test_filters(visit):
    v = visit("over-privileged")
    person = v.sandbox.personio.people[5]
    found = v.get("", email=person.email.upper()).json()
    assert [each["attributes"]["id"]["value"] for each in found["data"]] == [person.id]
    v.sandbox.personio.edit(person.id, last_modified_at=datetime(2026, 6, 1, 8, 0, tzinfo=UTC))
    since = v.get("", updated_since="2026-06-01T07:59:00", email="ignored@example.com").json()
    assert [each["attributes"]["id"]["value"] for each in since["data"]] == [person.id]
    assert since["metadata"]["total_elements"] == 1
    assert v.get("", updated_since="yesterday").status_code == 400


def test_the_token_is_echoed_with_employees(visit):
    v = visit()
    assert v.get("").headers["authorization"] == v.headers["Authorization"]


def test_dates_carry_the_offset_of_place_and_season(visit):
    people = visit("selective", 300).everyone()
    dates = [person["hire_date"]["value"] for person in people]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00[+-]\d\d:\d\d", each) for each in dates)
    assert {each[-6:] for each in dates} >= {"+00:00", "+01:00", "+02:00"}


def test_what_was_asked_is_remembered_without_the_token(visit):
    v = visit()
    v.http.get("/v1/company/employees", headers={"Authorization": "Bearer canary", "X-Personio-App-ID": "ALLEO"})
    seen = v.sandbox.personio.requests[-1]
    assert (seen.method, seen.path, seen.headers["x-personio-app-id"]) == ("GET", "/v1/company/employees", "ALLEO")
    assert "canary" not in repr(v.sandbox.personio.requests)


def test_windows_open_again():
    now = [0.0]
    window = Window(2, 1, lambda: now[0])
    for _ in range(2):
        assert window.wait() == 0
        window.count()
    assert window.wait() == 1
    now[0] = 1.0
    assert window.wait() == 0


def test_documented_limits():
    now = [0.0]
    limits = Limits(lambda: now[0])
    assert [limits.check("employees") is None for _ in range(16)] == [True] * 15 + [False]
    for second in range(1, 20):
        now[0] = float(second)
        assert all(limits.check("employees") is None for _ in range(15))
    now[0] = 20.5
    assert limits.check("employees") is not None  # 300 requests in this minute
    assert [limits.check("auth") is None for _ in range(61)] == [True] * 60 + [False]


def test_throttling_says_when_in_three_ways(visit):
    v = visit()
    v.sandbox.personio.limits = Limits(lambda: 0.0)  # a clock that stands still
    answers = [v.get("", limit=1) for _ in range(18)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) == 3
    assert all(answer.json()["success"] is False for answer in refused)
    assert [retry_after(answer) for answer in refused] == ["seconds", "date", "none"]


def retry_after(answer: httpx.Response) -> str:
    text = answer.headers.get("retry-after")
    if text is None:
        return "none"
    if text.isdigit():
        assert int(text) >= 1
        return "seconds"
    assert parsedate_to_datetime(text).tzinfo is not None
    return "date"


def test_an_independent_client_signs_in_and_reads(visit):
    from personio_py import DynamicMapping, Personio

    v = visit("over-privileged")
    client = Personio(
        base_url=f"{v.at.personio_base_url}/v1/",
        client_id=v.at.client_id,
        client_secret=v.at.client_secret,
        dynamic_fields=[DynamicMapping(7124042, "alleo", str)],
    )
    client.session.trust_env = False
    people = client.get_employees()
    assert [person.id_ for person in people] == [person.id for person in v.sandbox.personio.people]
    person = client.get_employee(people[3].id_)
    assert person.last_name == v.sandbox.personio.people[3].last_name
    assert person.hire_date == v.sandbox.personio.people[3].hire_date
    assert person.department.name
    assert person.dynamic["alleo"] in {"Yes", "No", ""}
    schedules = {each.work_schedule.id_ for each in people if each.work_schedule}
    assert schedules == {1_067_807_102_794_692_003}
