"""Values of fields in the reader's format of dates and amounts, however they are stored."""

from __future__ import annotations

import pytest

from alleo_onboard.locale import speak
from alleo_onboard.presentation.values import value_text


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "EUR 1,500.00 2022-10-08 on (set) -"), ("nl", "€ 1.500,00 08-10-2022 aan (ingevuld) -")],
)
def test_a_value_is_written_as_the_reader_writes_it(language, told):
    speak(language)
    values = [
        ("alleo_monthly_all_budget", "1500.00"),
        ("work_anniversary", "2022-10-08"),
        ("active", True),
        ("birthday", "(set)"),
        ("department", None),
    ]
    assert " ".join(value_text(field, value, "-") for field, value in values).replace("\N{NO-BREAK SPACE}", " ") == told


def test_a_text_that_only_looks_like_an_amount_or_a_day_stays():
    assert value_text("department", "10.50", "-") == "10.50"
    assert value_text("department", "2022-13-40", "-") == "2022-13-40"
