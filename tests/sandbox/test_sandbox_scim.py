"""The simulated SCIM server, with its three ways to sign in."""

from __future__ import annotations

import httpx
import pytest

from alleo_onboard.sandbox.accounts import as_account
from alleo_onboard.sandbox.scim_schema import ALLEO, ENTERPRISE

PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


def ann(number: int = 1, **more):
    email = f"ann{number}@polderwerk.example"
    return {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE, ALLEO],
        "userName": email,
        "externalId": str(13_600_000 + number),
        "active": True,
        "name": {"givenName": "Ann", "familyName": "de Groot"},
        "emails": [{"value": email, "type": "work", "primary": True}],
        ENTERPRISE: {"department": "Sales"},
        ALLEO: {"birthday": "1990-02-28", "workAnniversary": "2020-01-01", "alleo_monthly_all_budget": 100.00},
        **more,
    }


def replace(path, value):
    return {"schemas": [PATCH], "Operations": [{"op": "replace", "path": path, "value": value}]}


def test_create_read_and_keep_what_was_sent(visit):
    v = visit()
    made = v.scim("POST", "/Users", ann())
    assert made.status_code == 201
    number = made.json()["id"]
    assert made.json()["meta"]["location"] == f"{v.at.scim_url}/Users/{number}"
    shown = v.scim("GET", f"/Users/{number}").json()
    assert {key: shown[key] for key in ann()} == ann()
    assert v.sandbox.scim.account("13600001")["id"] == number
    assert v.sandbox.scim.counts == {"POST": 1, "GET": 1}


def test_budgets_keep_their_value(visit):
    v = visit()
    number = v.scim("POST", "/Users", ann()).json()["id"]
    for sent, kept in ((49.95, 49.95), (100, 100), ("12.50", 12.5)):
        assert v.scim("PATCH", f"/Users/{number}", replace(f"{ALLEO}:alleo_oneoff_all_budget", sent)).is_success
        assert v.scim("GET", f"/Users/{number}").json()[ALLEO]["alleo_oneoff_all_budget"] == kept


def test_a_name_is_taken_once_in_any_case(visit):
    v = visit()
    assert v.scim("POST", "/Users", ann()).status_code == 201
    again = v.scim("POST", "/Users", ann(userName="ANN1@polderwerk.example"))
    assert (again.status_code, again.json()["scimType"]) == (409, "uniqueness")


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("active", False, lambda a: a["active"]),
        ("name.givenName", "Zoë", lambda a: a["name"]["givenName"]),
        ("userName", "new@polderwerk.example", lambda a: a["userName"]),
        ("externalId", "77", lambda a: a["externalId"]),
        ('emails[type eq "work"].value', "new@polderwerk.example", lambda a: a["emails"][0]["value"]),
        (f"{ENTERPRISE}:department", "Finance", lambda a: a[ENTERPRISE]["department"]),
        (f"{ALLEO}:birthday", "1991-03-01", lambda a: a[ALLEO]["birthday"]),
    ],
)
def test_patch_one_attribute(visit, path, value, found):
    v = visit()
    number = v.scim("POST", "/Users", ann()).json()["id"]
    before = v.scim("GET", "/Users").json()["Resources"][0]
    assert v.scim("PATCH", f"/Users/{number}", replace(path, value)).status_code in {200, 204}
    after = v.scim("GET", "/Users").json()["Resources"][0]
    assert found(after) == value
    assert after == v.scim("GET", f"/Users/{number}").json()
    assert after["meta"]["version"] != before["meta"]["version"]


def test_patch_of_the_unknown(visit):
    v = visit()
    number = v.scim("POST", "/Users", ann()).json()["id"]
    assert v.scim("PATCH", f"/Users/{number}", replace(f"{ALLEO}:nothing", 1)).json()["scimType"] == "invalidPath"
    assert v.scim("PATCH", "/Users/nobody", replace("active", False)).status_code == 404


@pytest.mark.parametrize(
    "wanted",
    ['externalId eq "13600002"', 'userName eq "Ann2@polderwerk.example"', 'emails.value eq "ann2@polderwerk.example"'],
)
def test_filters(visit, wanted):
    v = visit()
    v.sandbox.scim.add(ann(1), ann(2), ann(3))
    found = v.scim("GET", "/Users", params={"filter": wanted}).json()
    assert (found["totalResults"], found["Resources"][0]["externalId"]) == (1, "13600002")
    nobody = v.scim("GET", "/Users", params={"filter": 'externalId eq "0"'}).json()
    assert nobody["totalResults"] == 0


