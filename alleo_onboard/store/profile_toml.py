"""A profile as TOML text: strict reading, and writing that keeps comments and order.

The keys are the fields of `Profile`; its parts `policy`, `alarm` and `delivery` are tables. The keys of `[delivery]`
besides `kind` are checked by the delivery (alleo/registry.py). The name is the file's name, not in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from pathlib import Path

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Alarm, AlarmOn, DeliveryChoice, Profile
from alleo_onboard.domain.settings import WrongSettingError, checked
from alleo_onboard.locale import _
from alleo_onboard.locale.terms import setting_wanted

TYPE_CHECKING = False  # a copy of typing's constant; importing typing would slow down quick commands
if TYPE_CHECKING:
    from typing import Any

# Written even when they equal the default: the first identifies the credential, the second defines "today".
_ALWAYS = frozenset({"client_id", "zone"})
_DELIVERY = "delivery"
_FORMER = "scim"  # name of the table in older profiles
_FORMER_HEADER = re.compile(r"(?m)^(\s*)\[\s*scim\s*\]")
_HEADER = "# One set-up of alleo-onboard. Secrets do not belong here: they are kept in the keyring.\n"


def parse(text: str, name: str, path: Path) -> Profile:
    """Returns the profile that `text` describes.

    Raises Usage with `path`, the line or key, and what is wrong.
    """
    import tomllib

    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(path, _("it is not TOML: {reason}").format(reason=error)) from error
    except RecursionError:
        raise _wrong(path, _("it is not TOML: {reason}").format(reason=_("nested too deeply"))) from None
    document = {**document}
    choice = _choice(document, path)
    known = dict(_flat(Profile()))
    given: dict[str, dict[str, Any]] = {}
    for section, leaf, value in _leaves(document, known, path):
        key = f"{section}.{leaf}" if section else leaf
        given.setdefault(section, {})[leaf] = _checked(key, value, known[key], path)
    profile = replace(Profile(name=name, delivery=choice), **given.pop("", {}))
    for section, values in given.items():
        profile = replace(profile, **{section: replace(getattr(profile, section), **values)})
    return profile


def _choice(document: dict[str, Any], path: Path) -> DeliveryChoice:
    """Removes the delivery from the document and returns it. Raises Usage."""
    former = document.pop(_FORMER, None)
    table = document.pop(_DELIVERY, None)
    if table is None and former is not None:
        table = {"kind": _FORMER, **former} if isinstance(former, dict) else former
    if table is None:
        return DeliveryChoice()
    if not isinstance(table, dict):
        raise _wrong(path, _("{key} must be a table: [{key}] on a line of its own").format(key=_DELIVERY))
    values = {**table}
    kind = values.pop("kind", "")
    for name, value in (("kind", kind), *values.items()):
        if not isinstance(value, str | int | bool):
            raise _wrong(path, setting_wanted(f"{_DELIVERY}.{name}", "text"))
    return DeliveryChoice(str(kind)).having(**values)


def render(text: str, profile: Profile) -> str:
    """Returns `text`, or a new file when it is empty, with the fewest changes needed to describe `profile`.

    Existing keys keep their place and comment. A missing key is added only if its value is not the default.
    """
    import tomlkit

    document = tomlkit.parse(_FORMER_HEADER.sub(rf"\1[{_DELIVERY}]", text or _HEADER))
    if _FORMER in document:  # written as an inline table or with dotted keys
        document[_DELIVERY] = tomlkit.item(dict(document.pop(_FORMER)))
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
    _put_delivery(document, profile.delivery)
    return tomlkit.dumps(document)


def alarm_in(text: str) -> Alarm:
    """Returns the alarm settings in `text`, even when it is not valid TOML. Invalid settings are left out."""
    import tomllib

    try:
        table: Any = tomllib.loads(text).get("alarm")
    except (tomllib.TOMLDecodeError, RecursionError):
        table = _line_by_line(text)
    given = table if isinstance(table, dict) else {}
    values = {f.name: given[f.name] for f in fields(Alarm) if isinstance(given.get(f.name), str)}
    on = values.pop("on", "")
    return Alarm(**values, on=AlarmOn(on) if on in set(AlarmOn) else AlarmOn.ATTENTION)


def _line_by_line(text: str) -> dict[str, Any]:
    """Returns the alarm settings of text that is not TOML, reading each line by itself."""
    import tomllib

    found: dict[str, Any] = {}
    inside = False
    for line in text.splitlines():
        if line.lstrip().startswith("["):
            inside = line.strip().strip("[] ").startswith("alarm")
        elif inside or line.lstrip().startswith("alarm."):
            try:
                found |= tomllib.loads(line.strip().removeprefix("alarm."))
            except (tomllib.TOMLDecodeError, RecursionError):
                continue
    return found


def merged(base: Profile, mine: Profile, stored: Profile) -> Profile:
    """Returns `stored` with every setting in which `mine` differs from `base`."""
    before = dict(_flat(base))
    stored = replace(stored, delivery=_merged_delivery(base.delivery, mine.delivery, stored.delivery))
    for key, value in _flat(mine):
        if value == before[key]:
            continue
        section, _dot, leaf = key.rpartition(".")
        if section:
            stored = replace(stored, **{section: replace(getattr(stored, section), **{leaf: value})})
        else:
            stored = replace(stored, **{leaf: value})
    return stored


def _merged_delivery(base: DeliveryChoice, mine: DeliveryChoice, stored: DeliveryChoice) -> DeliveryChoice:
    """Returns the merged delivery: another kind replaces the whole, the same kind only the changed settings."""
    if mine == base:
        return stored
    if not mine.kind == base.kind == stored.kind:
        return mine
    was = dict(base.values)
    values = dict(stored.values) | {name: value for name, value in mine.values if was.get(name) != value}
    gone = was.keys() - dict(mine.values).keys()
    return replace(stored, values=tuple(sorted((n, v) for n, v in values.items() if n not in gone)))


def _put_delivery(document: MutableMapping[str, Any], choice: DeliveryChoice) -> None:
    """Writes the delivery. Existing settings keep place and comment; settings that are not set any more are removed."""
    import tomlkit

    wanted = {"kind": choice.kind, **dict(choice.values)} if choice.kind else {}
    table = document.get(_DELIVERY)
    if table is None:
        if not wanted:
            return
        document[_DELIVERY] = table = tomlkit.table()
    for leaf in [leaf for leaf in table if leaf not in wanted]:
        if dict(choice.values).get(leaf) != table[leaf]:
            del table[leaf]
    for leaf, value in wanted.items():
        if leaf not in table or table[leaf] != value or type(table[leaf]) is bool:
            table[leaf] = value


def _flat(profile: Profile) -> Iterator[tuple[str, Any]]:
    """Yields every setting with its dotted key, those without a dot first, as TOML requires."""
    tables: list[tuple[str, Any]] = []
    for field in fields(profile):
        value = getattr(profile, field.name)
        if isinstance(value, DeliveryChoice):
            continue
        if is_dataclass(value):
            tables += [(f"{field.name}.{inner.name}", getattr(value, inner.name)) for inner in fields(value)]
        elif field.name != "name":
            yield field.name, value
    yield from tables


def _leaves(document: Mapping[str, Any], known: Mapping[str, Any], path: Path) -> Iterator[tuple[str, str, Any]]:
    """Yields every setting in the document as (section, key, value). Raises Usage for unknown keys."""
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
    """Raises Usage when there is no such setting."""
    if key not in known:
        sentence = _("there is no setting called {key}. The settings are: {keys}")
        raise _wrong(path, sentence.format(key=key, keys=", ".join(known)))


def _checked(key: str, value: Any, default: Any, path: Path) -> Any:
    """Returns the checked value. Raises Usage."""
    try:
        found = checked(key, value, default)
    except WrongSettingError as error:
        raise _wrong(path, setting_wanted(error.key, error.wanted)) from None
    if key == "zone" and not _is_zone(found):
        raise _wrong(path, _("zone must be the name of a time zone, like Europe/Amsterdam"))
    return found


def _is_zone(name: str) -> bool:
    """Returns whether a name is an IANA time zone."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not found, not a valid name, or a folder of zones
        return False
    return True


def _wrong(path: Path, what: str) -> Usage:
    """Returns the error for a profile that cannot be used."""
    return Usage(_("The set-up in {path} cannot be used: {what}.").format(path=path, what=what))
