"""Step 4: how people get into Alleo. The kinds of delivery describe their own settings and secrets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Button, Input

from alleo_onboard.domain.delivery import DeliveryKind, DeliveryReport, Runs, Setting
from alleo_onboard.domain.errors import HostKeyChanged, HostKeyUnknown
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import N_, _
from alleo_onboard.presentation.ask_alleo import message
from alleo_onboard.presentation.delivery import tested, two_ways
from alleo_onboard.presentation.form import from_variable, kept_type_to_replace, secret_withheld
from alleo_onboard.presentation.lines import warned
from alleo_onboard.presentation.pages.delivery import (
    asking_alleo,
    how_do_people_get_into,
    press_c_to_ask,
    what_a_delivery_is,
)
from alleo_onboard.presentation.pages.export import copied
from alleo_onboard.tui.screens.step import StepScreen
from alleo_onboard.tui.text import plain, toned
from alleo_onboard.tui.widgets.choice import Choice, Option
from alleo_onboard.tui.widgets.fields import Field, Row, SecretField
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.tui.widgets.ways import Ways
from alleo_onboard.usecases.preview.preview import sendable
from alleo_onboard.usecases.setups.fed import Fed, beside, fed
from alleo_onboard.usecases.setups.given import decides, gives_the_address, gives_the_secret, keeps, withheld
from alleo_onboard.usecases.sitting.delivery import only_for_now, save, try_delivery
from alleo_onboard.wizard.steps import Step


class DeliveryScreen(StepScreen):
    """Step 4: chooses a kind of delivery, asks for its settings and secrets, and tests it."""

    step = Step.DELIVERY
    CSS_PATH = "delivery.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "test", N_("Test the delivery")),
        Binding("c", "ask_alleo", N_("Copy a message to Alleo")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._picked = ""  # name of the kind whose form the user last chose
        self._fed: tuple[Fed, ...] = ()  # what kept people at Alleo up to date before any change on this page

    @property
    def chosen(self) -> DeliveryKind:
        """The kind whose form is shown."""
        own = self.sitting.setup.kind
        known = self.sitting.setups.kinds()
        return next((kind for kind in known if kind.name == self._picked), own or known[0])

    def compose_body(self) -> ComposeResult:
        yield Say(plain(how_do_people_get_into(), "bold"), id="ask")
        yield Ways(self.sitting.setups.kinds(), self.chosen.name)
        yield Say(id="beside")
        with Vertical(id="form"):
            yield from self._form(self.chosen)
        yield Say(id="result")
        yield Say(id="way-about", classes="tall-only muted")

    def _form(self, kind: DeliveryKind) -> ComposeResult:
        setup, demo = self.sitting.setup, self.sitting.setups.forgetful
        own = setup.profile.delivery
        choice = own if own.kind == kind.name else DeliveryChoice(kind.name)
        for setting in kind.settings:
            if setting.label:
                yield from self._row(kind, setting, choice)
        yield Say(id="withheld")
        for slot in kind.secrets:
            given = gives_the_secret(setup, kind, slot, choice) if gives_the_address(setup, kind) else ""
            shown = Say(from_variable(given, demo=demo)) if given else SecretField(id=f"secret-{slot.name}")
            yield Row(slot.label(choice), shown, id=f"row-secret-{slot.name}")
        yield Button(plain(_("Test the delivery")), id="test", action="screen.test", variant="primary", compact=True)

    def _row(self, kind: DeliveryKind, setting: Setting, choice: DeliveryChoice) -> ComposeResult:
        """Yields the row of a setting: a field, a choice, or the environment variable that sets it."""
        label = setting.label(choice) if setting.label else ""
        value, row = str(choice.get(setting.name, setting.default)), f"row-{setting.name}"
        if variable := decides(self.sitting.setup, kind, setting):
            demo = self.sitting.setups.forgetful
            yield Row(label, Say(from_variable(variable, "" if setting.choices else value, demo=demo)), id=row)
        elif setting.choices:
            options = tuple(Option(name, text) for name, text in setting.offered(value).items())
            yield Row(label, Choice(options, value, id=f"set-{setting.name}", across=True), id=row)
        else:
            placeholder = setting.placeholder() if setting.placeholder else ""
            yield Row(label, Field(value, id=f"set-{setting.name}", placeholder=placeholder), id=row)

    def help_text(self) -> Sequence[str]:
        return (what_a_delivery_is(), *self.chosen.help())

    def arrive(self) -> None:
        self._fed = fed(self.sitting.setup) if self.sitting.report is None else self._fed
        self._fit()
        self._show(self.sitting.report)
        if self.sitting.report is None:
            self.call_after_refresh(self._focus_first)

    def retell(self) -> None:
        report = self.sitting.report
        if report:
            self.sitting.tested(report, afresh=False)
        self._fit()
        self._show(report)

    def _focus_first(self) -> None:
        setup, kind = self.sitting.setup, self.chosen
        own = setup.profile.delivery
        if not own.kind:
            self.query_one(Ways).query(Choice).first().focus()
            return
        if own.kind == kind.name and not kind.missing(own, setup.delivery_secrets.keys()):
            self.query_one("#test").focus()  # fields that are empty are optional
            return
        fields = [field for field in self.query(Field) if not field.value and field.parent and field.parent.display]
        (fields[0] if fields else self.query_one("#test")).focus()

    @on(Ways.Changed)
    async def _other_kind(self) -> None:
        self._picked = self.query_one(Ways).chosen
        self._typed_something()
        form = self.query_one("#form", Vertical)
        with self.app.batch_update():
            await form.remove_children()
            await form.mount(*self._form(self.chosen))
        self._fit()
        self._show(self.sitting.report)

    @on(Choice.Changed, "#form Choice")
    @on(Input.Changed, "#form Field")
    def _fit(self) -> None:
        """Shows only the fields that apply to the current choices."""
        kind, typed = self.chosen, self._typed()
        choice = DeliveryChoice(kind.name).having(**typed)
        for setting in kind.settings:
            if setting.only_if and setting.label:
                name, values = setting.only_if
                self.query_one(f"#row-{setting.name}").display = typed.get(name, "") in values
            if setting.label:
                self.query_one(f"#row-{setting.name}", Row).name_it(setting.label(choice))
        for slot in kind.secrets:
            row = self.query_one(f"#row-secret-{slot.name}", Row)
            row.name_it(slot.label(choice))
            row.display = not slot.belongs_to or bool(typed.get(slot.belongs_to))
        self._tell_known(kind, choice)
        self.query_one("#beside", Say).say(toned(two_ways(beside(self._fed, kind))))
        self.query_one("#beside").display = bool(beside(self._fed, kind))

    def _tell_known(self, kind: DeliveryKind, choice: DeliveryChoice) -> None:
        """Tells in the empty field of a secret where it comes from, and above them which one is not used."""
        setup = self.sitting.setup
        for slot in kind.secrets:
            variable, kept = gives_the_secret(setup, kind, slot, choice), keeps(setup, kind, slot, choice)
            told = from_variable(variable, demo=False) if variable else kept_type_to_replace() if kept else ""
            for field in self.query(f"#secret-{slot.name}").results(SecretField):
                field.placeholder = told
        unused = withheld(setup, kind, choice)
        self.query_one("#withheld", Say).say(toned([warned(secret_withheld(*unused))]) if unused else "")
        self.query_one("#withheld").display = bool(unused)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if isinstance(event.input, SecretField):
            self.action_test()

    @on(Input.Changed)
    @on(Choice.Changed)
    def _typed_something(self) -> None:
        """Discards the last test result, because the settings it tested have changed."""
        if self.sitting.report is not None and any(field.has_focus for field in self.query("Field, Choice")):
            self._untested()

    def _untested(self) -> None:
        self.sitting.report = None
        self.sitting.keep(self.sitting.state.unsettle(self.step))
        self._show(None)

    def _as_typed(self) -> tuple[str, dict[str, str], list[str]]:
        """Returns the chosen kind, its settings, and what stands in the fields of its secrets."""
        return self.chosen.name, self._typed(), [field.value for field in self.query(SecretField)]

    def action_test(self) -> None:
        self.start(self._test, asking_alleo())

    async def _test(self) -> None:
        kind, form = self.chosen, self._as_typed()
        try:
            report = await try_delivery(self.sitting, kind.name, self._typed(), self._secrets(kind))
        except HostKeyUnknown as unknown:
            self._offer_keys(unknown)
            raise
        if form != self._as_typed():  # what was tested is no longer what stands here
            self._untested()
            return
        self.hold()
        self.set_focus(None)
        for slot in kind.secrets:
            for field in self.query(f"#secret-{slot.name}").results(SecretField):
                field.take()
        self._fit()
        try:
            await save(self.sitting)
        finally:  # shown last: whoever reads it may go on at once
            self._show(report)

    def field_of(self, name: str) -> Widget | None:
        fields = (*self.query(f"#set-{name}"), *self.query(f"#secret-{name}")) if name else ()
        return next((field for field in fields if field.focusable), None)

    def _offer_keys(self, unknown: HostKeyUnknown) -> None:
        """Fills in the keys of an SFTP server nobody has confirmed yet, to be compared and tested again.

        If the keys differ from confirmed ones, the user must type them.
        """
        if not isinstance(unknown, HostKeyChanged):
            for field in self.query("#set-host_keys").results(Field):
                field.value = ", ".join(unknown.keys)

    def _typed(self) -> dict[str, str]:
        """Returns every setting of the chosen kind that has a field, with its value in the form or in the set-up."""
        own = self.sitting.setup.profile.delivery
        kind = self.chosen
        typed = {s.name: str(own.get(s.name, s.default) if own.kind == kind.name else s.default) for s in kind.settings}
        for setting in kind.settings:
            for field in self.query(f"#set-{setting.name}"):
                if isinstance(field, Field):
                    typed[setting.name] = field.text
                elif isinstance(field, Choice):
                    typed[setting.name] = field.chosen
        return {name: value for name, value in typed.items() if name in {s.name for s in kind.settings if s.label}}

    def _secrets(self, kind: DeliveryKind) -> dict[str, Secret]:
        """Returns the secrets typed in the form."""
        secrets: dict[str, Secret] = {}
        for slot in kind.secrets:
            for field in self.query(f"#secret-{slot.name}").results(SecretField):
                if field.filled:
                    secrets[slot.name] = Secret(field.value)
        return secrets

    def _show(self, report: DeliveryReport | None) -> None:
        held, now = sendable(self.sitting.session.snapshot), only_for_now(self.sitting.setup)
        told = toned(tested(report, held, sitting=now)) if report else ""
        about = self.chosen.help()
        if not report and self._lacking:
            asked, about = press_c_to_ask(), about[1:]
            told = plain(" ".join((*self.chosen.help()[:1], asked)), "$quiet")
        self.query_one("#result", Say).say(told)
        self.query_one("#way-about", Say).say("\n".join(about))
        self.refresh_frame()

    @property
    def _lacking(self) -> bool:
        """True if the chosen kind needs secrets that only Alleo can give and that are missing."""
        kind, setup = self.chosen, self.sitting.setup
        own = setup.delivery_secrets if setup.profile.delivery.kind == kind.name else {}
        return kind.runs is Runs.CHANGES and any(slot.name not in own for slot in kind.secrets)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "ask_alleo":
            return self.sitting.report is None and self._lacking
        return super().check_action(action, parameters)

    def action_ask_alleo(self) -> None:
        """Copies the message that asks Alleo for the values, and shows it for terminals that cannot copy."""
        kind = self.chosen
        choice = DeliveryChoice(kind.name).having(**self._typed())
        values = [s.label(choice) for s in kind.settings if s.label and not s.choices and not s.only_if]
        values += [slot.label(choice) for slot in kind.secrets]
        text = message(self.sitting.setup.profile.name, kind.label(), values)
        self.app.copy_to_clipboard(text)
        self.query_one("#result", Say).say(f"{copied()}\n\n{text}")
