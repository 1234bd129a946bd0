"""The run page of the plain wizard: the guard's number, questions, and results."""

import re

import pytest
from talking import environment, ready, sandbox

from alleo_onboard.domain.progress import Applied, EmployeesRead, SignedIn, System
from alleo_onboard.plain.progress import EVERY, Progress
from alleo_onboard.sandbox.people import ONEOFF_ALL_KEY
from alleo_onboard.usecases.setups.resolve import Setups


@pytest.mark.parametrize("answer", ["", "y", "no", "back", "?"])
def test_only_a_typed_yes_starts_a_run(tmp_path, answer):
    with sandbox() as box:
        ready(environment(box, tmp_path), "1", answer)
        assert box.scim.accounts == []


def test_nothing_is_said_twice_before_a_run(tmp_path):
    with sandbox() as box:
        heard, _code = ready(environment(box, tmp_path), "q")
        assert heard.heard.count("This will create 27 accounts at Alleo and change nothing else.") == 1


def test_the_guard_wants_its_number_typed(tmp_path):
    with sandbox("mass-leave", 60) as box:
        heard, _code = ready(environment(box, tmp_path), "?", "")
        number = re.search(r"Type (\d+) to switch them off", heard.text).group(1)
        heard, code = ready(environment(box, tmp_path), "1", "1", number, "1", "yes", "q")
        assert f"This is not the number. Type {number}, or leave it: nothing has been written." in heard.heard
        assert f"{number} accounts switched off" in heard.text
        assert code == 0


def test_a_guard_that_is_left_writes_nothing_and_offers_no_start(tmp_path):
    with sandbox("mass-leave", 60) as box:
        before = box.scim.counts["PATCH"]
        heard, _code = ready(environment(box, tmp_path), "", "g", "see", "q")
        assert "Left: nothing has been written." in heard.heard
        assert not any("Start the run" in line for line in heard.heard)
        assert box.scim.counts["PATCH"] == before


def test_see_who_tells_those_the_guard_asks_about_first(tmp_path):
    with sandbox("mass-leave", 60) as box:
        heard, _code = ready(environment(box, tmp_path), "", "v", "q")
        changes = [line for line in heard.heard if line.endswith(": switch off.")]
        assert len(changes) > 5


def test_whether_everyone_is_meant_is_asked_before_the_run(tmp_path):
    with sandbox("ready") as box:
        environ = environment(box, tmp_path)
        heard, _code = ready(environ, "g", "y", "g", "yes", "q")
        assert "everyone who is employed would get Alleo: 31 people. Is that meant?" in heard.text
        assert "31 accounts created." in heard.heard
        assert Setups(environ).find().profile.everyone_confirmed


def test_another_place_than_last_time_is_accepted_by_a_yes_before_the_guard_asks(tmp_path):
    with sandbox() as box, sandbox() as other:
        environ = environment(box, tmp_path)
        ready(environ, "1", "yes", "q")
        elsewhere = {**environ, **{n: v for n, v in environment(other, tmp_path).items() if n.startswith("ALLEO_SCIM")}}
        heard, _code = ready(elsewhere, "g", "y", "EUR 2,000.00", "g", "yes", "q")
        assert "If it is meant, accept it (y)." in heard.text
        assert "You accepted that." in heard.text
        assert len(other.scim.accounts) == 27


def test_a_plan_that_moved_is_told_and_offered_again(tmp_path, monkeypatch):
    with sandbox() as box:
        environ = environment(box, tmp_path)
        ready(environ, "1", "yes", "q")
        number = int(box.scim.accounts[0]["externalId"])
        box.personio.edit(number, last_name="Changed")
        old = iter([True])
        monkeypatch.setattr("alleo_onboard.usecases.run.fresh.outlived", lambda *_given: next(old, False))

        def again():
            box.personio.edit(number, last_name="Once More")
            return "yes"

        heard, _code = ready(environ, "g", again, "g", "yes", "q")
        assert "Attention: This plan was made too long ago." in heard.text
        assert box.scim.account(str(number))["name"]["familyName"] == "Once More"


def test_one_off_budgets_wait_for_a_yes_and_are_told_no_more_once_they_count_as_granted(tmp_path):
    with sandbox() as box:
        environ = environment(box, tmp_path)
        ready(environ, "1", "yes", "q")
        for file in (tmp_path / "ledgers").iterdir():
            file.unlink()
        number = next(
            p.id for p in box.personio.people if box.scim.account(str(p.id)) and not p.custom.get(ONEOFF_ALL_KEY)
        )
        box.personio.edit(number, custom={ONEOFF_ALL_KEY: 250})
        heard, _code = ready(environ, "z", "q")
        before, after = heard.text.rsplit("Comparing Personio with Alleo …", 1)
        assert "waits for your yes: send it (y)" in before
        assert "2. They have it already." in before
        assert "your yes" not in after


