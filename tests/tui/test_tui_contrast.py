"""Contrast of text and fields: every theme, with all colour systems, and with none."""

import pytest
from rich.color import Color, ColorSystem
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from textual.color import Color as Shade

from alleo_onboard.tui import themes

TEXTS = ("foreground", "primary", "success", "warning", "error", "quiet", "footer-key-foreground")
GROUNDS = ("background", "surface", "panel")
SYSTEMS = {"truecolor": ColorSystem.TRUECOLOR, "256": ColorSystem.EIGHT_BIT, "standard": ColorSystem.STANDARD}


def colour(theme, name):
    return getattr(theme, name, None) or theme.variables[name]


def seen(text, system):
    return tuple(Color.parse(text).downgrade(SYSTEMS[system]).get_truecolor(DEFAULT_TERMINAL_THEME))


def luminance(rgb):
    parts = [c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    """Returns the contrast ratio as defined in WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("which", [0, 1], ids=["dark", "light"])
def test_text_and_boxes_stand_out(system, which):
    theme = themes.pair(system)[which]
    for ground in GROUNDS:
        below = seen(colour(theme, ground), system)
        for name in TEXTS:
            assert contrast(seen(colour(theme, name), system), below) >= 4.5, (name, ground)
    for edge in ("quiet", "primary"):  # around a field, and around the focused one
        assert contrast(seen(colour(theme, edge), system), seen(colour(theme, "background"), system)) >= 3


@pytest.mark.parametrize("theme", [themes.DARK, themes.LIGHT], ids=lambda theme: theme.name)
def test_without_colour_grey_is_enough(theme):
    def grey(name):
        return Shade.parse(colour(theme, name)).monochrome.rgb

    for ground in GROUNDS:
        for name in TEXTS:
            assert contrast(grey(name), grey(ground)) >= 4, (name, ground)


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_is_chosen_stands_out_from_the_rest(system):
    """The background shows it as well, if the terminal has enough colours."""
    for theme in themes.pair(system):
        assert seen(colour(theme, "panel"), system) != seen(colour(theme, "background"), system)
