"""An answer holds for what was shown. What a later reading brings is asked about again."""

from dataclasses import replace

import pytest
from talking import environment, ready, sandbox

from alleo_onboard.domain.alleo_field import AlleoField, Selection
from alleo_onboard.domain.finding import Code, Finding
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.profile import Remember
from alleo_onboard.domain.readiness import Readiness, Source
from alleo_onboard.domain.secret import Secret
from alleo_onboard.sandbox.people import ALLEO_KEY, ONEOFF_ALL_KEY
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.run.confirmation import Confirmation
from alleo_onboard.usecases.setups.entered import Credential, with_credential
from alleo_onboard.usecases.setups.resolve import Setups


def set_up(box, tmp_path):
    """Runs once without one-off budgets, and loses the ledger. Returns the environment and three ids."""
    environ = environment(box, tmp_path)
    for one in box.personio.people:
        box.personio.edit(one.id, custom={ONEOFF_ALL_KEY: None})
    ready(environ, "1", "yes", "q")
    for file in (tmp_path / "ledgers").iterdir():
        file.unlink()
    return environ, [int(a["externalId"]) for a in box.scim.accounts if a["active"]][:3]


def paid(box, number):
    """Returns the one-off amount that Alleo holds for somebody, or None."""
    for name, value in box.scim.account(str(number)).items():
        if "alleo" in name and isinstance(value, dict):
            return value.get("alleo_oneoff_all_budget")
    return None


@pytest.mark.parametrize("answer", ["y", "z"])
def test_a_decision_about_one_off_budgets_is_about_the_people_and_amounts_that_were_shown(tmp_path, answer):
    with sandbox(people=12) as box:
        environ, (first, second, third) = set_up(box, tmp_path)
        box.personio.edit(first, custom={ONEOFF_ALL_KEY: 250})
        box.personio.edit(second, custom={ONEOFF_ALL_KEY: 100})

        def more():
            box.personio.edit(second, custom={ONEOFF_ALL_KEY: 999})
            box.personio.edit(third, custom={ONEOFF_ALL_KEY: 75})
            return "r"

        heard, _code = ready(environ, answer, more, "g", "yes", "q")
        assert "2 one-off budgets (EUR 350.00) wait for your yes" in heard.text
        assert "2 one-off budgets (EUR 1,074.00) wait for your yes" in heard.text
        assert [paid(box, number) for number in (first, second, third)] == [
            250 if answer == "y" else None,
            None,
            None,
        ]


def other_field(box, key):
    """Labels the attribute `key` "Alleo", and the one called so until now something else."""
    known = {a.key: a for a in box.personio.attributes}
    rows = {**known, key: replace(known[ALLEO_KEY], key=key, value=known[ALLEO_KEY].value, label="Alleo")}
    for name, one in rows.items():
        if one.label == "Alleo" and name != key:
            rows[name] = replace(one, label=f"Old {name}")
    box.personio.set_attributes(*rows.values())
    box.personio.show(key)


@pytest.mark.parametrize("lost", [False, True])
def test_a_yes_to_another_alleo_field_is_a_yes_to_that_field_and_is_kept(tmp_path, lost):
    with sandbox(people=12) as box:
        environ = environment(box, tmp_path)
        ready(environ, "1", "yes", "q")
        for file in (tmp_path / "ledgers").iterdir() if lost else ():
            file.unlink()
        other_field(box, "dynamic_1")

        def once_more():
            other_field(box, "dynamic_2")
            return "r"

        heard, _code = ready(environ, "y", once_more, "q")
        asked = "Another field is called Alleo now. If it is to select people, accept it (y)."
        assert heard.text.count(asked) == 2
        box.personio.edit(box.personio.people[0].id, last_name="Changed")
        name = Setups(environ).find().profile.name
        ready(environ, "y", *([] if lost else ["y"]), "g", "yes", "q")
        assert Profiles(Setups(environ).find().home).load(name).selective_key == "dynamic_2"


def changed(subject):
    return Finding(Code.BASIS_CHANGED, subject, (("before", "then"), ("now", "now")))


def test_a_yes_to_a_changed_basis_is_no_yes_to_what_changed_as_well():
    def judged(accepted, *found):
        source = Source((), {}, AlleoField(Selection.EVERYONE), (), ())
        readiness = Readiness(source, (), found, 0, complete=True, alleo_values={})
        return Confirmation(Preview(readiness, Plan((), complete=True, delivery=True)), accept=frozenset(accepted))

    first, second = changed("alleo_address"), changed("people")
    assert judged([first], first).accepted
    assert isinstance(judged([first], first).judged, Plan)
    more = judged([first], first, second)
    assert more.asks_yes
    assert more.judged.findings == (second,)


def test_that_everyone_is_meant_was_said_about_one_credential(tmp_path):
    with sandbox("ready", people=3) as box:
        setup = Setups(environment(box, tmp_path)).find()
    setup = replace(setup, profile=replace(setup.profile, everyone_confirmed=True))
    name, own = setup.profile.name, setup.profile.client_id
    for client_id, still in ((own, True), (own[::-1], False)):
        typed = Credential(name, client_id, Secret("s"), Remember.SESSION)
        assert with_credential(setup, typed, ()).profile.everyone_confirmed is still
