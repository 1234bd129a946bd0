"""Step 1: the credential. How to make it, where to put it, and what the first sign-in with it showed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.geometry import Size
from textual.widgets import Button, Input

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Remember
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.tui.screens.step import TALL, WIDE, StepScreen
from alleo_onboard.tui.text import plain, toned
from alleo_onboard.tui.widgets.choice import Choice, Option
from alleo_onboard.tui.widgets.fields import Field, Row, SecretField
from alleo_onboard.tui.widgets.recipe import Recipe
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.usecases.setups import entered as forms
from alleo_onboard.usecases.setups.resolve import Setup
from alleo_onboard.wizard.steps import Step

if TYPE_CHECKING:
    from alleo_onboard.usecases.preview.session import Welcome

_ID, _SECRET = "PERSONIO_CLIENT_ID", forms.PERSONIO_SECRET


class ConnectScreen(StepScreen):
    step = Step.CONNECT
    CSS_PATH = "connect.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "validate", _("Validate")),
        Binding("o", "older", _("Older menu")),
        Binding("a", "change", _("Another credential")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._keyring = ""  # what the keyring of this machine is called

    def compose_body(self) -> ComposeResult:
        given = self.onboard.setup.from_environment
        yield Say(id="last")
        with Container(id="connect"):
            yield Recipe()
            with Vertical(id="side"):
                yield Say(id="side-title", classes="title")
                with Vertical(id="form"):
                    yield Row(_("Set-up name"), Field(self.onboard.setup.profile.name, id="name"))
                    if _ID in given:
                        yield Row(_("Client id"), Say(_("from {variable}").format(variable=_ID)))
                    else:
                        yield Row(_("Client id"), Field(self.onboard.setup.profile.client_id, id="client-id"))
                    if _SECRET in given:
                        yield Row(_("Client secret"), Say(_("from {variable}").format(variable=_SECRET)))
                    else:
                        yield Row(_("Client secret"), SecretField(id="secret"))
                        remember = Choice(_options(_("keyring")), Remember.SESSION, id="remember")
                        yield Row(_("Remember it"), remember, id="remember-row")
                        yield Say(_("Looking for a keyring …"), id="no-keyring", classes="muted")
                    yield Button(
                        plain(_("Validate")), id="validate", action="screen.validate", variant="primary", compact=True
                    )
                with Vertical(id="result"):
                    yield Say(id="headline")
                    yield Say(id="details")
                    yield Say(id="kept", classes="muted")
                    yield Button(plain(_("Change the credential")), id="change", action="screen.change", compact=True)

    def help_text(self) -> Sequence[str]:
        return (
            _(
                "A credential lets alleo-onboard read employees from Personio. "
                "It is made once, by a Personio administrator."
            ),
            _("Validate signs in and counts people; nobody is read yet and nothing is changed anywhere."),
            _("The client secret is never shown and cannot be copied out of its field."),
        )

    def on_resize(self, event: events.Resize) -> None:
        self._fit_recipe(event.size)

    def _fit_recipe(self, size: Size) -> None:
        """Beside the form the recipe stays in sight; above it, it makes room once it has been followed."""
        wide, recipe = size.width >= WIDE, self.query_one(Recipe)
        recipe.display = wide or self.onboard.welcome is None
        recipe.fit(roomy=wide and size.height >= TALL)
        self.refresh_bindings()

    def arrive(self) -> None:
        self._show(self.onboard.welcome)
        self.call_after_refresh(self._look_around)
        if self.onboard.welcome is None:
            self.call_after_refresh(self._focus_first)

    def _look_around(self) -> None:
        """Begins what loads a good deal, and so waits until the page is there."""
        if self.query("#remember"):
            self.run_worker(self._look_for_keyring(), group="keyring", exit_on_error=False)
        self.run_worker(self._tell_last_time(), group="last", exit_on_error=False)

    async def _tell_last_time(self) -> None:
        from alleo_onboard.presentation.last_run import last_time
        from alleo_onboard.usecases.support.last_run import last_run

        told, look = last_time(await asyncio.to_thread(last_run, self.onboard.setup))
        line = self.query_one("#last", Say)
        line.display = bool(told)
        line.say(plain(f"! {told}" if look else told, "$warning" if look else "$quiet"))

    def _focus_first(self) -> None:
        empty = next((field for field in self.query(Field) if not field.value), None)
        start = self.query_one("#name", Field) if not self.onboard.setup.saved else empty
        if not self.query("#secret") and not self.query("#client-id"):
            start = None
        (start or self.query_one("#validate")).focus()

    async def _look_for_keyring(self) -> None:
        # Whatever asks a keyring may wait for a window of the desktop, so it never does on the event loop.
        keyring = await asyncio.to_thread(self.onboard.setups.keyring)
        self._keyring = keyring.name
        wished = self.onboard.setup.profile.remember is Remember.KEYRING
        choice = self.query_one("#remember", Choice)
        choice.offer(_options(keyring.name))
        choice.choose(Remember.KEYRING if keyring.usable and wished else Remember.SESSION)
        self.query_one("#remember-row").display = keyring.usable
        self.query_one("#no-keyring").display = not keyring.usable
        why = _("{why} The secret is kept for this sitting only.")
        self.query_one("#no-keyring", Say).say(why.format(why=keyring.why))

    # Validate

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("validate", "change"):
            return (self.onboard.welcome is None) is (action == "validate")
        if action == "older":
            return all(recipe.display for recipe in self.query(Recipe))
        return super().check_action(action, parameters)

    def action_older(self) -> None:
        self.query_one(Recipe).toggle()

    def action_validate(self) -> None:
        self.start(self._validate, _("Signing in to Personio …"))

    def trouble(self, text: str) -> None:
        super().trouble(text)
        if text:  # takes room away from the form, whose last line is needed most then
            self.call_after_refresh(self.query_one("#validate").scroll_visible, animate=False)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if isinstance(event.input, SecretField):
            self.action_validate()
        else:
            self.focus_next()

    async def _validate(self) -> None:
        app = self.onboard
        before = app.setup
        after = forms.with_credential(before, self._typed(before), app.setups.names())
        await app.session.aclose()
        app.use(after)
        try:
            found = await app.session.welcome()
        except BaseException:
            app.use(before)
            await app.session.aclose()
            raise
        for field in self.query(SecretField):
            field.take()
        app.welcome = found
        app.preview = app.session.snapshot = None
        app.settle(self.step, _note(found), needs_you=found.people is None)
        await self._save()
        self._show(found)
        self.set_focus(None)

    def _typed(self, setup: Setup) -> forms.Credential:
        ids, secrets = self.query("#client-id").results(Field), self.query(SecretField)
        client_id = next((field.text for field in ids), setup.profile.client_id)
        secret = next((Secret(field.value) for field in secrets if field.filled), None)
        remember = setup.profile.remember if setup.saved else Remember.SESSION
        if self.query("#remember"):
            remember = Remember(self.query_one("#remember", Choice).chosen)
        return forms.Credential(self.query_one("#name", Field).text, client_id, secret, remember)

    async def _save(self) -> None:
        """Without a keyring that works the set-up is still saved, for this sitting's secrets only."""
        app = self.onboard
        try:
            await asyncio.to_thread(app.setups.save, app.setup)
        except Usage as trouble:
            if app.setup.profile.remember is not Remember.KEYRING:
                raise
            self.trouble(str(trouble))
            app.use(replace(app.setup, profile=replace(app.setup.profile, remember=Remember.SESSION)))
            await asyncio.to_thread(app.setups.save, app.setup)
        app.saved()

    def action_change(self) -> None:
        self.onboard.welcome = None
        self._show(None)
        for field in self.query(SecretField):
            field.placeholder = _("kept for this sitting; type to replace it")
        self._focus_first()

    def _show(self, found: Welcome | None) -> None:
        self._fit_recipe(self.app.size)
        title = _("Here: paste it") if found is None else _("What the credential shows")
        self.query_one("#side-title", Say).say(plain(title, "bold"))
        self.query_one(Recipe).tick(found.source.readable if found else None)
        self.query_one("#form").display = found is None
        self.query_one("#result").display = found is not None
        if found:
            from alleo_onboard.presentation.connect import details, headline

            well = found.people is not None
            self.query_one("#headline", Say).say(
                plain(f"{'✓' if well else '!'} {headline(found)}", "bold $success" if well else "bold $warning")
            )
            self.query_one("#details", Say).say(toned(details(found)))
            self.query_one("#kept", Say).say(self._where_kept())
        self.refresh_frame()

    def _where_kept(self) -> str:
        setup = self.onboard.setup
        if _SECRET in setup.from_environment:
            return _("Client secret: from {variable}.").format(variable=_SECRET)
        if setup.profile.remember is Remember.KEYRING:
            return _("Client secret: kept in {keyring}.").format(keyring=self._keyring or _("the keyring"))
        return _("Client secret: kept for this sitting, written down nowhere.")


def _note(found: Welcome) -> str:
    return _("signed in") if found.people is not None else _("no right to read people")


def _options(keyring: str) -> tuple[Option, ...]:
    """Where to remember the secret."""
    return Option(Remember.KEYRING, _("in {keyring}").format(keyring=keyring)), Option(
        Remember.SESSION, _("for this sitting only")
    )
