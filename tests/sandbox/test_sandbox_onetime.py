"""The simulated one-time-secret service answers as documented, for each version."""

from __future__ import annotations

import httpx
import pytest

from alleo_onboard.sandbox.onetime.vault import DAY, Dialect, Mishap


class Service:
    def __init__(self, visit) -> None:
        self.vault, self.http = visit.sandbox.onetime, visit.http

    def conceal(self, text="client secret", passphrase="six words", ttl=None, **options):
        inner = {"kind": "conceal", "secret": text, "share_domain": ""}
        inner |= {} if passphrase is None else {"passphrase": passphrase}
        inner |= {} if ttl is None else {"ttl": ttl}
        path = options.pop("path", "/api/v2/secret/conceal")
        return self.http.post(path, json={"secret": {**inner, **options.pop("more", {})}}, **options)

    def made(self, **options):
        answer = self.conceal(**options)
        assert answer.status_code == 200, answer.text
        record = answer.json()["record"]
        receipt = record.get("receipt") or record["metadata"]
        return receipt["identifier"], record["secret"]["identifier"]

    def receipt(self, key, name="receipt"):
        return self.http.get(f"/api/v2/{name}/{key}")

    def burn(self, key, **body):
        return self.http.post(f"/api/v2/receipt/{key}/burn", json={"continue": True, **body})

    def reveal(self, key, passphrase="six words", **body):
        return self.http.post(
            f"/api/v2/secret/{key}/reveal", json={"passphrase": passphrase, "continue": "true", **body}
        )


@pytest.fixture
def service(visit) -> Service:
    return Service(visit(people=0))


def test_a_secret_is_concealed_and_its_receipt_tells_what_was_granted(service):
    answer = service.conceal(ttl="3600").json()
    receipt = answer["record"]["receipt"]
    assert (receipt["secret_ttl"], receipt["receipt_ttl"], receipt["state"]) == (3600, 7200, "new")
    assert receipt == answer["record"]["metadata"]
    assert "client secret" not in str(answer)
    shown = service.receipt(receipt["identifier"]).json()
    assert shown["record"]["share_url"].endswith(f"/secret/{answer['record']['secret']['identifier']}")
    assert shown["record"]["secret_state"] == "new"
    assert 3590 < shown["details"]["secret_realttl"] <= 3600


def test_a_flat_body_is_refused(service):
    answer = service.http.post("/api/v2/secret/conceal", json={"secret": "text", "ttl": 60})
    assert (answer.status_code, answer.json()["error"]) == (422, "Incorrect payload format")


@pytest.mark.parametrize(("asked", "granted"), [(None, 7 * DAY), (90 * DAY, 7 * DAY), (1, 60), ("86400", DAY)])
def test_lifetimes_are_clamped(service, asked, granted):
    assert service.conceal(ttl=asked).json()["record"]["receipt"]["secret_ttl"] == granted


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"passphrase": "abc"}, "passphrase"),
        ({"passphrase": ""}, "passphrase"),
        ({"passphrase": "x" * 129}, "passphrase"),
        ({"text": "é" * 5001}, "secret"),
        ({"text": ""}, "secret"),
    ],
)
def test_what_the_form_refuses(service, options, field):
    answer = service.conceal(**options)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_ten_thousand_bytes_are_taken(service):
    assert service.conceal("é" * 5000).status_code == 200


def test_reading_takes_the_secret_away(service):
    receipt, secret = service.made()
    without = service.reveal(secret, **{"continue": "no"})
    assert (without.status_code, "secret_value" in without.json()["record"]) == (200, False)
    opened = service.reveal(secret)
    assert opened.json()["record"]["secret_value"] == "client secret"
    assert service.reveal(secret).status_code == 404
    record = service.receipt(receipt).json()["record"]
    assert (record["state"], record["is_revealed"], record["secret_state"]) == ("revealed", True, None)
    assert record["revealed"] > 0


def test_looking_at_the_link_opens_nothing(service):
    receipt, secret = service.made()
    assert service.http.get(f"/secret/{secret}").status_code == 200
    record = service.receipt(receipt).json()["record"]
    assert (record["state"], record["is_previewed"]) == ("new", True)


def test_burning_needs_the_passphrase(service):
    receipt, _secret = service.made()
    for wrong in ({}, {"passphrase": "other"}):
        answer = service.burn(receipt, **wrong)
        assert (answer.status_code, answer.json()["error"]) == (422, "Incorrect passphrase")
    assert service.burn(receipt, passphrase="six words").json()["success"] is True
    assert service.receipt(receipt).json()["record"]["state"] == "burned"
    assert service.burn(receipt, passphrase="six words").is_success  # the answer's fields are not documented


def test_five_wrong_passphrases_lock_for_half_an_hour(service):
    receipt, secret = service.made()
    assert [service.reveal(secret, "wrong").status_code for _ in range(6)] == [422] * 5 + [429]
    locked = service.burn(receipt, passphrase="six words")
    assert locked.status_code == 429
    assert 1700 < locked.json()["retry_after"] <= 1801
    service.vault.pass_time(1801)
    assert service.burn(receipt, passphrase="six words").json()["success"] is True


