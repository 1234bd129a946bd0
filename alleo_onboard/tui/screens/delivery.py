"""Step 4: the way into Alleo. SCIM is open; the others have their place here."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input

from alleo_onboard.domain.delivery import DeliveryReport
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Remember, ScimSettings, SignIn
from alleo_onboard.domain.secret import Secret
from alleo_onboard.domain.wanted import CORE_FIELDS, EXTRA_FIELDS
from alleo_onboard.locale import _
from alleo_onboard.presentation.labels import field_label
from alleo_onboard.tui.screens.step import StepScreen
from alleo_onboard.tui.text import lines, plain
from alleo_onboard.tui.widgets.choice import Choice, Option
from alleo_onboard.tui.widgets.fields import Field, Row, SecretField
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.usecases.preview.preview import test_delivery
from alleo_onboard.usecases.preview.session import Snapshot
from alleo_onboard.usecases.setups import entered as forms
from alleo_onboard.usecases.setups.resolve import Setup
from alleo_onboard.wizard.steps import Step

_URL, _TOKEN_URL, _CLIENT = "ALLEO_SCIM_URL", "ALLEO_TOKEN_URL", "ALLEO_CLIENT_ID"
_TOKEN = forms.ALLEO_SECRETS[0]


class DeliveryScreen(StepScreen):
    step = Step.DELIVERY
    CSS_PATH = "delivery.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "test", _("Test the delivery")),
    ]

    def compose_body(self) -> ComposeResult:
        scim = self.onboard.setup.profile.scim
        yield Say(plain(_("How do people get into Alleo?"), "bold"), id="ask")
        yield Choice(_deliveries(), "scim", id="deliveries")
        with Vertical(id="form"):
            if _URL in self.onboard.setup.from_environment:
                yield Row(_("SCIM address"), Say(_("from {variable}: {url}").format(variable=_URL, url=scim.url)))
            else:
                yield Row(_("SCIM address"), Field(scim.url, id="url", placeholder="https://"))
            yield from self._sign_in(scim)
            yield Button(
                plain(_("Test the delivery")), id="test", action="screen.test", variant="primary", compact=True
            )
        yield Say(id="result")

    def _sign_in(self, scim: ScimSettings) -> ComposeResult:
        """What the environment gives is only named; what it leaves open can still be filled in."""
        given, secret = self.onboard.setup.from_environment, _given(self.onboard.setup)
        if secret == _TOKEN:
            yield Row(_("Sign-in"), Say(_("from {variable}").format(variable=secret)))
            return
        open_kinds = _sign_ins()[1:] if secret else _sign_ins()
        if _TOKEN_URL in given and secret:
            open_kinds = open_kinds[:1]
        yield Row(_("Sign-in"), Choice(open_kinds, scim.sign_in, id="sign-in", across=True))
        token_url = Field(scim.token_url, id="token-url", placeholder=_("https://   (confirm with Alleo)"))
        yield Row(_("Token address"), _told_or(token_url, _TOKEN_URL, given), id="row-token")
        yield Row(_("Client id"), _told_or(Field(scim.client_id, id="client-id"), _CLIENT, given), id="row-client")
        yield Row(_("Secret"), _told_or(SecretField(id="secret"), secret, given), id="row-secret")

    def help_text(self) -> Sequence[str]:
        return (
            _(
                "A delivery is a documented way into Alleo. "
                "Customer Success at Alleo gives you the SCIM address and its secret."
            ),
            _("Testing signs in and asks what the delivery can carry. Nothing is written."),
        )

    def arrive(self) -> None:
        self._fit()
        self._show(self.onboard.report)
        if self.onboard.report is None:
            self.call_after_refresh(self._focus_first)

    def _focus_first(self) -> None:
        fields = [field for field in self.query(Field) if not field.value and field.parent and field.parent.display]
        (fields[0] if fields else self.query_one("#test")).focus()

    @on(Choice.Changed, "#sign-in")
    def _fit(self) -> None:
        """Only the fields that apply to the chosen kind of sign-in."""
        for choice in self.query("#sign-in").results(Choice):
            kind = SignIn(choice.chosen)
            self.query_one("#row-token").display = kind is SignIn.OAUTH2
            self.query_one("#row-client").display = kind is not SignIn.BEARER
            names = {SignIn.BEARER: _("Token"), SignIn.OAUTH2: _("Client secret"), SignIn.BASIC: _("Password")}
            self.query_one("#row-secret", Row).name_it(names[kind])
            self.query_one("#row-client", Row).name_it(_("User name") if kind is SignIn.BASIC else _("Client id"))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if isinstance(event.input, SecretField):
            self.action_test()
        else:
            self.focus_next()

    @on(Input.Changed)
    @on(Choice.Changed)
    def _typed_something(self) -> None:
        """What the last test showed is about what was there before."""
        if self.onboard.report is not None and any(field.has_focus for field in self.query("Field, Choice")):
            self.onboard.report = None
            self.onboard.keep(self.onboard.state.unsettle(self.step))
            self._show(None)

    def action_test(self) -> None:
        self.start(self._test, _("Asking Alleo …"))

    async def _test(self) -> None:
        app = self.onboard
        before = app.setup
        app.use(forms.with_delivery(before, self._typed(before)))
        await app.session.close_delivery()
        try:
            report = await test_delivery(app.session)
        except BaseException:
            app.use(before)
            await app.session.close_delivery()
            raise
        self.set_focus(None)
        for field in self.query(SecretField):
            field.take()
            field.placeholder = _("kept; type to replace it")
        app.report, app.preview = report, None
        app.settle(self.step, _("SCIM, tested"))
        self._show(report)
        await self._save()

    async def _save(self) -> None:
        app = self.onboard
        try:
            await asyncio.to_thread(app.setups.save, app.setup)
        except Usage as trouble:
            self.trouble(str(trouble))
            return
        app.saved()

    def _typed(self, setup: Setup) -> forms.Address:
        scim = setup.profile.scim
        sign_in = next((SignIn(choice.chosen) for choice in self.query("#sign-in").results(Choice)), scim.sign_in)
        secret = next((Secret(field.value) for field in self.query(SecretField) if field.filled), None)
        if _given(setup):
            secret = setup.scim_secret
        return forms.Address(
            self._text("url", scim.url),
            sign_in,
            self._text("token-url", scim.token_url),
            self._text("client-id", scim.client_id),
            secret,
        )

    def _text(self, field: str, otherwise: str) -> str:
        return next((found.text for found in self.query(f"#{field}").results(Field)), otherwise)

    def _show(self, report: DeliveryReport | None) -> None:
        app = self.onboard
        sitting = app.setup.profile.remember is Remember.SESSION and not _given(app.setup)
        told = _told(report, _held(app.session.snapshot), sitting=sitting) if report else ""
        self.query_one("#result", Say).say(told)
        self.refresh_frame()


def _told_or(field: Field, variable: str, given: Collection[str]) -> Widget:
    """The field, or where its content comes from when that is the environment."""
    return Say(_("from {variable}").format(variable=variable)) if variable in given else field


def _given(setup: Setup) -> str:
    """The variable that gives the secret, or nothing."""
    return next((name for name in forms.ALLEO_SECRETS if name in setup.from_environment), "")


def _told(report: DeliveryReport, held: frozenset[str], *, sitting: bool) -> Content:
    """What the delivery said. `held` are the fields there is something to send for."""
    extras = sorted((held | report.carries) - set(CORE_FIELDS) - set(EXTRA_FIELDS))
    fields = [*CORE_FIELDS, *EXTRA_FIELDS, *extras]
    carried = [field_label(name) for name in fields if name in report.carries]
    lost = [field_label(name) for name in fields if name in held - report.carries]
    told = [plain(_("✓ Alleo lets us in at {address}.").format(address=report.address), "bold $success")]
    told.append(plain(_("✓ It can carry: {fields}.").format(fields=", ".join(carried))))
    if lost:
        told.append(
            plain(_("! It cannot carry: {fields}. Nothing of that is sent.").format(fields=", ".join(lost)), "$warning")
        )
    if report.unknown:
        text = _(
            "! The server does not describe itself, so only the basics are sent. Confirm with Alleo what it can hold."
        )
        told.append(plain(text, "$warning"))
    if sitting:
        told.append(plain(_("Its secret is kept for this sitting only."), "$quiet"))
    return lines(told)


def _held(snapshot: Snapshot | None) -> frozenset[str]:
    """The fields Personio has something for; before anything was read, all that every customer has."""
    if snapshot is None:
        return frozenset((*CORE_FIELDS, *EXTRA_FIELDS))
    source = snapshot.readiness.source
    named = frozenset((*CORE_FIELDS, "birthday")) & source.readable
    hired = {"work_anniversary"} if "hire_date" in source.readable else set()
    return named | hired | {field.name for field in source.budget_fields}


def _deliveries() -> tuple[Option, ...]:
    coming = _("coming in a later version")
    return (
        Option("scim", _("SCIM 2.0"), _("accounts are created and changed directly")),
        Option("csv", _("CSV file for pickup"), coming, open=False),
        Option("portal", _("File for the Alleo portal"), coming, open=False),
        Option("share", _("Hand over the credential to Alleo"), coming, open=False),
    )


def _sign_ins() -> tuple[Option, ...]:
    return (
        Option(SignIn.BEARER, _("token")),
        Option(SignIn.OAUTH2, _("OAuth2 client")),
        Option(SignIn.BASIC, _("user and password")),
    )
