"""The simulator compared with Personio's published description and with recordings. Both are outside the project."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

REFERENCE = Path(__file__).parents[3] / "shared" / "personio"
SPEC = REFERENCE / "openapi" / "personio-personnel-data-api-oa3.yaml"
AUTH_SPEC = REFERENCE / "openapi" / "personio-auth-api.yaml"
RECORDED = REFERENCE / "payloads" / "giantswarm-personio-go.employees.json"

pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="Personio's published API description is not here")


def mend(schema: Any) -> Any:
    """Returns the published schema with two of its contradictions fixed.

    Its base `Response` says `data` is an object, also where a list follows; and unset object values are null in
    practice.
    """
    if isinstance(schema, list):
        return [mend(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    mended = {key: mend(value) for key, value in schema.items() if key not in {"example", "examples"}}
    if "label" in (properties := mended.get("properties", {})) and "value" in properties:
        properties["value"] = {"anyOf": [properties["value"], {"enum": [None, "", []]}]}
    return mended


@cache
def published(path: Path) -> Any:
    import yaml

    return yaml.load(path.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def validator(path: Path, name: str) -> Any:
    import jsonschema

    components = mend(published(path)["components"])
    components["schemas"].get("Response", {}).get("properties", {}).pop("data", None)
    return jsonschema.Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": components})


def test_sign_in_matches(visit):
    v = visit()
    answer = v.http.post("/v1/auth", json={"client_id": v.at.client_id, "client_secret": v.at.client_secret})
    validator(AUTH_SPEC, "AuthenticationTokenResponse").validate(answer.json())


@pytest.mark.parametrize("scenario", ["selective", "over-privileged", "messy-data"])
def test_employees_match(visit, scenario):
    v = visit(scenario)
    answer = v.get("", limit=100).json()
    validator(SPEC, "EmployeesResponse").validate(answer)
    one = v.get(f"/{answer['data'][0]['attributes']['id']['value']}").json()
    validator(SPEC, "EmployeeResponse").validate(one)
    assert one["data"] == answer["data"][0]


def test_the_validation_can_fail(visit):
    v = visit("over-privileged")
    answer = v.get("", limit=100).json()
    answer["data"][0]["attributes"]["department"]["value"] = {"type": "Department", "attributes": {"id": "x"}}
    assert not validator(SPEC, "EmployeesResponse").is_valid(answer)


@pytest.mark.parametrize("path", ["/9", "/attributes/x", ""])
def test_errors_match(visit, path):
    v = visit()
    if not path:
        v.headers = {"Authorization": "Bearer papi-wrong"}
    answer = v.get(path)
    assert answer.status_code in {403, 404}
    validator(SPEC, "ErrorResponse").validate(answer.json())
    assert answer.json()["success"] is False


def test_attribute_listing_has_the_published_members(visit):
    path = published(SPEC)["paths"]["/company/employees/attributes"]["get"]
    example = path["responses"]["200"]["content"]["application/json"]["examples"]["response"]["value"]
    answer = visit("over-privileged").get("/attributes").json()
    assert set(answer) == set(example)
    assert {frozenset(each) for each in answer["data"]} == {frozenset(each) for each in example["data"]}
    assert all(isinstance(each["options"], list) for each in answer["data"])


def shape(value: Any) -> Any:
    """Returns what can be compared of a value: its kind, or type and members of an object."""
    if isinstance(value, dict):
        return value["type"], frozenset(value["attributes"])
    return "number" if isinstance(value, int | float) else type(value).__name__


def test_every_recorded_attribute_is_shown_in_the_recorded_shape(visit):
    recorded = [person["attributes"] for person in json.loads(RECORDED.read_text())["data"]]
    ours = visit("over-privileged", 200).everyone()
    for key in {key for person in recorded for key in person if not key.startswith("dynamic_")}:
        shown = [person[key] for person in ours]
        for other in (person[key] for person in recorded if key in person):
            assert {(s["type"], s["universal_id"]) for s in shown} == {(other["type"], other["universal_id"])}, key
            assert set(shown[0]) == set(other), key
            if isinstance(other["value"], dict):
                assert shape(other["value"]) in {shape(s["value"]) for s in shown}, key


def test_empty_values_are_those_that_were_recorded(visit):
    person = visit("over-privileged").everyone()[0]
    assert person["contract_end_date"]["value"] is None
    assert person["termination_reason"]["value"] == ""
    assert person["cost_centers"]["value"] == []
    assert person["hourly_salary"] == {
        "label": "Hourly salary",
        "value": 0,
        "type": "decimal",
        "universal_id": "hourly_salary",
        "currency": "EUR",
    }
