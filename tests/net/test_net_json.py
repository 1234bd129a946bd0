"""JSON as real servers send it: readable bodies are read, and others are named by their flaw."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.net.json_text import Flaw, Unreadable, decoded, flawed

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (b"", Flaw.EMPTY),
        (b"  \r\n", Flaw.EMPTY),
        (b"\xef\xbb\xbf", Flaw.EMPTY),
        (b"<html>maintenance</html>", Flaw.HTML),
        (b"\xef\xbb\xbf <!DOCTYPE html>", Flaw.HTML),
        (b'{"a": NaN}', Flaw.NO_NUMBER),
        (b"[1, -Infinity]", Flaw.NO_NUMBER),
        (b'{"a": [1, 2', Flaw.TRUNCATED),
        (b'{"a": "NaN is', Flaw.TRUNCATED),
        (b"it is late", Flaw.NO_JSON),
        (b"[" * 100_000, Flaw.NO_JSON),
        ('{"a": 1}'.encode("utf-16"), Flaw.BAD_TEXT),
        (b"\xff\xfe\x00\x01", Flaw.BAD_TEXT),
    ],
)  # fmt: skip
def test_each_cause_has_its_name(content, flaw):
    with pytest.raises(Unreadable) as caught:
        decoded(content)
    assert caught.value.flaw is flaw


def test_each_name_has_its_sentence():
    said = {flawed("api.example", flaw) for flaw in Flaw}
    assert len(said) == len(Flaw)
    assert all("api.example" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (rb'["\ud83d"]', "\ufffd"),
        (rb'["\ude00x"]', "\ufffdx"),
        (rb'["\uD83D\ud83d\ude00"]', "\ufffd😀"),
        (rb'["\ud83d\u0041"]', "\ufffdA"),
        (rb'["\\ud83d"]', "\\ud83d"),
        (rb'["\\\ud83d"]', "\\\ufffd"),
        (rb'["\ud83d\\ude00"]', "\ufffd\\ude00"),
        (b'["M\xfcller"]', "M\ufffdller"),
        (b'["\xed\xa0\xbd"]', "\ufffd\ufffd\ufffd"),
        (b'\xef\xbb\xbf["a"]', "a"),
        (b'\xef\xbb\xbf["\\ud83d"]', "\ufffd"),
    ],
)
def test_half_a_character_spoils_its_own_text_only(content, text):
    assert decoded(content) == [text]


@given(VALUES, st.booleans())
def test_what_any_encoder_writes_is_read_back(value, escaped):
    written = json.dumps(value, ensure_ascii=escaped)
    try:
        content = written.encode()
    except UnicodeEncodeError:
        return
    assert decoded(content) == json.loads(
        content.decode().encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_named(content):
    with contextlib.suppress(Unreadable):
        decoded(content)


@pytest.mark.parametrize("broken", [rb'{"a": "\ud83d", "b": [1', b'{"a": "\xff", "b": [1'])
def test_mended_text_that_is_still_none_is_named_by_what_is_left(broken):
    with pytest.raises(Unreadable) as caught:
        decoded(broken)
    assert caught.value.flaw is Flaw.TRUNCATED