def test_failures_are_named_and_only_they_are_tried_again(tmp_path):
    with sandbox() as box:
        application = box._server.config.app
        inner = application._scim

        def refuse():
            application._scim = refusing(inner)
            return "yes"

        def allow():
            application._scim = inner
            return "yes"

        heard, code = ready(environment(box, tmp_path), "g", refuse, allow, "g", "yes", "q")
        assert "1 failed" in heard.text
        assert "not allowed here" in heard.text
        assert "This will create 1 account at Alleo" in heard.text
        assert len(box.scim.accounts) == 27
        assert code == 0


def refusing(inner):
    """Returns the SCIM app with a fault: it answers 400 to the first new account and to repetitions of it."""
    victims = []

    async def answer(scope, receive, send):
        if scope["type"] != "http" or scope["method"] != "POST" or "/Users" not in scope["path"]:
            await inner(scope, receive, send)
            return
        message = await receive()
        victims.append(message["body"])
        if message["body"] != victims[0]:

            async def again():
                return message

            await inner(scope, again, send)
            return
        await send({"type": "http.response.start", "status": 400, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": b'{"detail": "not allowed here"}'})

    return answer


def test_the_workbook_waits_for_a_yes(tmp_path):
    folder = tmp_path / "workbooks"
    folder.mkdir()
    with sandbox(people=12) as box:
        environ = {n: v for n, v in environment(box, tmp_path).items() if not n.startswith("ALLEO_SCIM")}
        environ["ALLEO_PORTAL_FOLDER"] = str(folder)
        heard, _code = ready(environ, "g", "yes", "m", "no", "m", "yes", "q")
        assert list(folder.glob("*.xlsx"))
        assert "was uploaded" in heard.text
        assert "The workbook is made, and waits for its upload." in heard.heard


def test_alleo_that_is_away_is_told_and_r_tries_again(tmp_path):
    with sandbox() as box:
        environ = environment(box, tmp_path)
        environ["ALLEO_SCIM_TOKEN"] = "wrong"
        heard, code = ready(environ, "r", "b", "q")
        assert code == 0
        assert "Attention: Alleo" in heard.text
        assert "Step 4 of 5: Delivery" in heard.text


def test_back_at_a_question_of_the_page_leads_to_its_choices(tmp_path):
    with sandbox(people=5) as box:
        heard, _code = ready(environment(box, tmp_path), "g", "b", "n", "b", "q")
        assert heard.text.count("Start the run.") == 2  # at first, and after b at the last question
        assert "The next step opens" not in heard.text
        assert "Step 4 of 5: Delivery" in heard.text


def test_times_that_are_none_are_asked_for_again(tmp_path):
    with sandbox(people=3) as box:
        typed = ("1", "25:99", "", "1", "06:45", "", "1")
        heard, _code = ready(environment(box, tmp_path), "d", *typed, "1", "soon", "", "1", "b", "2", "b", "q")
        assert heard.text.count("Times, such as 06:30 or 06:30,20:30") == 4
        assert "Attention: 25:99 is not a time of day" in heard.text
        for told in heard.text.split("soon is not")[1:]:
            assert " 06:45 " in told  # what was there before is proposed again
        assert heard.heard.count("Step 5 of 5: Run. default, made-up people in the sandbox.") == 2


def test_progress_is_a_line_every_few_seconds_at_most():
    said, clock = [], [0.0]
    progress = Progress(said.append, lambda: clock[0])
    progress(SignedIn(System.PERSONIO))  # what comes of it says that, too
    for done in range(1, 1000):
        clock[0] += EVERY / 100
        progress(EmployeesRead(done, 1000))
    for _twice in range(2):
        progress(EmployeesRead(1000, 1000))
    assert said[-1] == "Read 1,000 people from Personio."
    assert len(said) == 9 + 1
    assert said[0].startswith("Reading people: ")


def test_progress_of_a_run_is_one_sentence_that_counts():
    said, clock = [], [0.0]
    progress = Progress(said.append, lambda: clock[0])
    for done in range(1, 101):
        clock[0] += EVERY / 25
        progress(Applied(done, "Ada", "onboard", "refused" if done == 3 else "", done, 100))
    assert 3 <= len(said) <= 4
    assert all("of 100 done, 1 failed, 5.0 a second" in line for line in said)
