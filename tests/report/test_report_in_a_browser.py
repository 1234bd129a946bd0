"""The HTML report in a real Chromium: no errors, complete, and no network requests."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from browser import Browser
from crowd import crowd, person
from previews import ABOUT, preview_of, told_of

from alleo_onboard.presentation.export.report import report
from alleo_onboard.presentation.palette import DARK, LIGHT
from alleo_onboard.report.page import page

HOSTILE = (
    person(
        1, first_name="<script>document.title='x'</script>", last_name='"><img src=https://evil.example/x onerror=a()>'
    ),
    person(2, first_name="Müller [/b]", last_name="\u202egnirts\x00\x1b[2J"),
    person(3, first_name="=HYPERLINK(1)", department="</td></table><style>*{display:none}</style>"),
    person(
        4, first_name="{n}", last_name="\ud800half", email="a@b@c", budgets=(("alleo_monthly_all_budget", "<b>1.200"),)
    ),
)
REMOTE = re.compile(r"""(?:src|href|action|data|poster)\s*=|url\(|@import|https?://(?!evil)""")


class Elements(HTMLParser):
    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(document)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.fixture
def saved(tmp_path):
    def save(document: str):
        place = tmp_path / "report.html"
        place.write_text(document, encoding="utf-8")
        return place

    return save


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_console_stays_silent_and_the_script_ran(browser: Browser, saved, dark):
    seen = browser.open(saved(page(told_of(*HOSTILE))), dark=dark)
    assert seen.console == []
    assert '<button type="button">Name</button>' in seen.dom
    assert 'id="tools"' in seen.dom
    assert not re.search(r'id="tools"[^>]*hidden', seen.dom)


def test_what_people_are_called_is_text(browser: Browser, saved):
    seen = browser.open(saved(page(told_of(*HOSTILE))))
    tags = [tag for tag, _ in Elements(seen.dom).tags]
    assert tags.count("script") == 1
    assert tags.count("style") == 1
    assert "img" not in tags
    assert tags.count("table") == 2
    assert "\x1b" not in seen.dom
    assert "<title>Who gets Alleo" in seen.dom
    assert seen.asked == []


def test_a_page_that_asks_for_something_would_be_noticed(browser: Browser, saved):
    document = page(told_of(*HOSTILE)).replace("</main>", '<img src="http://127.0.0.1:9/x.png" alt=""></main>')
    barred = browser.open(saved(document))
    assert barred.asked == []
    assert "Content Security Policy" in barred.console[0]
    assert browser.open(saved(driven(document, ""))).asked == ["http://127.0.0.1:9/x.png"]


def test_nothing_is_asked_of_anybody():
    told = page(told_of(*HOSTILE))
    assert "default-src 'none'" in told
    for tag, attributes in Elements(told).tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form", "video", "audio", "use", "image")
        assert not {"src", "href", "style", "srcset", "data", "action"} & attributes.keys()
        assert not [name for name in attributes if name.startswith("on")]
    style = re.search(r"<style>(.*)</style>", told, re.DOTALL)[1]
    assert not REMOTE.search(style)


def test_every_chart_says_what_it_shows():
    told = told_of(
        *(person(n, department=d) for n, d in enumerate(("Sales", "People", ""))), person(9, status="inactive")
    )
    tags = Elements(page(told)).tags
    drawn = [attributes for tag, attributes in tags if tag == "svg"]
    assert len(drawn) == len(told.charts)
    named = {attributes["id"] for _, attributes in tags if "id" in attributes}
    for attributes in drawn:
        assert attributes["role"] == "img"
        assert {attributes["aria-labelledby"], attributes["aria-describedby"]} <= named
    who = told.charts[0]
    assert "sync: active: 3" in who.told
    assert "left out: inactive in Personio: 1" in who.told


def test_it_prints_all_people_on_several_pages(browser: Browser, saved, tmp_path):
    pdf = browser.printed(saved(page(report(preview_of(crowd(200)), ABOUT))), tmp_path / "report.pdf")
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) > 4


def test_rows_stay_whole_and_headings_come_again_on_paper():
    told = page(told_of(*HOSTILE))
    printed = told[told.index("@media print") :]
    assert "thead{display:table-header-group}" in printed
    assert "tr{break-inside:avoid}" in printed
    assert "size:A4" in told


def test_it_has_the_colours_of_the_wizard():
    from alleo_onboard.tui import themes

    told = page(told_of(person(1)))
    for theme, palette in ((themes.DARK, DARK), (themes.LIGHT, LIGHT)):
        assert (theme.primary, theme.warning, theme.background) == (
            palette.primary,
            palette.warning,
            palette.background,
        )
        assert f"--primary:{theme.primary}" in told
    assert "prefers-color-scheme:dark" in told


def test_it_reads_without_its_script():
    told = page(told_of(person(1), person(2, email="")))
    body = told[: told.index("<script>")]
    assert "p1@acme.example" in body
    assert "no e-mail address" in body
    assert 'id="tools" hidden' in body


def driven(document: str, script: str) -> str:
    """Returns the page without its content policy and with a script of the test."""
    free = re.sub(r"<meta http-equiv[^>]*>", "", document)
    return free.replace("</body>", f"<script>{script}</script></body>")


def shown(dom: str) -> list[str]:
    """Returns the names of visible people, from top to bottom."""
    rows = re.findall(r'<tr class="\w+"([^>]*)>(.*?)</tr>', dom, re.DOTALL)
    return [re.search(r"<td[^>]*>([^<]*)", row)[1] for attributes, row in rows if "hidden" not in attributes]


CROWD = (
    person(1, first_name="Zoë", last_name="Ångström", budgets=(("alleo_monthly_all_budget", 90),)),
    person(2, first_name="Ada", last_name="van den Berg", budgets=(("alleo_monthly_all_budget", 1200),)),
    person(3, first_name="Bob", last_name="Zwart", status="inactive"),
)


def test_people_are_found_with_or_without_accents(browser: Browser, saved):
    script = "var s = document.getElementById('search'); s.value = 'zoe angstrom'; s.dispatchEvent(new Event('input'));"
    seen = browser.open(saved(driven(page(told_of(*CROWD)), script)))
    assert shown(seen.dom) == ["Ångström, Zoë"]
    assert ">1 shown<" in seen.dom


def test_columns_sort_by_surname_and_by_amount(browser: Browser, saved):
    document = page(told_of(*CROWD))
    assert shown(browser.open(saved(document)).dom) == ["Ångström, Zoë", "Berg, Ada van den", "Zwart, Bob"]
    press = "document.querySelectorAll('#everybody th button')[{}].click();"
    seen = browser.open(saved(driven(document, press.format(0) * 2)))
    assert shown(seen.dom) == ["Zwart, Bob", "Berg, Ada van den", "Ångström, Zoë"]
    assert 'aria-sort="descending"' in seen.dom
    seen = browser.open(saved(driven(document, press.format(6) * 2)))
    assert shown(seen.dom) == ["Berg, Ada van den", "Ångström, Zoë", "Zwart, Bob"]


def test_the_script_opens_no_connection():
    from alleo_onboard.report.script import SCRIPT

    for word in (
        "fetch",
        "XMLHttpRequest",
        "WebSocket",
        "sendBeacon",
        "import(",
        "eval",
        "innerHTML",
        "localStorage",
        "cookie",
    ):
        assert word not in SCRIPT
