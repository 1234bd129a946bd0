"""Profiles as TOML files that people may edit."""

import json
import os
import stat
import sys
import tomllib
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from thorough import examples

from alleo_onboard.alleo.scim.settings import ScimSettings, SignIn
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import OnLeave, Policy, Profile, Remember, valid_name
from alleo_onboard.store.paths import Home, file_stem
from alleo_onboard.store.profiles import Profiles

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def is_file_name(name: str) -> bool:
    try:
        file_stem(name)
    except Usage:
        return False
    return True


def scim(**settings):
    return ScimSettings(**settings).choice


names = st.from_regex(r"[A-Za-zÀ-ž0-9_][\w .-]{0,20}", fullmatch=True).filter(valid_name).filter(is_file_name)
profiles = st.builds(
    Profile,
    name=names,
    base_url=texts,
    client_id=texts,
    zone=st.sampled_from(["Europe/Amsterdam", "Europe/Berlin", "UTC"]),
    remember=st.sampled_from(Remember),
    policy=st.builds(Policy, on_leave=st.sampled_from(OnLeave), send_zero=st.booleans()),
    delivery=st.builds(
        scim,
        url=texts,
        sign_in=st.sampled_from(SignIn),
        token_url=texts,
        client_id=texts,
        concurrency=st.integers(1, 64),
    ),
    selective_key=texts,
    everyone_confirmed=st.booleans(),
)


@pytest.fixture
def store(tmp_path):
    return Profiles(Home(tmp_path / "config", tmp_path / "data"))


def written(tmp_path, text: str, name: str = "acme"):
    folder = tmp_path / "config" / "profiles"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.toml"
    file.write_bytes(text.encode())
    return file


@settings(max_examples=examples(30, 150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=profiles, second=profiles)
def test_what_is_saved_is_loaded_also_over_an_older_file(store, first, second):
    try:
        for profile in (first, replace(second, name=first.name)):
            store.save(profile)
            assert store.load(first.name) == profile
        assert store.names() == (file_stem(first.name),)
    finally:
        store.remove(first.name)
    assert store.load(first.name) is None


def test_nothing_there(store):
    assert store.names() == ()
    assert store.load("acme") is None
    assert store.remove("acme") is False
    assert store.progress("acme") == frozenset()


def test_only_what_matters_is_written(store, tmp_path):
    store.save(Profile("acme", client_id="papi-1", delivery=scim(url="https://a.example/scim")))
    text = (tmp_path / "config" / "profiles" / "acme.toml").read_text()
    assert tomllib.loads(text) == {
        "client_id": "papi-1",
        "zone": "Europe/Amsterdam",
        "delivery": {"kind": "scim", "url": "https://a.example/scim"},
    }


ADMINS = """\
# ours since March
client_id = "papi-1"   # asked HR for this one
zone = 'Europe/Berlin'

[scim]  # the new server
concurrency = 8 # they allow ten
url = "https://old.example/scim"
"""


def test_comments_and_order_of_an_admin_survive(store, tmp_path):
    file = written(tmp_path, ADMINS)
    profile = store.load("acme")
    assert profile.delivery.get("concurrency") == 8
    changed = replace(
        profile, selective_key="dynamic_1", delivery=profile.delivery.having(url="https://new.example/scim")
    )
    store.save(replace(changed, policy=Policy(send_zero=True)))
    after = file.read_text()
    assert after.startswith(ADMINS[: ADMINS.index("\n[scim]")])
    assert "[delivery]  # the new server\nconcurrency = 8 # they allow ten\n" in after
    assert store.load("acme") == replace(changed, policy=Policy(send_zero=True))
    store.save(replace(changed, delivery=changed.delivery.having(concurrency=4)))
    assert "concurrency = 4 # they allow ten\n" in file.read_text()


@pytest.mark.parametrize(
    "text",
    [
        "scim.url = 'https://a.example'\nclient_id = 'x'\n",
        "scim = {url = 'https://a.example'}\nclient_id = 'x'\n",
        "\ufeffclient_id = 'x'\r\n[scim]\r\nurl = 'https://a.example'\r\n",
    ],
)
def test_other_ways_to_write_the_same(store, tmp_path, text):
    written(tmp_path, text)
    profile = store.load("acme")
    assert profile == Profile("acme", client_id="x", delivery=scim(url="https://a.example"))
    changed = replace(profile, everyone_confirmed=True, delivery=profile.delivery.having(sign_in="basic"))
    store.save(changed)
    assert store.load("acme") == changed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("client_id = \nzone = 'UTC'\n", "line 1"),
        ("client_id = 'x'\n\nzone == 'UTC'\n", "line 3"),
        ("client = 'x'", "no setting called client."),
        ("name = 'x'", "no setting called name."),
        ("delivery = 'scim'", "delivery must be a table"),
        ("[delivery]\nkind = 'scim'\nurl = ['x']", "delivery.url must be text"),
        ("policy = 3", "policy must be a table"),
        ("client_id = 3", "client_id must be text"),
        ("everyone_confirmed = 'yes'", "everyone_confirmed must be true or false"),
        ("remember = 'file'", "remember must be one of: keyring, session"),
        ("remember = ['keyring']", "remember must be one of: keyring, session"),
        ("[policy]\non_leave = 'maybe'", "policy.on_leave must be one of: include, exclude"),
        ("zone = 'Europe/Amsterdm'", "zone must be the name of a time zone"),
        ("zone = 'Europe'", "zone must be the name of a time zone"),
        ("zone = '../../etc/passwd'", "zone must be the name of a time zone"),
    ],
)
def test_a_wrong_file_is_named_explained_and_kept(store, tmp_path, text, told):
    file = written(tmp_path, text)
    for touch in (lambda: store.load("acme"), lambda: store.save(Profile("acme"))):
        with pytest.raises(Usage) as error:
            touch()
        assert str(file) in str(error.value)
        assert told in str(error.value)
        assert file.read_text() == text


