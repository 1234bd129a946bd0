"""The plain wizard from a new set-up to synced people."""

import re

import pytest
from talking import conversation, environment, ready, sandbox

from alleo_onboard.locale import speak
from alleo_onboard.plain.wizard import Cause
from alleo_onboard.sandbox.people import ALLEO_KEY
from alleo_onboard.usecases.setups.resolve import Setups


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch):
    import keyring.backends.fail
    import keyring.core

    monkeypatch.setattr(keyring.core, "_keyring_backend", keyring.backends.fail.Keyring())


@pytest.fixture(autouse=True)
def _english():
    yield
    speak("en")


def steps(box):
    """Returns what a user types from Start to Check."""
    return ["1", "1", box.addresses.client_id, box.addresses.client_secret, "Polderwerk", "n"]


def test_from_a_new_set_up_to_the_end_of_a_run(tmp_path):
    with sandbox() as box:
        environ = environment(box, tmp_path, bare=True)
        typing = steps(box)
        heard, code = conversation(
            environ,
            *typing,
            "n",
            "5",
            "maud",
            "2",
            "n",
            *by_scim(box),
            "n",
            "1",
            "yes",
            "q",
            from_start=True,
        )
        assert code == 0, heard.text
        assert "34 people visible" in heard.text
        assert "Alleo can work with this credential: all it needs is readable." in heard.heard
        assert "27 accounts created." in heard.heard
        assert len(box.scim.accounts) == 27
        assert heard.heard[-1].startswith("Saved as “Polderwerk”, without secrets. To go on: alleo-onboard --profile")
        assert Setups(environ).names() == ("Polderwerk",)
        for secret in (box.addresses.client_secret, box.addresses.environment()["ALLEO_SCIM_TOKEN"]):
            assert secret not in heard.text


def by_scim(box):
    """Returns the answers that choose SCIM and fill in its form."""
    place = box.addresses.environment()
    return ["1", "2", "yes", place["ALLEO_SCIM_URL"], "1", place["ALLEO_SCIM_TOKEN"]]


@pytest.mark.parametrize("letter", ["n", "h", "d", "x", "l", "r"])
def test_a_letter_typed_from_habit_does_not_become_the_name(tmp_path, letter):
    with sandbox(people=3) as box:
        environ = environment(box, tmp_path, bare=True)
        pair = box.addresses.client_id, box.addresses.client_secret
        heard, _code = conversation(environ, "1", *pair, letter, "Acme", "q")
        assert "Type the answer in full, b to go back, or ? for help." in heard.text
        assert Setups(environ).names() == ("Acme",)


def test_back_from_the_name_leads_to_the_credential(tmp_path):
    with sandbox(people=3) as box:
        environ = environment(box, tmp_path, bare=True)
        pair = box.addresses.client_id, box.addresses.client_secret
        heard, _code = conversation(environ, "1", *pair, "b", "n", "1", "Acme", "q")
        assert "The next step opens once this one is settled." in heard.heard
        assert "1. Sign in to Personio with the credential at hand." in heard.heard
        assert "there is nothing before it" not in heard.text
        assert Setups(environ).names() == ("Acme",)


def test_both_lines_pasted_together_are_understood(tmp_path):
    with sandbox() as box:
        both = f"Client ID: {box.addresses.client_id} Client secret: {box.addresses.client_secret}"
        heard, _code = conversation(environment(box, tmp_path, bare=True), "1", both, "Acme", "q")
        assert "34 people visible" in heard.text
        assert f"Client id: {box.addresses.client_id}." in heard.heard
        assert f"…{box.addresses.client_secret[-4:]}" in heard.text
        assert box.addresses.client_secret not in heard.text


def test_the_secret_first_and_the_id_second_is_understood(tmp_path):
    with sandbox() as box:
        pair = box.addresses.client_secret, box.addresses.client_id
        heard, _code = conversation(environment(box, tmp_path, bare=True), "1", *pair, "Acme", "q")
        assert "34 people visible" in heard.text
        assert box.addresses.client_secret not in heard.text


def test_every_question_of_connect_answered_wrongly_once(tmp_path):
    with sandbox() as box:
        answers = [
            *("", "9", "?", "back", "n", "1"),
            *("", "?", "back"),  # at the question for the client id
            *("1", "papi-wrong", "nonsense"),  # refused by Personio
            *("1", box.addresses.client_id, "?", "", box.addresses.client_secret),
            *("?", "back", "Acme"),
        ]
        heard, code = conversation(environment(box, tmp_path, bare=True), *answers)
        assert code == 0
        assert "is the first step: there is nothing before it" in heard.text
        assert "Attention: " in heard.text
        assert "34 people visible" in heard.text
        assert "There is nobody to answer any more, so this ends here." in heard.heard


