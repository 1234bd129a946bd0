"""Contrast of the report's colours, light and dark (WCAG 2.2: 4.5:1 for text, 3:1 for bars)."""

from __future__ import annotations

import pytest

from alleo_onboard.presentation.palette import DARK, LIGHT


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["background", "surface"])
@pytest.mark.parametrize(
    ("colour", "least"),
    [
        ("foreground", 4.5),
        ("quiet", 4.5),
        ("success", 4.5),
        ("warning", 4.5),
        ("error", 4.5),
        ("primary", 3),
        ("secondary", 3),
    ],
)
def test_it_stands_out(palette, ground, colour, least):
    assert contrast(getattr(palette, colour), getattr(palette, ground)) >= least