def test_a_file_in_another_encoding_is_named_and_kept(store, tmp_path):
    file = written(tmp_path, "")
    file.write_bytes("client_id = 'Müller'".encode("latin-1"))
    with pytest.raises(Usage, match="UTF-8"):
        store.save(Profile("acme"))
    assert file.read_bytes() == "client_id = 'Müller'".encode("latin-1")


@pytest.mark.parametrize("broken", [Profile("acme", client_id="\ud800"), Profile("acme", zone="Mars")])
def test_what_could_not_be_loaded_again_is_not_saved(store, broken):
    store.save(Profile("acme", client_id="good"))
    with pytest.raises(Usage):
        store.save(broken)
    assert store.load("acme") == Profile("acme", client_id="good")


def test_names_that_are_paths_are_refused_everywhere(store, tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "x.toml").write_text("client_id = 'x'")
    for touch in (store.load, store.remove, store.progress, lambda n: store.save(Profile(n))):
        with pytest.raises(Usage):
            touch("../x")
    with pytest.raises(Usage):
        store.set_progress("../x", [])
    assert (tmp_path / "config" / "x.toml").exists()


def test_names_lists_files_that_can_be_profiles(store, tmp_path):
    for name in ("beta", "Acme", ".hidden", "a b"):
        written(tmp_path, "", name)
    (tmp_path / "config" / "profiles" / "notes.txt").write_text("")
    assert store.names() == ("a b", "Acme", "beta")


def test_a_name_that_differs_only_in_case_is_refused(store):
    store.save(Profile("Acme"))
    with pytest.raises(Usage, match="already a set-up called Acme"):
        store.save(Profile("acme"))
    assert store.names() == ("Acme",)


def test_progress_is_kept_apart_and_goes_with_the_profile(store, tmp_path):
    store.save(Profile("acme"))
    store.set_progress("acme", ["connect", "check"])
    assert store.progress("acme") == {"connect", "check"}
    store.set_progress("acme", {"connect"})
    assert store.progress("acme") == {"connect"}
    assert store.load("acme") == Profile("acme")
    assert store.remove("acme") is True
    assert store.progress("acme") == frozenset()
    assert store.names() == ()


@pytest.mark.parametrize("text", ["", "{", "3", '{"a": 1}', "[1, null]"])
def test_damaged_progress_proves_nothing(store, tmp_path, text):
    store.set_progress("acme", ["connect"])
    (tmp_path / "data" / "progress" / "acme.json").write_text(text)
    assert store.progress("acme") == frozenset()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
def test_every_file_and_folder_is_private(store, tmp_path):
    before = os.umask(0)
    try:
        store.save(Profile("acme"))
        store.set_progress("acme", ["connect"])
    finally:
        os.umask(before)
    found = [p for p in tmp_path.rglob("*") if p != tmp_path]
    assert {p.name for p in found if p.is_file()} == {"acme.toml", "acme.json"}
    for path in found:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert json.loads((tmp_path / "data" / "progress" / "acme.json").read_text()) == ["connect"]
