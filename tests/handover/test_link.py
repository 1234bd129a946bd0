"""Links are recognised in whatever form they are pasted."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.alleo.handover.link import Link, Problem, recognised

KEY = "z5r8mr2l5p9qk3v7w1x0y4a6b8c2d4e"
EU = "https://eu.onetimesecret.com"
PLAIN = f"{EU}/secret/{KEY}"


@pytest.mark.parametrize(
    ("text", "root"),
    [
        (PLAIN, EU),
        (f"  {PLAIN}/\n", EU),
        (f"{EU}/nl/secret/{KEY}", EU),
        (f"{EU}/pt_BR/secret/{KEY}/", EU),
        (f"{PLAIN}?utm_source=mail#top", EU),
        (f"<{PLAIN}>", EU),
        (f"Here is the link: {PLAIN}.", EU),
        (f"eu.onetimesecret.com/secret/{KEY}", EU),
        (f"https://onetimesecret.com/secret/{KEY}", "https://onetimesecret.com"),
        (f"https://secrets.polderwerk.example:8443/ots/secret/{KEY}", "https://secrets.polderwerk.example:8443/ots"),
        (f"http://127.0.0.1:7143/secret/{KEY}", "http://127.0.0.1:7143"),
        (f"https://eur01.safelinks.protection.outlook.com/?url={quote(PLAIN, safe='')}&data=05%7C01&reserved=0", EU),
        (f"https://urldefense.com/v3/__{PLAIN}__;!!abc!def$", EU),
        (
            "https://urldefense.proofpoint.com/v2/url?u="
            + PLAIN.replace("://", "-3A__").replace("/", "_")
            + "&d=DwMFaQ&c=x",
            EU,
        ),
    ],
)
def test_links(text, root):
    assert recognised(text) == Link(root, KEY)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem.NOTHING),
        ("six-words-of-a-passphrase", Problem.NOTHING),
        ("https://[::1/secret/abc", Problem.NOTHING),
        ("https://share.1password.com/s#abcdef", Problem.ONEPASSWORD),
        (f"{EU}/receipt/{KEY}", Problem.RECEIPT),
        (f"{EU}/private/{KEY}", Problem.RECEIPT),
        (f"http://eu.onetimesecret.com/secret/{KEY}", Problem.PLAIN_HTTP),
        (f"{EU}/account", Problem.OTHER),
        (f"{EU}/secret/short", Problem.OTHER),
    ],
)
def test_what_is_none(text, problem):
    assert recognised(text) is problem


def test_the_key_is_never_shown():
    assert KEY not in repr(recognised(PLAIN))


@given(st.text(max_size=200))
def test_anything_can_be_pasted(text):
    assert isinstance(recognised(text), Link | Problem)
    assert isinstance(recognised(f"https://{text}"), Link | Problem)
