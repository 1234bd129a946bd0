"""Reads settings of a delivery from the environment variables named in `Setting.variable`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from alleo_onboard.domain.delivery import Setting


def given(settings: Iterable[Setting], environ: Mapping[str, str]) -> dict[str, str]:
    """Returns the values in `environ`, by setting name. Empty variables give nothing."""
    return {s.name: value for s in settings if s.variable and (value := environ.get(s.variable, "").strip())}


def named(settings: Iterable[Setting], variable: str) -> tuple[str, ...]:
    """Returns the name of the setting that `variable` gives, or ()."""
    return tuple(s.name for s in settings if variable and s.variable == variable)
