"""All names appear unchanged in every format of a report."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

import pytest
from crowd import person, plan_of
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from previews import ABOUT, preview_of, told_of
from thorough import examples

from alleo_onboard.domain.account import Account
from alleo_onboard.presentation.export.report import as_text, report
from alleo_onboard.report.delimited import harmless
from alleo_onboard.report.markup import clean
from alleo_onboard.report.page import page
from alleo_onboard.report.write import Form, rendered

RUN = ("=", "+", "-", "@", "\t", "\r", "\n")
NAMES = st.text(max_size=30) | st.sampled_from(
    [
        "=1+1",
        " =1+1",
        "@SUM(A1)",
        "-1",
        "+31612345678",
        "\uff1dcmd",
        "'t Hart",
        "00123",
        "1E5",
        "TRUE",
        "</td><td>",
        "&amp;",
        "_x000D_",
    ]
)


class Cells(HTMLParser):
    """Collects the text of the first cell of each row of the table of all people."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside, self._in_table = False, False
        self.feed(document)

    def handle_starttag(self, tag, attrs):
        self._in_table |= ("id", "everybody") in attrs
        if tag == "td" and self._in_table and any(name == "data-s" for name, _ in attrs):
            self._inside = True
            self.texts.append("")

    def handle_endtag(self, tag):
        self._inside &= tag != "td"

    def handle_data(self, data):
        if self._inside:
            self.texts[-1] += data


@settings(max_examples=examples(15, 100), deadline=None)
@example("\r")
@given(NAMES)
def test_a_name_comes_out_as_it_went_in(last):
    told = told_of(person(1, first_name="Ada", last_name=last), accounts=())
    name = clean(told.people.rows[0][0])
    assert sorted(name.replace(",", "").split()) == sorted(clean(f"Ada {last}").replace(",", "").split())
    assert Cells(rendered(told, Form.HTML).decode()).texts == [name]
    read = next(csv.reader(io.StringIO(harmless_csv(told), newline="")))
    assert read[0] == harmless(name)
    sheet = load_workbook(io.BytesIO(rendered(told, Form.XLSX))).worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.replace("\r", "\n") == name.replace("\r", "\n")


def harmless_csv(told):
    """Returns the CSV without its headings."""
    return rendered(told, Form.CSV).decode("utf-8-sig").partition("\r\n")[2]


@given(NAMES)
def test_no_value_of_a_csv_is_run_by_a_spreadsheet(text):
    shown = harmless(text)
    assert not shown.lstrip(" \u00a0").startswith(RUN[:4])
    assert shown in (clean(text), "'" + clean(text))


def test_a_dutch_name_keeps_its_apostrophe_and_gets_no_other():
    assert harmless("'t Hart") == "'t Hart"
    assert harmless("s-Gravenhage") == "s-Gravenhage"


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("names", [True, False])
def test_a_company_without_anybody_has_a_report_too(form, names):
    assert rendered(told_of(names=names), form)


def test_somebody_gone_from_personio_is_in_it():
    account = Account("a9", "9", "gone@acme.example", "Gone", "Person")
    plan = plan_of(person(1), accounts=(account,), links={9: "a9"})
    text = page(report(preview_of(plan), ABOUT))
    assert "gone@acme.example" in text
    assert "no longer in Personio" in text


def test_the_summary_to_copy_names_nobody():
    told = as_text(told_of(person(1), person(2, email=""), *(person(n) for n in range(10, 30))))
    assert "get Alleo" in told
    assert "acme.example" not in told
    assert "Number" not in told