def test_what_is_missing_is_numbered_and_explained(tmp_path):
    with sandbox("forgotten-attributes") as box:
        environ = environment(box, tmp_path)
        heard, _code = conversation(environ, "1", "n", "1", "", "99", "?", "r", "n", "q")
        numbered = [line for line in heard.heard if re.match(r"1\. To mend: ", line)]
        assert numbered
        assert any("Marketplace > Connected integrations" in line for line in heard.heard)
        assert heard.text.count("Reading from Personio …") == 2
        assert "Step 3 of 5: Preview" in heard.text


def test_how_fields_are_made_is_told_step_by_step_with_check_again_beside_it(tmp_path):
    with sandbox(people=5) as box:
        box.personio.hide(ALLEO_KEY)

        def made():
            box.personio.show(ALLEO_KEY)
            return "1"

        heard, _code = conversation(environment(box, tmp_path), "1", "n", "yes", "3", "?", made, "b", "3", "b", "q")
        assert "Make the Alleo field." in heard.heard
        assert any(re.match(r"1\. In Personio open Settings > ", line) for line in heard.heard)
        assert "Type 1, r to read again, b for Check, ? for help, q to leave: 1" in heard.heard
        before, after = heard.text.split("leave: 1\nReading from Personio …\n")
        assert "\nThere is no Alleo field: everyone who is employed syncs\n" in before
        assert "Alleo field: Yes / No" in after
        assert "To know: There is no Alleo field" not in after
        assert heard.text.count("Step 2 of 5: Check") == 3  # and after each page beside it


def test_what_a_budget_field_is_needed_for_is_told_in_words(tmp_path):
    with sandbox(people=5) as box:
        heard, _code = conversation(environment(box, tmp_path), "1", "n", "1", "q")
        assert "alleo_monthly_all_budget, needed for a monthly budget. Readable: decimal." in heard.text
        assert "alleo_oneoff_all_budget, needed for a one-off budget. Readable: decimal." in heard.text
        assert "E-mail, needed for signing in." in heard.text


@pytest.mark.parametrize(("answer", "settled"), [("yes", True), ("no", False)])
def test_everyone_is_asked_about(tmp_path, answer, settled):
    with sandbox("ready") as box:
        environ = environment(box, tmp_path)
        heard, _code = conversation(environ, "1", "n", "perhaps", answer, "q")
        assert "Is that meant? Type yes or no:" in heard.text
        assert "That is neither yes nor no." in heard.heard
        assert Setups(environ).find().profile.everyone_confirmed is settled


@pytest.mark.parametrize(("pickup", "told"), [(True, False), (False, True)])
def test_that_a_secret_is_for_this_sitting_is_told_only_where_there_is_one(tmp_path, pickup, told):
    with sandbox(people=5) as box:
        folder = tmp_path / "files"
        folder.mkdir()
        way = ("1", "2", "no", "yes", str(folder), "", "", "", "") if pickup else by_scim(box)
        heard, _code = conversation(
            environment(box, tmp_path, bare=True), *steps(box), "n", "n", *way, "q", from_start=True
        )
        assert "It can carry: " in heard.text
        assert ("Its secret is kept for this sitting only." in heard.text) is told


def test_a_group_and_one_person_on_request(tmp_path):
    with sandbox() as box:
        heard, _code = ready(
            environment(box, tmp_path),
            *("3", "5", "nobody at all", "maud", "9", "1", "5", "wiebke", "x", "5", "wiebke", "q"),
            proven=("connect", "check"),
        )
        assert "7 left out." in heard.heard
        assert "Maud Bos, maud.bos@polderwerk.example. Left out: Alleo is empty." in heard.heard
        assert "Nobody is called that." in heard.heard
        assert "Wiebke Özdemir, wiebke.oezdemir@polderwerk.example." in heard.heard
        assert "Alleo field: No; does not take part." in heard.heard
        shown, hidden = heard.text.split("Names and addresses are hidden.")
        assert "Wiebke" in shown
        assert "Wiebke" not in hidden


