"""A profile as TOML text: strict reading, and writing that leaves an admin's comments and order as they are.

The keys are the fields of `Profile`; its parts `policy` and `scim` are tables. The name is not in the text: it is the
file's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Profile
from alleo_onboard.locale import _

# Written even where they equal the default: the first says whose set-up this is, the second decides what "today" is.
_ALWAYS = frozenset({"client_id", "zone"})
_MOST_AT_ONCE = 64
_HEADER = "# One set-up of alleo-onboard. Secrets do not belong here: they are kept in the keyring.\n"


def parse(text: str, name: str, path: Path) -> Profile:
    """The profile that `text` describes. Raises Usage naming `path`, the line or key, and what is wrong."""
    import tomllib

    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(path, _("it is not TOML: {reason}").format(reason=error)) from error
    except RecursionError:
        raise _wrong(path, _("it is not TOML: {reason}").format(reason=_("nested too deeply"))) from None
    known = dict(_flat(Profile()))
    given: dict[str, dict[str, Any]] = {}
    for section, leaf, value in _leaves(document, known, path):
        key = f"{section}.{leaf}" if section else leaf
        given.setdefault(section, {})[leaf] = _checked(key, value, known[key], path)
    profile = replace(Profile(name=name), **given.pop("", {}))
    for section, values in given.items():
        profile = replace(profile, **{section: replace(getattr(profile, section), **values)})
    return profile


def render(text: str, profile: Profile) -> str:
    """`text`, or a new file where it is empty, changed as little as it takes to describe `profile`.

    A key that is there stays there, with its comment; one that is not is added only if its value is not the default.
    """
    import tomlkit

    document = tomlkit.parse(text or _HEADER)
    defaults = dict(_flat(Profile()))
    for key, value in _flat(profile):
        section, _dot, leaf = key.rpartition(".")
        table: MutableMapping[str, Any] | None = document.get(section) if section else document
        plain = str(value) if isinstance(value, StrEnum) else value
        if table is not None and leaf in table:
            if table[leaf] != plain:
                table[leaf] = plain
        elif value != defaults[key] or key in _ALWAYS:
            if table is None:
                document[section] = tomlkit.table()
                table = document[section]
            table[leaf] = plain
    return tomlkit.dumps(document)


def merged(base: Profile, mine: Profile, stored: Profile) -> Profile:
    """`stored` with every setting in which `mine` is not what `base` was."""
    before = dict(_flat(base))
    for key, value in _flat(mine):
        if value == before[key]:
            continue
        section, _dot, leaf = key.rpartition(".")
        if section:
            stored = replace(stored, **{section: replace(getattr(stored, section), **{leaf: value})})
        else:
            stored = replace(stored, **{leaf: value})
    return stored


def _flat(profile: Profile) -> Iterator[tuple[str, Any]]:
    """Every setting by its dotted key; keys without a dot first, as TOML wants them."""
    tables: list[tuple[str, Any]] = []
    for field in fields(profile):
        value = getattr(profile, field.name)
        if is_dataclass(value):
            tables += [(f"{field.name}.{inner.name}", getattr(value, inner.name)) for inner in fields(value)]
        elif field.name != "name":
            yield field.name, value
    yield from tables


def _leaves(document: Mapping[str, Any], known: Mapping[str, Any], path: Path) -> Iterator[tuple[str, str, Any]]:
    sections = {key.partition(".")[0] for key in known if "." in key}
    for name, value in document.items():
        if name not in sections:
            _refuse_unknown(name, known, path)
            yield "", name, value
        elif isinstance(value, dict):
            for leaf, inner in value.items():
                _refuse_unknown(f"{name}.{leaf}", known, path)
                yield name, leaf, inner
        else:
            raise _wrong(path, _("{key} must be a table: [{key}] on a line of its own").format(key=name))


def _refuse_unknown(key: str, known: Mapping[str, Any], path: Path) -> None:
    if key not in known:
        sentence = _("there is no setting called {key}. The settings are: {keys}")
        raise _wrong(path, sentence.format(key=key, keys=", ".join(known)))


def _checked(key: str, value: Any, default: Any, path: Path) -> Any:
    """`value` as the type of `default`; the order matters, for a StrEnum is a str and a bool an int."""
    if isinstance(default, StrEnum):
        choices = [str(choice) for choice in type(default)]
        if value not in choices:
            raise _wrong(path, _("{key} must be one of: {choices}").format(key=key, choices=", ".join(choices)))
        return type(default)(value)
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise _wrong(path, _("{key} must be true or false").format(key=key))
    elif isinstance(default, int):
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _MOST_AT_ONCE:
            sentence = _("{key} must be a whole number from 1 to {most}")
            raise _wrong(path, sentence.format(key=key, most=_MOST_AT_ONCE))
    elif not isinstance(value, str):
        raise _wrong(path, _("{key} must be text in quotes").format(key=key))
    elif key == "zone" and not _is_zone(value):
        raise _wrong(path, _("zone must be the name of a time zone, like Europe/Amsterdam"))
    return value


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not found, not a name at all, or the name of a folder of zones
        return False
    return True


def _wrong(path: Path, what: str) -> Usage:
    return Usage(_("The set-up in {path} cannot be used: {what}.").format(path=path, what=what))
