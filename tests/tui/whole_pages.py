"""Finds what is cut off on the page that is shown, without a way to the rest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from rich.cells import cell_len
from textual.app import App
from textual.containers import ScrollableContainer
from textual.css.query import NoMatches
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList

from alleo_onboard.tui.screens.side import SideScreen
from alleo_onboard.tui.screens.step import StepScreen
from alleo_onboard.tui.widgets.key_bar import KeyBar
from alleo_onboard.tui.widgets.people_table import PeopleTable
from alleo_onboard.tui.widgets.person_card import PersonCard
from alleo_onboard.tui.widgets.rail import Rail
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.tui.widgets.told import Scrolled

# Lists whose cells may be shortened: what is chosen in them is told whole beside or below. The rail's notes stand on
# the step's own page. A field scrolls.
_SHORTENS = (PeopleTable, OptionList, Rail, Input)
_EVERYWHERE = ("help", "dismiss")


def faults(app: App) -> Iterator[str]:
    """Yields what is wrong with the screen that is shown, a sentence each."""
    screen, text = app.screen, drawn(app)
    yield from _buttons(app, text)
    yield from _out_of_reach(app)
    yield from _shortened(app, text)
    yield from _bar(app)
    yield from _at_scrollbars(app)
    yield from _scrolled_by_no_key(app)
    yield from _fields(app)
    top = text.splitlines()[0]
    if isinstance(screen, SideScreen) and screen.heading() not in top:
        yield f"the title {screen.heading()!r} is cut"
    if isinstance(screen, StepScreen) and not any(f" {n}/5" in text for n in range(1, 6)) and "│ ▸ " not in text:
        yield "the current step is not in sight"


def drawn(app: App) -> str:
    """Returns the text on the screen."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def kept(app: App) -> str:
    """Returns the text on the screen; of a sheet above a page the sheet alone, because the page may be drawn later."""
    if not app.screen.is_modal:
        return drawn(app)
    whole = app.screen.region
    parts = [one.region for one in app.screen.query("*") if one.region and one.region.area < whole.area]
    region = Region.from_union(parts).intersection(whole)
    lines = app.screen._compositor.render_strips()[region.y : region.bottom]
    return "\n".join(strip.crop(region.x, region.right).text.rstrip() for strip in lines)


def _shown(app: App, kind: type[Widget]) -> list[Widget]:
    return [one for one in app.screen.query(kind) if one.is_on_screen and one.region and _displayed(one)]


def _seen(app: App, widget: Widget) -> Region:
    return app.screen.find_widget(widget).visible_region


def _displayed(widget: Widget) -> bool:
    return all(getattr(one, "display", True) for one in widget.ancestors_with_self)


def _buttons(app: App, text: str) -> Iterator[str]:
    shown = _shown(app, Button)
    for button in shown:
        if app.screen.find_widget(button).visible_region == button.region and str(button.label) not in text:
            yield f"the label of {button!r} is cut"
    for one, other in combinations(shown, 2):
        if _seen(app, one).overlaps(_seen(app, other)):
            yield f"{one!r} and {other!r} overlap"


def _out_of_reach(app: App) -> Iterator[str]:
    """Yields widgets that are partly outside of what is shown, where nothing scrolls to the rest."""
    for widget in app.screen.query("*"):
        if widget.children or not _displayed(widget) or not widget.region or isinstance(widget.parent, PersonCard):
            continue
        try:
            placed = app.screen.find_widget(widget)
        except NoMatches:
            yield f"{widget!r} is not on the page"
            continue
        if placed.visible_region != placed.region and not any(map(_scrolls, widget.ancestors)):
            yield f"{widget!r} is cut: {placed.region} in {placed.clip}"
        if isinstance(widget, Say) and _lines_needed(widget) > widget.content_size.height:
            yield f"the last lines of {widget!r} are cut"
        if isinstance(widget, Say) and widget.styles.text_wrap == "nowrap":
            told = str(widget.render()).splitlines()
            if any(len(line.rstrip()) > widget.content_size.width for line in told):
                yield f"a line of {widget!r} is cut"


def _lines_needed(widget: Widget) -> int:
    return widget.get_content_height(widget.content_size, widget.app.size, widget.content_size.width)


def _scrolls(widget: object) -> bool:
    """Returns True if the widget can be scrolled to what is outside, and shows a scrollbar."""
    if not isinstance(widget, Widget):
        return False
    return (widget.show_vertical_scrollbar and widget.max_scroll_y > 0) or isinstance(widget, ScrollableContainer)


def _shortened(app: App, text: str) -> Iterator[str]:
    """Yields words that were shortened with an ellipsis where nothing tells them whole."""
    for y, line in enumerate(text.splitlines()):
        at = line.find("…")
        if at < 0:
            continue
        widget = app.screen.get_widget_at(at, y)[0]
        if not isinstance(widget, _SHORTENS) and not (isinstance(widget, Say) and "…" in str(widget.render())):
            yield f"shortened: {line.strip()}"


def _bar(app: App) -> Iterator[str]:
    """Yields keys that stand neither in the bar nor behind the help."""
    for bar in app.screen.query(KeyBar):
        reached = {key for _start, _end, key in bar._hits}
        if any(end > bar.content_size.width for _start, end, _key in bar._hits):
            yield "a key of the bar is cut"
        if not reached & {"question_mark", "f1"} and bar._shown:
            yield "the bar does not lead to the help"
        shown = [app.get_key_display(binding) for binding in bar._shown]
        if isinstance(app.focused, Input) and (
            taken := [key for key in shown if len(key) == 1 and key.isascii() and key != "?"]
        ):
            yield f"the bar offers {taken}, which the field takes as text"


def _at_scrollbars(app: App) -> Iterator[str]:
    """Yields texts that end right at a scrollbar: it looks like their last letter. A list needs each column."""
    for bar in app.screen.query("*"):
        if not bar.show_vertical_scrollbar or not _displayed(bar) or isinstance(bar, OptionList):
            continue
        region = bar.vertical_scrollbar.region
        lines = app.screen._compositor.render_strips()[region.y : region.bottom]
        beside = [strip.crop(region.x - 1, region.x).text for strip in lines]
        if any(not one.isspace() for one in beside):
            yield f"text touches the scrollbar of {bar!r}"


def _scrolled_by_no_key(app: App) -> Iterator[str]:
    """Yields what scrolls on a page, but by no key that the bar or the help names."""
    for one in app.screen.query("*"):
        by_key = isinstance(one, (Scrolled, PersonCard)) or one.has_focus or isinstance(one, (OptionList, PeopleTable))
        if one.show_vertical_scrollbar and one.max_scroll_y and _displayed(one) and not (by_key or app.screen.is_modal):
            yield f"no key scrolls {one!r}"


def _fields(app: App) -> Iterator[str]:
    """Yields empty fields that say only half of what belongs into them."""
    for field in _shown(app, Input):
        if not field.value and cell_len(str(field.placeholder)) > field.content_size.width:
            yield f"the placeholder of {field!r} is cut"