def test_every_line_of_a_conversation_stands_alone(tmp_path):
    with sandbox() as box:
        typing = steps(box)
        environ = environment(box, tmp_path, bare=True)
        heard, _code = conversation(environ, *typing, "1", "n", "1", "", "n", *by_scim(box), "n", "q", from_start=True)
        for line in heard.heard:
            assert "\x1b" not in line
            assert "\r" not in line
            assert not re.search(r"\S {2,}\S|[│╭╰▸█░✓→]", line), line


def test_in_dutch(tmp_path):
    with sandbox() as box:
        speak("nl")
        heard, code = ready(environment(box, tmp_path), "1", "nee", "?", "q")
        assert code == 0
        english = {"Attention:", "Type 1", "Nothing was written.", "This will create"}
        said = heard.text
        from alleo_onboard.locale import _

        assert _("Nothing was written.") in heard.heard
        assert _("This will {changes} at Alleo and change nothing else.").partition("{")[0] in said
        assert not box.scim.accounts
        assert "This will create" not in said, english


@pytest.mark.parametrize("cause", list(Cause))
def test_one_sentence_says_why_it_speaks_in_lines(tmp_path, cause):
    with sandbox() as box:
        heard, _code = conversation(environment(box, tmp_path), cause=cause)
        assert heard.heard[0].startswith("alleo-onboard, as questions and lines")
        assert ("because" in heard.heard[0]) is (cause is not Cause.ASKED)


def test_ctrl_c_says_what_was_saved(tmp_path):
    with sandbox() as box:
        heard, code = ready(environment(box, tmp_path), KeyboardInterrupt())
        assert code == 130
        assert heard.heard[-1].startswith("Saved as “default”")
        assert "To go on: alleo-onboard" in heard.heard[-1]


def test_what_is_about_an_open_set_up_does_not_work_before_one_is(tmp_path):
    with sandbox(people=3) as box:
        environ = environment(box, tmp_path)
        heard, _code = conversation(environ, "d", "h", "b", "1", "h", "b", "q", from_start=True)
        start, opened = heard.text.split("Step 1 of 5: Connect", 1)
        assert start.count("That is not a choice here.") == 2
        assert "This is the first page" in start
        assert "History." in opened


def test_leaving_asks_where_the_only_copy_of_a_secret_would_be_lost(tmp_path):
    with sandbox() as box:
        typed = ["1", box.addresses.client_id, box.addresses.client_secret, "Acme"]
        environ = environment(box, tmp_path, bare=True)
        heard, code = conversation(environ, *typed, "q", "no", "q", "yes", live=True)
        assert code == 0
        assert heard.text.count("Personio shows it only once") == 2


def test_a_fault_nobody_thought_of_is_told_without_its_values(tmp_path, monkeypatch):
    def broken(*_given, **_more):
        raise RuntimeError("canary")

    with sandbox() as box:
        environ = environment(box, tmp_path)
        monkeypatch.setattr("alleo_onboard.plain.pages.connect.headline", broken)
        heard, code = conversation(environ, "1", "q")
        assert code == 1
        assert "Something unexpected happened: RuntimeError." in heard.text
        assert "canary" not in heard.text


def test_help_and_choices_follow_the_language(tmp_path):
    with sandbox(people=3) as box:
        heard, _code = ready(environment(box, tmp_path), "l", "?", "q", proven=("connect",))
        told = heard.text.partition("Nederlands")[2]
        assert "Alle attributen, elk op een regel." in told
        assert "Los het op in Personio" in told
        assert "Mend it in Personio" not in told


def test_l_goes_on_in_the_next_language_and_the_set_up_remembers_it(tmp_path):
    with sandbox() as box:
        environ = environment(box, tmp_path)
        heard, _code = ready(environ, "l", "q")
        assert "Nederlands" in heard.text
        assert Setups(environ).find().profile.language == "nl"


def test_a_demo_names_no_variables_that_nobody_has_set(tmp_path):
    with sandbox() as box:
        heard, _code = conversation(environment(box, tmp_path), "1", "1", "n", "n", "n", "n", demo=True)
        assert heard.text.count("filled in for the demo") >= 3
        assert "PERSONIO_" not in heard.text
        assert "ALLEO_" not in heard.text


def test_a_secret_from_the_environment_goes_with_the_client_id_that_is_typed(tmp_path):
    with sandbox(people=5) as box:
        environ = environment(box, tmp_path)
        client_id = environ.pop("PERSONIO_CLIENT_ID")
        heard, _code = conversation(environ, "a", client_id, "", "q")
        assert "Client secret: from PERSONIO_CLIENT_SECRET." in heard.text
        assert "The client secret is empty" not in heard.text
        assert "Signed in to Personio." in heard.text
