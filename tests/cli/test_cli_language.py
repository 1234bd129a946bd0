"""The language of the command line."""

from __future__ import annotations

import pytest

from alleo_onboard.locale import choice

GREETING = {"en": "There are no set-ups yet", "nl": "Er zijn nog geen configuraties", "de": "Es gibt noch keine"}
NOTHING = {"LANGUAGE": None, "LC_ALL": None, "LC_MESSAGES": None, "LANG": None}


@pytest.mark.parametrize(
    ("words", "environ", "expected"),
    [
        ((), {"LANG": "nl_NL.UTF-8"}, "nl"),
        ((), {"LANG": "nl_NL.UTF-8", "LC_ALL": "C.UTF-8"}, "nl"),
        ((), {"LANG": "nl_NL.UTF-8", "LC_MESSAGES": "de_DE.UTF-8"}, "de"),
        ((), {"LANGUAGE": "fr:de:nl", "LANG": "nl_NL.UTF-8"}, "de"),
        ((), {"LANG": "fr_FR.UTF-8"}, "en"),
        ((), {"LANG": "nl_NL.UTF-8", "ALLEO_ONBOARD_LANGUAGE": "de"}, "de"),
        (("--language", "en"), {"LANG": "nl_NL.UTF-8", "ALLEO_ONBOARD_LANGUAGE": "de"}, "en"),
        (("--language=nl",), {}, "nl"),
    ],
)
def test_flag_before_variable_before_environment(cli, words, environ, expected):
    cli.env = {name: value for name, value in cli.env.items() if name not in NOTHING}
    done = cli(*words, "profiles", "list", **environ)
    assert done.code == 0, done.err
    assert GREETING[expected] in done.err + done.out


@pytest.mark.parametrize(
    ("environ", "expected"), [({"LANG": "de_DE.UTF-8"}, "nl"), ({"ALLEO_ONBOARD_LANGUAGE": "de"}, "de")]
)
def test_a_set_up_has_its_language_unless_somebody_asked_for_another(cli, environ, expected):
    (cli.home / "profiles").mkdir(parents=True)
    (cli.home / "profiles" / "default.toml").write_text('language = "nl"\n')
    cli.env = {name: value for name, value in cli.env.items() if name not in NOTHING}
    done = cli("runs", "list", **environ)
    assert {"nl": "heeft nog geen runs", "de": "noch keine L"}[expected] in done.err


def test_a_wrong_language_is_told(cli):
    done = cli("--language", "fr", "profiles", "list")
    assert done.code == 2
    assert "en" in done.err
    (cli.home / "profiles").mkdir(parents=True)
    (cli.home / "profiles" / "default.toml").write_text('language = "fr"\n')
    assert "language must be one of: auto, en, nl, de" in cli("runs", "list").err


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("nl_NL.UTF-8", "nl"),
        ("nl-BE", "nl"),
        ("DE", "de"),
        ("C", ""),
        ("POSIX", ""),
        ("", ""),
        ("en_GB", "en"),
        ("nds", ""),
    ],
)
def test_names_of_languages(name, code):
    assert choice.known([name]) == code
