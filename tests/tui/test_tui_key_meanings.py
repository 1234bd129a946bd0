"""A key means one thing in the whole wizard: the table says what, and every page keeps to it."""

import inspect
import pkgutil
from importlib import import_module

from textual.binding import Binding
from textual.screen import Screen

from alleo_onboard.tui import screens

# Key to its one meaning, with the actions that have it.
MEANINGS = {
    "question_mark": ("help", {"help", "dismiss"}),
    "f1": ("help", {"help", "dismiss"}),
    "h": ("the history", {"history"}),
    "d": ("the daily run", {"daily"}),
    "L": ("another language", {"app.language"}),
    "x": ("hides names", {"app.hide_names"}),
    "q": ("leaves; closes what lies over the page", {"app.quit", "dismiss"}),
    "b": ("back", {"back", "close"}),
    "escape": ("back", {"escape", "close", "to_list", "dismiss", "answer(False)", "leave_field"}),
    "n": ("on; in a question, no", {"next", "answer(False)"}),
    "r": ("reads again", {"look", "recheck", "again"}),
    "slash": ("the field one looks for something with", {"search", "another"}),
    "f": ("narrows", {"detail"}),
    "e": ("saves as a file", {"export", "save"}),
    "c": ("copies a text", {"copy", "ask_alleo"}),
    "equals_sign": ("compares with Alleo's file", {"compare"}),
    "g": ("begins what the page is for", {"start_run", "start_undo", "send", "run", "take"}),
    "p": ("stops what is under way", {"stop_run", "stop_undo"}),
    "t": ("tries, and writes nothing", {"validate", "test", "retry"}),
    "v": ("shows what is behind it", {"older", "see", "written"}),
    "u": ("takes back", {"undo", "withdraw", "remove"}),
    "m": ("it was done elsewhere", {"uploaded", "activate"}),
    "w": ("with, or without", {"go_with", "go_without", "names"}),
    "y": ("yes", {"yes", "everyone", "answer(True)"}),
    "z": ("they have it already", {"have_it"}),
    "k": ("the passphrase", {"reveal"}),
    "o": ("opens as Alleo, with made-up people", {"open_it"}),
    "a": ("another credential", {"change"}),
    "i": ("installs", {"install"}),
    "space": ("further down", {"scroll_told(1)"}),
    "backspace": ("further up", {"scroll_told(-1)"}),
    "enter": ("what has the focus", {"dismiss"}),
    "left": ("to the one before", {"app.focus_next"}),
    "right": ("to the one after", {"app.focus_next"}),
    **{
        str(n): ("chooses what bears the number", {f"group({n - 1})", "recipe('alleo')", "recipe('budgets')"})
        for n in range(1, 10)
    },
}


def pages():
    """Every screen of the wizard."""
    found = set()
    for module in pkgutil.iter_modules(screens.__path__):
        for _name, page in inspect.getmembers(import_module(f"{screens.__name__}.{module.name}"), inspect.isclass):
            if issubclass(page, Screen) and page.__module__.startswith(screens.__name__):
                found.add(page)
    return found


def test_a_key_means_the_same_on_every_page():
    other = []
    for page in pages():
        for binding in (one for given in page.__dict__.get("BINDINGS", ()) for one in Binding.make_bindings([given])):
            _meaning, actions = MEANINGS.get(binding.key, ("", set()))
            if binding.action not in actions:
                other.append((page.__name__, binding.key, binding.action))
    assert not other, other


def test_an_action_has_one_letter():
    """What does the same is not reached by another letter elsewhere."""
    letters = {}
    for key, (_meaning, actions) in MEANINGS.items():
        for action in actions - {"dismiss", "answer(False)", "app.focus_next"}:
            if len(key) == 1 and key.isalpha():
                letters.setdefault(action, set()).add(key)
    assert {action: keys for action, keys in letters.items() if len(keys) > 1} == {}
