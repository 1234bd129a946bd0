"""Calls of 1Password's `op` follow its documentation, and its errors become sentences."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from alleo_onboard.alleo.handover.onepassword import OnePassword
from alleo_onboard.domain.errors import AnswerLost, HandoverRefused, Usage
from alleo_onboard.domain.handover import Lifetime
from alleo_onboard.domain.letter import Letter
from alleo_onboard.domain.secret import Secret

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
LETTER = Letter("papi-id", Secret("papi-canary-secret"))
WEEK = Lifetime(7 * 86_400)


class Op:
    """A stand-in for `op` in its own PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        program = folder / "bin" / "op"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!{sys.executable}\n" + Path(__file__).with_name("fake_op.py").read_text())
        program.chmod(0o700)
        self.env = {**os.environ, "PATH": str(program.parent), "FAKE_OP": str(folder)}

    def play(self, *names: str) -> None:
        for name in names:
            (self.folder / name).touch()

    def calls(self) -> list[dict]:
        return [json.loads(line) for line in (self.folder / "calls").read_text().splitlines()]

    def client(self, **more) -> OnePassword:
        return OnePassword(environ=self.env, **more)


@pytest.fixture
def op(tmp_path: Path) -> Op:
    return Op(tmp_path)


async def test_an_item_and_a_link(op):
    shared = await op.client(vault="Alleo", emails=("cs@alleo.example",)).share(LETTER, "Personio for Alleo", WEEK)
    assert (shared.link.reveal(), shared.item, shared.once) == (
        "https://share.1password.com/s#canary-link",
        "item-1",
        True,
    )
    assert (shared.expires - shared.sent).days == 7
    version, whoami, create, share = op.calls()
    assert [call["words"][0] for call in (version, whoami)] == ["--version", "whoami"]
    assert create["words"] == ["item", "create", "--vault", "Alleo", "--format", "json", "-"]
    fields = {f["label"]: f["value"] for f in json.loads(create["stdin"])["fields"]}
    assert fields == {"Client ID": "papi-id", "Client secret": "papi-canary-secret"}
    wanted = ["--vault", "vault-1", "--expires-in", "7d", "--emails", "cs@alleo.example", "--view-once"]
    assert share["words"] == ["item", "share", "item-1", *wanted]


async def test_the_secret_is_in_no_argument_and_every_other_call_has_no_input(op):
    await op.client().share(LETTER, "Personio for Alleo", WEEK)
    for call in op.calls():
        assert "canary-secret" not in " ".join(call["words"])
        assert bool(call["stdin"]) == (call["words"][:2] == ["item", "create"])


async def test_without_view_once_where_it_is_refused(op):
    op.play("no_view_once")
    shared = await op.client(emails=("cs@alleo.example",)).share(LETTER, "Personio for Alleo", WEEK)
    assert not shared.once


@pytest.mark.parametrize(
    ("plays", "trouble", "words"),
    [
        (["version1"], Usage, "version 2"),
        (["signed_out"], HandoverRefused, "op signin"),
        (["dismissed"], HandoverRefused, "confirmation"),
        (["policy"], HandoverRefused, "policy"),
        (["policy", "undeletable"], HandoverRefused, "was left in the vault"),
        (["garbled"], AnswerLost, "delete it"),
    ],
)
async def test_refusals(op, plays, trouble, words):
    op.play(*plays)
    with pytest.raises(trouble, match=words) as caught:
        await op.client().share(LETTER, "Personio for Alleo", WEEK)
    assert "canary" not in str(caught.value)
    assert (op.folder / "item").exists() == ("undeletable" in plays)


async def test_a_prompt_that_nobody_answers(op):
    op.play("hangs")
    with pytest.raises(AnswerLost, match="did not answer"):
        await op.client(seconds=1.5).share(LETTER, "Personio for Alleo", WEEK)


async def test_a_connect_server_cannot_make_links(op):
    op.env["OP_CONNECT_HOST"] = "http://connect"
    with pytest.raises(Usage, match="OP_CONNECT_HOST"):
        await op.client().share(LETTER, "Personio for Alleo", WEEK)


async def test_it_is_not_installed(tmp_path):
    with pytest.raises(Usage, match="was not found"):
        await OnePassword(environ={"PATH": str(tmp_path)}).share(LETTER, "Personio for Alleo", WEEK)
