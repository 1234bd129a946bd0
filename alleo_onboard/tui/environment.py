"""What has to leave the environment before Textual is imported, because it reads it while it is imported."""

from __future__ import annotations

from collections.abc import MutableMapping

# Comfort that people set for themselves. Everything else called TEXTUAL... is for debugging: it writes keys typed,
# secrets among them, into files and sockets, takes pictures of the screen or loads code.
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
    """Drops Textual's debugging variables and says which there were. Call it before anything imports Textual."""
    dropped = tuple(name for name in environ if name.upper().startswith("TEXTUAL") and name.upper() not in KEPT)
    for name in dropped:
        del environ[name]
    return dropped
