"""Structure: the one-way flow, quick commands, and documents that match the code."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
import yaml

from alleo_onboard import __version__

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "alleo_onboard"
README = (ROOT / "README.md").read_text(encoding="utf-8")
LATER = ("alleo_onboard.domain.eligibility", "alleo_onboard.domain.planning", "alleo_onboard.alleo.scim.kind")
HEAVY = ("textual", "httpx", "httpcore", "keyring", "rich", "msgspec", "asyncio", "sqlite3", *LATER)
# Each is small, but takes a tenth or more of the start of a bare Python.
SMALL = (
    "typing",
    "locale",
    "alleo_onboard.store.keyrings",
    "alleo_onboard.domain.attributes",
    "alleo_onboard.domain.text",
)
SMALLER = ("contextlib", "dataclasses", "pathlib", "threading")


def modules_after(*words: str) -> set[str]:
    """Returns the modules that are loaded when a command has ended."""
    code = (
        "import sys; from alleo_onboard.cli.main import run\n"
        "try: run(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "sys.stderr.write('\\nLOADED ' + ' '.join(sys.modules))"
    )
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PERSONIO_", "ALLEO_"))}
    env["ALLEO_ONBOARD_HOME"] = str(ROOT / "nowhere")
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        check=True,
        env=env,
        stdin=subprocess.DEVNULL,
    )
    return set(done.stderr.rsplit("LOADED ", 1)[1].split())


@pytest.mark.parametrize(
    "words", [("--version",), ("--help",), ("check", "--json"), ("sync", "--help"), ("demo", "--help")]
)
def test_quick_answers_load_nothing_heavy(words):
    loaded = modules_after(*words)
    assert "alleo_onboard.cli.main" in loaded
    assert not loaded & set(HEAVY)
    assert words[0] == "demo" or not loaded & set(SMALL)  # which lists what the sandbox can play
    assert words[0] in ("check", "demo") or not loaded & set(SMALLER)


def test_the_start_page_is_painted_before_use_cases_are_loaded(tmp_path):
    code = """
import asyncio, os, sys
from alleo_onboard.tui.app import OnboardApp
from alleo_onboard.usecases.setups.resolve import Setups

async def painted():
    setups = Setups(os.environ)
    async with OnboardApp(setups, setups.find(), from_start=True, offers_demo=True).run_test() as pilot:
        await pilot.pause()
        assert pilot.app.screen.query_one("#setups").option_count == 3
        print(*sys.modules)

