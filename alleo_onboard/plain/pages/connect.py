"""Step 1: the credential. How to make it, where to type it, and the result of the first sign-in."""

from __future__ import annotations

from collections.abc import Coroutine

from alleo_onboard.domain.credential import is_id, looks_secret, split
from alleo_onboard.domain.profile import Remember
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.plain.conversation import Conversation
from alleo_onboard.plain.talk import Option
from alleo_onboard.plain.words import Back
from alleo_onboard.presentation.connect import details, headline
from alleo_onboard.presentation.form import from_variable, value_said
from alleo_onboard.presentation.hidden import hidden_value
from alleo_onboard.presentation.last_run import last_time
from alleo_onboard.presentation.pages.connect import (
    both_together,
    client_secret_for_this_sitting,
    client_secret_kept_in,
    in_keyring,
    no_keyring,
    nothing_shown_now,
    option_label,
    saved_under_a_name,
    signing_in_to_personio,
    spoken_help,
    the_eight_attributes,
    this_sitting_only,
    where_to_remember,
)
from alleo_onboard.presentation.recipe import recipe_new, recipe_old
from alleo_onboard.presentation.steps import step_label
from alleo_onboard.usecases.setups import entered as forms
from alleo_onboard.usecases.sitting import credential
from alleo_onboard.usecases.support.last_run import last_run
from alleo_onboard.wizard.steps import Step

_ID, _SECRET = credential.PERSONIO_ID, forms.PERSONIO_SECRET


def connect(sitting: Conversation) -> None:
    """Shows the page until a person leaves it."""
    talk, setup = sitting.talk, sitting.setup
    talk.page(sitting.heading(Step.CONNECT), spoken_help)
    if told := sitting.attempt(sitting.doing(last_run, setup)):
        line, look = last_time(told)
        if line:
            talk.say(f"! {line}" if look else line)
    while not _named(sitting):
        sitting.welcome = None
    _after(sitting)


def _named(sitting: Conversation) -> bool:
    """Signs in and names a new set-up. Returns False when a person went back from the name to the credential."""
    while sitting.welcome is None:
        _ask(sitting)
    try:
        _name(sitting)
    except Back:
        return False
    return True


def _ask(sitting: Conversation) -> None:
    """Signs in with the known or a typed credential."""
    setup, talk = sitting.setup, sitting.talk
    given = setup.from_environment
    for variable, label in ((_ID, _("Client id")), (_SECRET, _("Client secret"))):
        if variable in given:
            talk.say(value_said(label, from_variable(variable, demo=sitting.setups.forgetful)))
    options = []
    if setup.has_credential:
        options.append(("validate", option_label("validate"), "t"))
    if credential.changeable(sitting):
        options.append(("type", option_label("type"), "a"))
    options += [("recipe", option_label("recipe"), ""), ("older", option_label("older"), "v")]
    chosen = sitting.menu(options)
    if chosen in ("recipe", "older"):
        talk.say(*(recipe_new() if chosen == "recipe" else recipe_old()))
        talk.say(the_eight_attributes())
    elif chosen == "validate":
        _validate(sitting, setup.profile.client_id, None, setup.profile.remember)
    elif chosen == "type":
        try:
            client_id, secret = _typed(sitting)
            remember = _remember(sitting)
        except Back:
            return
        _validate(sitting, client_id, secret, remember)


def _typed(sitting: Conversation) -> tuple[str, Secret | None]:
    """Returns typed client id and secret.

    Nothing is shown meanwhile, because a paste may have two lines. Raises Back.
    """
    setup, talk = sitting.setup, sitting.talk
    client_id, secret = (setup.profile.client_id if _ID in setup.from_environment else ""), ""
    talk.say(nothing_shown_now())
    with talk.console.unseen():
        if not client_id:
            first = talk.hidden(both_together())
            client_id, secret = split(first)
            if not client_id and not secret:
                client_id, secret = ("", first) if looks_secret(first) else (first, "")
        if not secret and _SECRET not in setup.from_environment:
            secret = talk.hidden(_("Client secret"))
            client_id, secret = _turned(client_id, secret)
        if not client_id:
            client_id = talk.hidden(_("Client id"))
    shown = client_id if is_id(client_id) else hidden_value(client_id)
    talk.say(value_said(_("Client id"), shown))
    if secret:
        talk.say(value_said(_("Client secret"), hidden_value(secret)))
    return client_id, Secret(secret) if secret else None


def _turned(client_id: str, secret: str) -> tuple[str, str]:
    """Returns id and secret in the right order; also reads labelled lines."""
    found_id, found = split(secret)
    if found_id and not found:
        return found_id, client_id
    return client_id, found or secret


def _remember(sitting: Conversation) -> Remember:
    """Returns where to store the secret. Without a usable keyring, only until the program ends."""
    setup, talk = sitting.setup, sitting.talk
    if _SECRET in setup.from_environment:
        return setup.profile.remember
    keyring = sitting.setups.keyring()
    if not keyring.usable:
        talk.say(no_keyring(keyring.why))
        return Remember.SESSION
    talk.say(where_to_remember())
    options = (
        Option(Remember.KEYRING, in_keyring(keyring.name)),
        Option(Remember.SESSION, this_sitting_only()),
    )
    chosen = ""
    while not chosen:
        chosen = talk.choose(options, default=setup.profile.remember, before=step_label(Step.CONNECT))
    return Remember(chosen)


def _validate(sitting: Conversation, client_id: str, secret: Secret | None, remember: Remember) -> None:
    typed = forms.Credential(sitting.setup.profile.name, client_id, secret, remember)
    found = sitting.attempt(lambda: sitting.work(credential.sign_in(sitting, typed)), signing_in_to_personio())
    if found:
        sitting.talk.say(f"! {headline(found)}" if found.people is None else headline(found))
        sitting.talk.tell(details(found))


# The name of the set-up


def _name(sitting: Conversation) -> None:
    """Asks for a name if the set-up is new, and saves it."""
    if not credential.asks_name(sitting):
        sitting.attempt(lambda: _saved(sitting, credential.save(sitting)))
        return
    assert sitting.welcome is not None  # noqa: S101 - somebody signed in
    sitting.talk.say(saved_under_a_name())
    name = sitting.work(credential.proposed_name(sitting, sitting.welcome))
    while not sitting.setup.saved:
        typed = sitting.talk.text(_("Set-up name"), name)
        sitting.attempt(sitting.doing(_saved, sitting, credential.save_as(sitting, typed)))


def _saved(sitting: Conversation, saving: Coroutine[object, object, str]) -> None:
    """Saves, and says if the secret could not be stored."""
    if told := sitting.work(saving):
        sitting.talk.attend(told)


def _after(sitting: Conversation) -> None:
    """Shows what can be done after a sign-in."""
    sitting.talk.say(_kept(sitting))
    options = [("change", option_label("change"), "a")] if credential.changeable(sitting) else []
    if sitting.menu(options) == "change":
        sitting.welcome = None


def _kept(sitting: Conversation) -> str:
    setup = sitting.setup
    if _SECRET in setup.from_environment:
        return value_said(_("Client secret"), from_variable(_SECRET, demo=sitting.setups.forgetful))
    if setup.profile.remember is Remember.KEYRING:
        return client_secret_kept_in(keyring=sitting.setups.keyring().name)
    return client_secret_for_this_sitting()
