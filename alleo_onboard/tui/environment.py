"""Removes Textual's debugging variables from the environment. Textual reads them at import."""

from __future__ import annotations

from collections.abc import MutableMapping

# Variables that users set for comfort. All other TEXTUAL… variables are for debugging: they write keys typed, secrets
# included, to files and sockets, take screenshots or load code.
KEPT = frozenset(
    {
        "TEXTUAL_ANIMATIONS",
        "TEXTUAL_COLOR_SYSTEM",
        "TEXTUAL_DIM_FACTOR",
        "TEXTUAL_DISABLE_KITTY_KEY",
        "TEXTUAL_FPS",
        "TEXTUAL_SMOOTH_SCROLL",
    }
)


def scrub(environ: MutableMapping[str, str]) -> tuple[str, ...]:
    """Removes Textual's debugging variables from `environ` and returns their names.

    Call it before anything imports Textual.
    """
    dropped = tuple(name for name in environ if name.upper().startswith("TEXTUAL") and name.upper() not in KEPT)
    for name in dropped:
        del environ[name]
    return dropped