def test_paging_shows_everyone_once_also_after_changes(visit):
    v = visit()
    numbers = v.sandbox.scim.add(*[ann(index) for index in range(25)])
    v.scim("PATCH", f"/Users/{numbers[0]}", replace("active", False))
    pages = [v.scim("GET", "/Users", params={"startIndex": start, "count": 10}).json() for start in (1, 11, 21, 31)]
    assert [page["itemsPerPage"] for page in pages] == [10, 10, 5, 0]
    assert {page["totalResults"] for page in pages} == {25}
    assert [account["id"] for page in pages for account in page["Resources"]] == numbers
    v.scim("DELETE", f"/Users/{numbers[3]}")
    assert v.scim("GET", "/Users").json()["totalResults"] == 24
    assert len(v.sandbox.scim.accounts) == 24


def test_a_listing_is_what_scim2_server_itself_would_show(visit):
    v = visit("mass-leave", 5)
    kept = v.scim("GET", "/Users").json()["Resources"]
    sorted_by_the_library = v.scim("GET", "/Users", params={"sortBy": "externalId"}).json()["Resources"]
    assert sorted(kept, key=lambda a: a["externalId"]) == sorted_by_the_library
    assert v.scim("GET", "/Users", params={"attributes": "userName"}).json()["Resources"][0].keys() == {
        "schemas",
        "id",
        "userName",
    }
    person = v.sandbox.personio.people[0]
    shown = next(account for account in kept if account["externalId"] == str(person.id))
    assert {key: shown[key] for key in as_account(person)} == as_account(person)


def test_discovery(visit):
    v = visit()
    schemas = {each["id"]: each for each in v.scim("GET", "/Schemas").json()["Resources"]}
    assert {each["name"]: each["type"] for each in schemas[ALLEO]["attributes"]} == {
        "birthday": "string",
        "workAnniversary": "string",
        "alleo_monthly_all_budget": "decimal",
        "alleo_oneoff_all_budget": "decimal",
        "alleo_monthly_health_budget": "decimal",
    }
    extensions = v.scim("GET", "/ResourceTypes").json()["Resources"][0]["schemaExtensions"]
    assert {each["schema"] for each in extensions} == {ENTERPRISE, ALLEO}
    config = httpx.get(f"{v.at.scim_url}/ServiceProviderConfig", trust_env=False).json()
    assert config["patch"] == {"supported": True}
    assert len(config["authenticationSchemes"]) == 3


def test_no_entry_without_sign_in(visit):
    v = visit()
    for header in ("", "Bearer wrong", "Basic d3Jvbmc6d3Jvbmc=", "Basic ???", "Digest x"):
        refused = v.scim("GET", "/Users", headers={"Authorization": header})
        assert refused.status_code == 401
        assert refused.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
        assert "Bearer" in refused.headers["www-authenticate"]


def test_basic_and_client_credentials(visit):
    v = visit()
    basic = httpx.BasicAuth(v.at.basic_user, v.at.basic_password)
    assert httpx.get(f"{v.at.scim_url}/Users", auth=basic, trust_env=False).status_code == 200
    form = {"grant_type": "client_credentials"}
    client = {"client_id": v.at.alleo_client_id, "client_secret": v.at.alleo_client_secret}
    header = httpx.BasicAuth(v.at.alleo_client_id, v.at.alleo_client_secret)
    for answer in (
        v.http.post(v.at.token_url, data={**form, **client}),
        v.http.post(v.at.token_url, data=form, auth=header),
    ):
        assert (answer.status_code, answer.json()["token_type"]) == (200, "Bearer")
        bearer = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        assert v.scim("GET", "/Users", headers=bearer).status_code == 200
    v.sandbox.scim.sign_in.expire_tokens()
    assert v.scim("GET", "/Users", headers=bearer).status_code == 401


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"grant_type": "client_credentials", "client_id": "x", "client_secret": "y"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({}, 400, "invalid_request"),
    ],
)
def test_token_errors(visit, form, status, error):
    v = visit()
    answer = v.http.post(v.at.token_url, data=form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_faults_on_request(visit):
    v = visit()
    v.sandbox.scim.fail(429, 503, retry_after="1")
    answers = [v.scim("POST", "/Users", ann()) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [429, 503, 201]
    assert answers[0].headers["retry-after"] == "1"
    v.sandbox.scim.lose_answer()
    with pytest.raises(httpx.TransportError):
        v.scim("POST", "/Users", ann(2))
    assert v.sandbox.scim.account("13600002")
    assert len(v.sandbox.scim.accounts) == 2
