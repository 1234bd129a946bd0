"""Step 1: how to create the credential, fields for it, and the result of the first sign-in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.geometry import Size
from textual.widgets import Button, Input

from alleo_onboard.domain import errors
from alleo_onboard.domain.credential import looks_secret, may_be_id, split
from alleo_onboard.domain.profile import Remember
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import N_, _
from alleo_onboard.presentation.form import from_variable, kept_type_to_replace, value_said
from alleo_onboard.presentation.hidden import moved
from alleo_onboard.presentation.pages.connect import (
    client_secret_for_this_sitting,
    client_secret_kept_in,
    drawn_help,
    for_another_credential,
    kept_for_this_sitting,
    looking_for_a_keyring,
    no_keyring,
    remembered_in,
    saved_when_going_on,
    signing_in_to_personio,
)
from alleo_onboard.tui.screens.step import TALL, StepScreen
from alleo_onboard.tui.text import plain, toned
from alleo_onboard.tui.widgets.choice import Choice, Option
from alleo_onboard.tui.widgets.fields import Field, Row, SecretField
from alleo_onboard.tui.widgets.recipe import Recipe
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.tui.widgets.way import Way
from alleo_onboard.usecases.setups import entered as forms
from alleo_onboard.usecases.setups.resolve import Setup
from alleo_onboard.usecases.sitting import credential
from alleo_onboard.wizard.steps import Step

if TYPE_CHECKING:
    from alleo_onboard.usecases.preview.session import Welcome

_BESIDE = 130  # columns from which form and recipe are side by side
_ID, _SECRET = credential.PERSONIO_ID, forms.PERSONIO_SECRET


class ConnectScreen(StepScreen):
    """Step 1: asks for the credential, signs in, and names the set-up."""

    step = Step.CONNECT
    CSS_PATH = "connect.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "validate", N_("Validate")),
        Binding("v", "older", N_("Older menu")),
        Binding("a", "change", N_("Another credential")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._keyring = ""  # name of this machine's keyring

    def compose_body(self) -> ComposeResult:
        given = self.sitting.setup.from_environment
        yield Say(id="last")
        with Container(id="connect"):
            yield Recipe()
            with Vertical(id="side"):
                yield Say(id="side-title", classes="title")
                with Vertical(id="form"):
                    if _ID in given:
                        yield Row(_("Client id"), Say(self._given(_ID)))
                    else:
                        known = self.sitting.setup.profile.client_id
                        yield Row(_("Client id"), Field(known, id="client-id", placeholder="papi-…", shows=may_be_id))
                    if _SECRET in given:
                        yield Row(_("Client secret"), Say(self._given(_SECRET)))
                    else:
                        hint = kept_type_to_replace() if self.sitting.setup.client_secret else ""
                        yield Row(_("Client secret"), SecretField(id="secret", placeholder=hint))
                        remember = Choice(_options(_("keyring")), Remember.SESSION, id="remember")
                        yield Row(_("Remember it"), remember, id="remember-row")
                        yield Say(looking_for_a_keyring(), id="no-keyring", classes="muted")
                    yield Button(
                        plain(_("Validate")), id="validate", action="screen.validate", variant="primary", compact=True
                    )
                with Vertical(id="result"):
                    yield Say(id="headline")
                    yield Say(id="details")
                    yield Say(id="kept", classes="muted")
                    yield Row(_("Set-up name"), Field(id="name", moves_on=False), id="name-row")
                    yield Say(saved_when_going_on(), id="name-told", classes="muted")
                    yield Button(plain(_("Another credential")), id="change", action="screen.change", compact=True)
        yield Way()

    def _given(self, variable: str) -> str:
        """Returns where a value comes from that cannot be typed."""
        return from_variable(variable, demo=self.sitting.setups.forgetful)

    def help_text(self) -> Sequence[str]:
        return drawn_help()

    def on_resize(self, event: events.Resize) -> None:
        self._fit_recipe(event.size)

    def _fit_recipe(self, size: Size) -> None:
        """Shows the recipe beside the form; if there is no room, above it and only until the first sign-in."""
        wide, recipe = size.width >= _BESIDE, self.query_one(Recipe)
        self.set_class(wide, "-beside")
        recipe.display = wide or self.sitting.welcome is None
        recipe.fit(roomy=wide and size.height >= TALL)
        self.refresh_bindings()

    def arrive(self) -> None:
        self._show(self.sitting.welcome)
        self.call_after_refresh(self._look_around)
        if self.sitting.welcome is None:
            self.call_after_refresh(self._focus_first)

    def retell(self) -> None:
        found = self.sitting.welcome
        if found:
            self.sitting.signed_in(found, afresh=False)
        self._show(found)
        self.call_after_refresh(self._look_around)

    def _look_around(self) -> None:
        """Starts what loads many modules, after the page is drawn."""
        if self.query("#remember"):
            self.run_worker(self._look_for_keyring(), group="keyring", exit_on_error=False)
        self.run_worker(self._tell_last_time(), group="last", exit_on_error=False)

    async def _tell_last_time(self) -> None:
        from alleo_onboard.presentation.last_run import last_time
        from alleo_onboard.usecases.support.last_run import last_run

        told, look = last_time(await asyncio.to_thread(last_run, self.sitting.setup))
        line = self.query_one("#last", Say)
        line.display = bool(told)
        line.say(plain(f"! {told}" if look else told, "$warning" if look else "$quiet"))

    def _focus_first(self) -> None:
        """Goes to the first field that waits for something: not to that of a kept secret."""
        empty = next((one for one in self.query("#form Field").results(Field) if not one.value), None)
        waits = empty and not (isinstance(empty, SecretField) and self.sitting.setup.has_credential)
        self.query_one(f"#{empty.id}" if empty and waits else "#validate").focus()

    async def _look_for_keyring(self) -> None:
        # In a thread: a keyring may open a window of the desktop and wait.
        keyring = await asyncio.to_thread(self.sitting.setups.keyring)
        self._keyring = keyring.name
        wished = self.sitting.setup.profile.remember is Remember.KEYRING
        choice = self.query_one("#remember", Choice)
        choice.offer(_options(keyring.name))
        choice.choose(Remember.KEYRING if keyring.usable and wished else Remember.SESSION)
        self.query_one("#remember-row").display = keyring.usable
        self.query_one("#no-keyring").display = not keyring.usable
        self.query_one("#no-keyring", Say).say(no_keyring(keyring.why))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "validate":
            return self.sitting.welcome is None
        if action == "change":
            return self.sitting.welcome is not None and credential.changeable(self.sitting)
        if action == "older":
            return all(recipe.display for recipe in self.query(Recipe))
        return super().check_action(action, parameters)

    def action_older(self) -> None:
        self.query_one(Recipe).toggle()

    def action_validate(self) -> None:
        self.start(self._validate, signing_in_to_personio())

    def failed(self, trouble: errors.Trouble) -> None:
        super().failed(trouble)
        # The message takes room from the form, whose last line is needed now.
        self.call_after_refresh(self.query_one("#validate").scroll_visible, animate=False)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if event.input.id == "name":
            self.start(self._keep, must_end=True)
        elif isinstance(event.input, SecretField):
            self.action_validate()
        elif looks_secret(event.value):
            self._put_right(event.input)

    def _put_right(self, field: Input) -> None:
        """Moves a secret that was typed into the id's field into its own field, if that is empty."""
        if not any(other.filled for other in self.query(SecretField)):
            typed, field.value = field.value, ""
            self.takes_paste(typed, field)
            self.set_focus(field)

    def takes_paste(self, text: str, field: Input | None) -> bool:
        """Puts a pasted id and secret into their fields. Returns False if the text has neither."""
        client_id, secret = split(text)
        fields = {"client-id": client_id, "secret": secret}
        found = [(name, text) for name, text in fields.items() if text and self.query(f"#{name}")]
        if not found or self.sitting.welcome is not None:
            return False
        for name, value in found:
            self.query_one(f"#{name}", Field).value = value
        self.trouble("")
        landed = [name for name, _value in found]
        at_home = field is not None and landed == [field.id]
        self.status("" if at_home else moved(*landed))
        if len(found) > 1 or field is None:
            self._focus_first()
        return True

    async def _validate(self) -> None:
        found = await credential.sign_in(self.sitting, self._typed(self.sitting.setup))
        for field in self.query(SecretField):
            field.take()
        if credential.asks_name(self.sitting):
            self.query_one("#name", Field).value = await credential.proposed_name(self.sitting, found)
        else:
            self.hold()
            self.trouble(await credential.save(self.sitting))
        self._show(found)
        self.set_focus(None)

    async def _keep(self) -> None:
        """Saves the set-up under the typed name. Raises Usage for an invalid or taken name."""
        self.trouble(await credential.save_as(self.sitting, self.query_one("#name", Field).text))
        self.set_focus(None)
        self._show(self.sitting.welcome)

    def before_leaving(self, then: Callable[[], None]) -> bool:
        if self.sitting.welcome is None or not credential.asks_name(self.sitting):
            return True

        async def kept() -> None:
            await self._keep()
            self.call_later(then)

        self.start(kept, must_end=True)
        return False

    def _typed(self, setup: Setup) -> forms.Credential:
        ids, secrets = self.query("#client-id").results(Field), self.query(SecretField)
        client_id = next((field.text for field in ids), setup.profile.client_id)
        secret = next((Secret(field.value) for field in secrets if field.filled), None)
        remember = setup.profile.remember if setup.saved else Remember.SESSION
        if self.query("#remember"):
            remember = Remember(self.query_one("#remember", Choice).chosen)
        return forms.Credential(setup.profile.name, client_id, secret, remember)

    def action_change(self) -> None:
        self.sitting.welcome = None
        self._show(None)
        for field in self.query(SecretField):
            field.placeholder = kept_for_this_sitting()
            field.focus()

    def _show(self, found: Welcome | None) -> None:
        self._fit_recipe(self.app.size)
        title = _("Here: paste it") if found is None else _("What the credential shows")
        self.query_one("#side-title", Say).say(plain(title, "bold"))
        self.query_one(Recipe).tick(found.source.readable if found else None)
        self.query_one("#form").display = found is None
        self.query_one("#result").display = found is not None
        self.query_one("#change").display = credential.changeable(self.sitting)
        for named in self.query("#name-row, #name-told"):
            named.display = credential.asks_name(self.sitting)
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
        setup = self.sitting.setup
        if _SECRET in setup.from_environment:
            text, fixed = value_said(_("Client secret"), self._given(_SECRET)), not credential.changeable(self.sitting)
            tells = fixed and not self.sitting.setups.forgetful
            return f"{text} {for_another_credential(_ID, _SECRET)}" if tells else text
        if setup.profile.remember is Remember.KEYRING:
            return client_secret_kept_in(keyring=self._keyring or _("the keyring"))
        return client_secret_for_this_sitting()


def _options(keyring: str) -> tuple[Option, ...]:
    """Returns the options for where to store the secret."""
    return Option(Remember.KEYRING, remembered_in(keyring)), Option(Remember.SESSION, _("for this sitting only"))