asyncio.run(painted())
"""
    env = {**os.environ, "ALLEO_ONBOARD_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    loaded = set(done.stdout.split())
    assert "alleo_onboard.tui.screens.start" in loaded
    assert not loaded & {*HEAVY, "http.client"} - {"textual", "rich", "asyncio"}
    assert not [
        name for name in loaded if name.startswith(("alleo_onboard.usecases.preview", "alleo_onboard.personio"))
    ]


def test_no_file_of_the_product_is_over_300_lines():
    long = {_module(file): len(file.read_text(encoding="utf-8").splitlines()) for file in PACKAGE.rglob("*.py")}
    assert {name: lines for name, lines in long.items() if lines > 300} == {}


def test_nothing_is_imported_in_a_circle():
    """Counts imports at the top of a file, inside functions, and under TYPE_CHECKING."""
    files = {_module(file): file for file in PACKAGE.rglob("*.py")}
    imports = {name: _imported(file, set(files)) - {name} for name, file in files.items()}
    assert imports["alleo_onboard.tui.app"] >= {"alleo_onboard.tui.screens.history", "alleo_onboard.tui.pages"}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as found:
        pytest.fail(" -> ".join(found.args[1]))


def _module(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _imported(file: Path, known: set[str]) -> set[str]:
    """Returns the modules of the package that a file imports anywhere, or names in a string to import later."""
    named: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            named.add(node.value)
    return named & known


def test_a_check_never_loads_textual():
    code = "import sys, alleo_onboard.cli.commands.check, alleo_onboard.usecases.preview.session; print('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_readme_tells_every_exit_code():
    from alleo_onboard.cli.exit_codes import Exit

    for code in Exit:
        assert re.search(rf"\| {code.value} \|", README), code


def test_the_readme_tells_every_variable():
    from alleo_onboard.usecases.setups.resolve import variables

    for name in (*variables(), "ALLEO_ONBOARD_HOME"):
        assert f"`{name}`" in README


def test_the_readme_tells_every_command():
    done = subprocess.run([sys.executable, "-m", "alleo_onboard", "--help"], capture_output=True, text=True, check=True)
    commands = re.findall(r"^    (\w+) ", done.stdout, flags=re.MULTILINE)
    assert "check" in commands
    for command in commands:
        assert f"`{command}" in README or f"alleo-onboard {command}" in README, command


def test_every_picture_of_the_readme_is_there():
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (ROOT / picture).is_file(), picture


def documents() -> str:
    names = ("CONTRIBUTING.md", "docs/architecture.md")
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)


def test_every_place_that_the_documents_name_is_there():
    words = re.findall(r"`((?:[\w.-]+/)+[\w.]*)`", documents())
    assert len(words) > 40
    missing = [word for word in words if not any((ROOT / room / word).exists() for room in ("", "alleo_onboard"))]
    assert missing == []


def test_every_room_and_every_import_contract_is_explained():
    told = documents()
    for room in (ROOT / "alleo_onboard").glob("*/__init__.py"):
        assert f"`{room.parent.name}/`" in told
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]:
        assert f"| {contract['name']} |" in told


def test_the_changelog_tells_this_version():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "\n## [Unreleased]\n" in changelog
    assert f"\n## [{__version__}] - " in changelog


def test_hooks_download_nothing():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in hooks["repos"]] == ["local"]
    assert {hook["language"] for hook in hooks["repos"][0]["hooks"]} == {"system"}


def test_a_sentence_that_stands_in_two_faces_is_one_function():
    """Text in two interfaces, or in an interface and in presentation, must be one function in presentation."""
    rooms: dict[str, set[str]] = {}
    for room in ("cli", "tui", "plain", "report", "presentation"):
        for file in (ROOT / "alleo_onboard" / room).rglob("*.py"):
            for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("_", "ngettext"):
                    for word in call.args:
                        if (
                            isinstance(word, ast.Constant)
                            and isinstance(word.value, str)
                            and len(word.value.split()) > 2
                        ):
                            rooms.setdefault(word.value, set()).add(room)
    assert [sentence for sentence, where in rooms.items() if len(where) > 1] == []


FACES = ("cli", "tui", "plain", "report")
GETTEXT = ("_", "N_", "ngettext", "pgettext")
SENTENCE = re.compile(r"\{|[.?!:…]$|(\S+ ){5}\S")  # has a placeholder, ends like a sentence, or has six words
# Exception: argparse shows the help and the errors of options, so their texts stay beside the option.
OF_THE_PARSER = re.compile(r"cli/(options|parser\w*)\.py")
OPTION = re.compile(r"(^|\W)--\w")  # errors about options that only the command line has stay beside them
SHOWS = {"Say", "Text", "Static", "Label", "Button", "Content", "Option", "Row", "Field", "SystemCommand", "plain", "say",
    "tell", "attend", "trouble", "status", "page", "text", "yes", "hidden", "busy", "start", "out", "put", "write", "print",
    "heading", "table", "ask", "ask_hidden", "notify", "add_column", "Ask"}  # fmt: skip
# Not translated: names of commands, addresses, and keys of choices and settings.
UNSAID = re.compile(r"alleo-onboard|^export |https?://|systemd|^[a-z_-]+$")


def in_faces():
    """Yields path and syntax tree of each file of the interfaces (cli, tui, plain, report)."""
    for face in FACES:
        for file in sorted((ROOT / "alleo_onboard" / face).rglob("*.py")):
            yield file.relative_to(ROOT / "alleo_onboard").as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def calls(tree: ast.AST, names) -> list[ast.Call]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in found if getattr(call.func, "id", getattr(call.func, "attr", "")) in names]


def strings(tree: ast.AST) -> list[str]:
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_faces_word_no_sentence_of_their_own():
    worded = []
    for name, tree in in_faces():
        refusals = [call for node in ast.walk(tree) if isinstance(node, ast.Raise) for call in calls(node, GETTEXT)]
        for call in [] if OF_THE_PARSER.fullmatch(name) else calls(tree, GETTEXT):
            for text in strings(call)[call.func.id == "pgettext" :]:
                beside = name.startswith("cli/") and call in refusals and OPTION.search(text)
                if SENTENCE.search(text) and not beside:
                    worded.append(f"{name}:{call.lineno} {text}")
    assert not worded, "\n".join(worded)


def literals(node: ast.AST) -> list[str]:
    """Returns the literal text in an expression, without arguments of calls in it."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    inner = {
        ast.JoinedStr: ("values",),
        ast.BinOp: ("left", "right"),
        ast.BoolOp: ("values",),
        ast.IfExp: ("body", "orelse"),
        ast.Tuple: ("elts",),
        ast.List: ("elts",),
        ast.Starred: ("value",),
    }
    parts = [getattr(node, name) for name in inner.get(type(node), ())]
    return [text for part in parts for one in (part if isinstance(part, list) else [part]) for text in literals(one)]


def test_nothing_that_faces_show_goes_past_the_catalogues():
    unsaid = [
        f"{name}:{call.lineno} {text}"
        for name, tree in in_faces()
        for call in calls(tree, SHOWS)
        for text in (text for shown in call.args[:1] for text in literals(shown))
        if re.search("[A-Za-z]{3}", UNSAID.sub("", text))
    ]
    assert not unsaid, "\n".join(unsaid)
