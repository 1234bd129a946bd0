"""Sorting by surname: Dutch prefixes after it, German umlauts as in DIN 5007-2."""

from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import settle
from alleo_onboard.presentation.people.surname import PREFIXES, divided, listed, sorting_keys


def person(first, last, n=1):
    employee = Employee(n, first_name=first, last_name=last)
    return Person(n, employee.name, "", Decision.SYNC, (), employee=employee)


def ordered(*names):
    return [listed(p) for p in sorted((person(*name) for name in names), key=lambda p: sorting_keys([p]))]


def test_prefixes_stand_behind():
    assert listed(person("André", "van den Heuvel")) == "Heuvel, André van den"
    assert listed(person("Anna", "von der Weiß")) == "Weiß, Anna von der"
    assert listed(person("Vincent", "Van")) == "Van, Vincent"
    assert listed(person("", "de Boer")) == "de Boer"
    assert ordered(("Zoë", "Adams"), ("Bea", "van Zanten"), ("Cor", "de Boer"), ("Ada", "Boer")) == [
        "Adams, Zoë",
        "Boer, Ada",
        "Boer, Cor de",
        "Zanten, Bea van",
    ]


def test_german_umlauts_count_as_two_letters_in_german_alone():
    names = (("A", "Müller"), ("A", "Muller"), ("A", "Mufler"), ("A", "Mueller"))
    settle("de")
    assert ordered(*names) == ["Müller, A", "Mueller, A", "Mufler, A", "Muller, A"]
    settle("nl")
    assert ordered(*names) == ["Mueller, A", "Mufler, A", "Müller, A", "Muller, A"]


words = st.text(st.characters(categories=("Lu", "Ll")), min_size=1, max_size=8).filter(
    lambda word: word.casefold() not in PREFIXES
)


@given(words, st.lists(st.sampled_from(sorted(PREFIXES)), max_size=3), words)
def test_no_word_of_a_name_is_lost_and_the_prefix_never_decides(first, prefixes, last):
    whole = person(first, " ".join([*prefixes, last]))
    assert sorted(listed(whole).replace(",", "").split()) == sorted([first, *prefixes, last])
    assert divided(" ".join([*prefixes, last])) == (last, " ".join(prefixes))
    bare, key = sorting_keys([person(first, last), whole])
    assert key.startswith(bare.rstrip("\t"))
