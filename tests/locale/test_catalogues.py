"""Every text is translated, keeps its placeholders, and the compiled catalogues are up to date."""

from __future__ import annotations

import ast
import functools
import gettext
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parents[2] / "alleo_onboard"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("de", "nl")
FUNCTIONS = ("_", "N_", "ngettext", "pgettext")


@functools.cache
def written() -> set[tuple[str | tuple[str, ...], str | None]]:
    """Returns every text of the code, with its context."""
    found = extract_from_dir(
        PACKAGE, [("**.py", "python")], keywords={"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
    )
    return {(message, context) for _file, _line, message, _comments, context in found}


def catalogue(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "alleo_onboard.po").open("rb") as file:
        return read_po(file, locale=language)


def places(text: str) -> set[str]:
    return set(re.findall(r"\{[^}]*\}", text))


def texts(message: Message) -> tuple[list[str], list[str]]:
    ids = list(message.id) if isinstance(message.id, tuple) else [message.id]
    strings = list(message.string) if isinstance(message.string, tuple) else [message.string]
    return [str(one) for one in ids], [str(one) for one in strings]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.xdist_group("catalogues")  # the code is read once
def test_every_sentence_is_translated(language):
    translated = {(m.id, m.context) for m in catalogue(language) if m.id and not m.fuzzy and all(texts(m)[1])}
    assert [m for m in written() if m not in translated] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_places_of_the_sentence(language):
    for message in catalogue(language):
        ids, strings = texts(message)
        if message.id:
            wanted = set.union(*(places(one) for one in ids))
            for string in strings:
                assert places(string) <= wanted, string
            assert places(strings[-1]) == places(ids[-1]), ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_was_written(language):
    with (LOCALE / language / "LC_MESSAGES" / "alleo_onboard.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in catalogue(language):
        ids, strings = texts(message)
        if len(ids) > 1:
            assert compiled.ngettext(*ids, 1) == strings[0]
        elif message.context:
            assert compiled.pgettext(message.context, ids[0]) == strings[0]
        elif message.id:
            assert compiled.gettext(ids[0]) == strings[0]


@pytest.mark.parametrize(("language", "seen"), [("nl_NL", "Toon"), ("de_DE", "Zeig"), ("fr_FR", "show")])
def test_the_readers_language_follows_the_environment(language, seen):
    env = {**os.environ, "LANGUAGE": language, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "alleo_onboard", "--help"], capture_output=True, text=True, env=env, check=True
    )
    assert seen.casefold() in done.stdout.casefold()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", "50.000 1.234,50\N{NO-BREAK SPACE}€"),
        ("nl", "50.000 €\N{NO-BREAK SPACE}1.234,50"),
        ("en", "50,000 EUR 1,234.50"),
    ],
)
def test_numbers_are_written_as_the_reader_reads_them(language, told):
    ask = "from decimal import Decimal; from alleo_onboard.locale.formats import *; print(count(50000), money(Decimal('1234.5')))"
    env = {**os.environ, "LANGUAGE": language, "LC_ALL": "C.UTF-8"}
    done = subprocess.run([sys.executable, "-c", ask], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == told


def test_no_sentence_hides_from_the_extractor():
    """A call inside an f-string is not extracted on Python 3.11, and a variable is no text for the extractor."""
    hidden = []
    for file in PACKAGE.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        inside = (n for string in ast.walk(tree) if isinstance(string, ast.JoinedStr) for n in ast.walk(string))
        for call in inside:
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in FUNCTIONS):
                continue
            words = call.args[:2] if call.func.id in ("ngettext", "pgettext") else call.args[:1]
            if any(isinstance(word, ast.Constant) for word in words):
                hidden.append(f"{file.name}:{call.lineno}")
    assert hidden == []