def test_a_burn_that_comes_too_late(service):
    receipt, _secret = service.made()
    service.vault.let(Mishap.RACE)
    assert service.burn(receipt, passphrase="six words").json()["success"] is False
    assert service.receipt(receipt).json()["record"]["state"] == "revealed"


def test_expiry_and_the_end_of_the_receipt(service):
    receipt, secret = service.made(ttl=60)
    service.vault.pass_time(61)
    assert service.receipt(receipt).json()["record"]["state"] == "expired"
    assert service.reveal(secret).status_code == 404
    service.vault.pass_time(60)
    gone = service.receipt(receipt)
    assert (gone.status_code, gone.json()["error_type"]) == (404, "RecordNotFound")
    assert receipt in gone.json()["error"]


def test_who_may_use_it(service):
    account = service.vault.manners.account
    assert service.conceal(auth=(account[0], "wrong")).status_code == 401
    owner = service.conceal(auth=account, ttl=14 * DAY).json()["record"]["receipt"]
    assert (owner["owner_id"], owner["secret_ttl"]) == ("ur1polderwerk", 14 * DAY)
    refused = service.conceal(auth=account, ttl=30 * DAY)
    assert (refused.status_code, refused.json()["error_type"]) == (403, "EntitlementRequired")
    assert service.conceal(more={"recipient": "cs@alleo.example"}).status_code == 401
    assert service.conceal(more={"share_domain": "secrets.other.example"}).status_code == 403
    service.vault.manners.guests = False
    shut = service.conceal(path="/api/v2/guest/secret/conceal")
    assert (shut.status_code, shut.json()["code"]) == (403, "GUEST_CONCEAL_DISABLED")
    assert service.conceal(auth=account).status_code == 200


def test_an_old_server_knows_old_names_only(service):
    service.vault.manners.dialect = Dialect.OLD
    answer = service.conceal().json()["record"]
    assert "receipt" not in answer
    assert answer["metadata"]["secret_ttl"] == str(7 * DAY)
    receipt, secret = answer["metadata"]["identifier"], answer["secret"]["identifier"]
    assert service.receipt(receipt).json() == {"message": "Not Found", "success": False}
    service.http.get(f"/secret/{secret}")
    assert service.receipt(receipt, "private").json()["record"]["state"] == "viewed"
    assert service.reveal(secret).is_success
    record = service.receipt(receipt, "private").json()["record"]
    assert (record["state"], record["is_received"]) == ("received", "true")


def test_a_server_that_knows_v1_only(service):
    service.vault.manners.dialect = Dialect.FIRST
    assert service.http.get("/api/v2/status").status_code == 404
    assert service.http.get("/api/v1/status").json()["status"] == "nominal"
    made = service.http.post(
        "/api/v1/share", data={"secret": "text", "passphrase": "six words", "ttl": "99999999"}
    ).json()
    assert (made["secret_ttl"] <= 7 * DAY, made["state"], made["custid"]) == (True, "new", "anon")
    wrong = service.http.post(f"/api/v1/secret/{made['secret_key']}", data={"passphrase": "wrong"})
    assert (wrong.status_code, wrong.json()) == (404, {"message": "Unknown secret"})
    read = service.http.post(f"/api/v1/secret/{made['secret_key']}", data={"passphrase": "six words"})
    assert read.json()["value"] == "text"
    state = service.http.get(f"/api/v1/private/{made['metadata_key']}").json()
    assert state["state"] == "received"
    assert "secret_key" not in state
    again = service.http.post(f"/api/v1/private/{made['metadata_key']}/burn", data={"passphrase": "six words"})
    assert (again.status_code, again.headers["x-ots-intended-status"]) == (404, "404")


def test_what_goes_wrong_on_request(service):
    service.vault.let(Mishap.HTML, Mishap.THROTTLED, Mishap.BROKEN)
    assert "html" in service.conceal().headers["content-type"]
    throttled = service.conceal()
    assert (throttled.status_code, throttled.headers["retry-after"]) == (429, "1")
    assert service.conceal().status_code == 503
    assert service.vault.items == []
    service.vault.let(Mishap.LOST_BEFORE, Mishap.LOST_AFTER)
    for kept in (0, 1):
        with pytest.raises(httpx.TransportError):
            service.conceal()
        assert len(service.vault.items) == kept


def test_another_region_does_not_know_the_receipt(visit):
    here, there = Service(visit(people=0)), Service(visit(people=0))
    receipt, _secret = here.made()
    assert there.receipt(receipt).status_code == 404


def test_customer_success_opens_what_waits(service):
    receipt, _secret = service.made()
    assert "1 link waits" in service.http.get("/handover").text
    assert service.http.post("/handover/open").json() == {"opened": 1}
    assert service.receipt(receipt).json()["record"]["state"] == "revealed"
