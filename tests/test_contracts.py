"""The import contracts of pyproject.toml hold, and each of them can fail: every forbidden import is tried."""

from __future__ import annotations

import copy
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import combinations, permutations, product
from pathlib import Path
from typing import Any

import grimp
import pytest
from importlinter.configuration import configure
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract

ROOT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
CONTRACTS = {contract["name"]: contract for contract in SETTINGS["contracts"]}
KINDS = {"forbidden": ForbiddenContract, "independence": IndependenceContract, "layers": LayersContract}
SESSION = {**SETTINGS, "root_packages": [SETTINGS["root_package"]]}
CHEAT = "cheating"

configure()
by_name = pytest.mark.parametrize("name", CONTRACTS)


def cheats(contract: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yields every (importer, imported) pair that the contract forbids."""
    kind = contract["type"]
    if kind == "forbidden":
        yield from product(contract["source_modules"], contract["forbidden_modules"])
    elif kind == "independence":
        yield from permutations(contract["modules"], 2)
    else:
        floors = [[room.strip() for room in floor.split("|")] for floor in contract["layers"]]
        for upper, lower in combinations(floors, 2):
            yield from product(lower, upper)
        for floor in floors:
            yield from permutations(floor, 2)


@cache
def package() -> grimp.ImportGraph:
    return grimp.build_graph(SETTINGS["root_package"], include_external_packages=True, cache_dir=None)


def kept(contract: dict[str, Any], graph: grimp.ImportGraph) -> bool:
    options = {key: str(value) if isinstance(value, bool) else value for key, value in contract.items()}
    judge = KINDS[contract["type"]](contract["name"], SESSION, copy.deepcopy(options))
    return bool(judge.check(graph, verbose=False).kept)


@by_name
def test_each_contract_holds(name):
    assert kept(CONTRACTS[name], copy.deepcopy(package()))


@by_name
def test_no_forbidden_import_would_pass(name):
    passed = []
    for importer, imported in cheats(CONTRACTS[name]):
        graph = copy.deepcopy(package())
        graph.add_module(f"{importer}.{CHEAT}")
        # a library that nothing imports; a name that does not exist would forbid nothing
        if imported not in graph.modules:
            assert find_spec(imported), imported
            graph.add_module(imported, is_squashed=True)
        graph.add_import(importer=f"{importer}.{CHEAT}", imported=imported)
        if kept(CONTRACTS[name], graph):
            passed.append(f"{importer} -> {imported}")
    assert passed == []


def test_a_cheating_file_in_a_copy_of_the_package_breaks_every_contract(tmp_path):
    """Tests the command itself on files, wherever in a file the import is written."""
    shutil.copytree(ROOT / "alleo_onboard", tmp_path / "alleo_onboard", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for number, contract in enumerate(CONTRACTS.values()):
        importer, imported = next(cheats(contract))
        room = tmp_path.joinpath(*importer.split("."))
        file = room / f"{CHEAT}{number}.py" if room.is_dir() else room.with_suffix(".py")
        with file.open("a", encoding="utf-8") as open_file:
            open_file.write(f"\n\ndef cheat():\n    import {imported}\n")
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout[-3000:]
    lines = " ".join(done.stdout.split())
    assert [name for name in CONTRACTS if f"{name} BROKEN" not in lines] == []


def test_every_room_has_its_place_in_the_one_way_flow():
    layers = next(contract["layers"] for contract in CONTRACTS.values() if contract["type"] == "layers")
    placed = {room.strip() for floor in layers for room in floor.split("|")}
    rooms = {f"alleo_onboard.{path.parent.name}" for path in (ROOT / "alleo_onboard").glob("*/__init__.py")}
    assert rooms <= placed
