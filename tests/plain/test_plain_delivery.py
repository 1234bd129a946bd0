"""Step 4 in the plain wizard: its questions, and the result of a test."""

import pytest
from talking import environment, ready, sandbox

from alleo_onboard.domain.profile import DeliveryChoice, Profile
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.usecases.setups.resolve import Setups


@pytest.mark.parametrize(
    ("answers", "way"),
    [
        (("1",), "Hand the credential to Alleo"),
        (("2", "yes"), "SCIM 2.0"),
        (("2", "no", "yes"), "File for pickup"),
        (("2", "no", "no"), "File for the portal"),
    ],
)
def test_two_or_three_plain_questions_lead_to_a_way(tmp_path, answers, way):
    with sandbox(people=5) as box:
        heard, _code = ready(environment(box, tmp_path), "b", "3", *answers, "back", "q")
        assert "Who should run the daily sync, Alleo or this computer?" in heard.heard
        assert f"That is: {way}" in heard.text


def test_the_test_of_a_delivery_tells_of_another_set_up_at_the_same_place(tmp_path):
    with sandbox(people=5) as box:
        environ = environment(box, tmp_path)
        choice = DeliveryChoice("scim").having(url=box.addresses.scim_url)
        Profiles(Setups(environ).home).save(Profile(name="other", delivery=choice))
        heard, _code = ready(environ, "b", "t", "q")
        assert "Alleo lets us in at" in heard.text
        assert "The set-up other of this computer has the same Alleo address" in heard.text


def test_a_token_without_its_address_is_sent_to_none_and_is_asked_for(tmp_path):
    with sandbox(people=5) as box:
        there, other = box.addresses, "t0ken-of-another-place-0123456789"
        environ = {**environment(box, tmp_path), "ALLEO_SCIM_TOKEN": other}
        del environ["ALLEO_SCIM_URL"]
        answers = ("1", "2", "yes", there.scim_url, "1", there.scim_token)
        heard, _code = ready(environ, *answers, "q")
        assert "The secret in ALLEO_SCIM_TOKEN is sent to no address that is typed here." in heard.text
        assert "set ALLEO_SCIM_URL beside it" in heard.text
        assert "Alleo lets us in at" in heard.text
        assert other not in heard.text
        assert there.scim_token not in heard.text
