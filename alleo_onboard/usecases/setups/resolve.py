"""Finds a set-up and its secrets: from flags, environment, profile, defaults, in this order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from alleo_onboard.alleo.registry import kind_of, kinds, prove
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import DEFAULT_NAME, DeliveryChoice, Profile, Remember, valid_name
from alleo_onboard.domain.schedule import PERSONIO_CREDENTIAL
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _, prefer
from alleo_onboard.net.address import is_loopback
from alleo_onboard.store.paths import Home, home
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.store.secrets import HANDOVER, PERSONIO, Secrets, service_of
from alleo_onboard.usecases.setups.secret_sources import credential, printed_by, with_env_file

TYPE_CHECKING = False  # a copy of typing's constant; importing typing would slow down quick commands
if TYPE_CHECKING:  # loaded when a set-up has a delivery
    from alleo_onboard.domain.delivery import DeliveryKind, SecretSlot
    from alleo_onboard.store.keyrings import Backend


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything needed to reach both systems for one profile."""

    profile: Profile
    home: Home
    client_secret: Secret | None = None
    delivery_secrets: Mapping[str, Secret] = field(default_factory=dict)  # by slot name
    ca_file: str | None = None  # path of a PEM file
    limits: bool = True  # keep to Personio's documented request limits; off only in the benchmark
    saved: bool = False  # whether the profile exists on disk
    from_environment: frozenset[str] = field(default_factory=frozenset)  # variables that replaced values of the profile
    loaded: Profile | None = None  # the profile on disk, without the environment's values; None for a new set-up

    @property
    def has_credential(self) -> bool:
        """Returns whether client id and secret are known."""
        return bool(self.profile.client_id and self.client_secret)

    @property
    def kind(self) -> DeliveryKind | None:
        """Returns the delivery of this set-up, or None."""
        return kind_of(self.profile.delivery)

    @property
    def has_delivery(self) -> bool:
        """Returns whether the delivery's address and all its required secrets are known.

        Does not check that they work.
        """
        if self.kind is None:
            return False
        needed = {slot.name for slot in self.kind.secrets if not slot.optional}
        return self.placed and self.delivery_secrets.keys() >= needed

    @property
    def placed(self) -> bool:
        """Returns whether a delivery is chosen and has an address. One whose sync Alleo runs itself needs none."""
        from alleo_onboard.domain.delivery import Runs

        return self.kind is not None and (bool(self.place) or self.kind.runs is Runs.NOTHING)

    @property
    def place(self) -> str:
        """Returns the address of the delivery, or ""."""
        return place_of(self.profile)

    @property
    def alleo_address(self) -> str:
        """Returns the address that identifies the customer's Alleo; "" when a person uploads a file."""
        from alleo_onboard.domain.delivery import Runs

        return "" if self.kind and self.kind.runs is Runs.UPLOAD else self.place


class Setups:
    """The set-ups of this computer's user. With `forgetful` no secret is stored, as in a demo."""

    def __init__(self, environ: Mapping[str, str], ca_file: str | None = None, *, forgetful: bool = False) -> None:
        self._environ = environ = with_env_file(environ)
        self._ca_file = ca_file
        self.home = home(environ)
        self._profiles = Profiles(self.home)
        self._secrets = Secrets(service_of(environ))
        self.forgetful = forgetful
        self._written: dict[str, Profile] = {}  # the last profile written by this object, by name

    def names(self) -> tuple[str, ...]:
        """Returns the names of all set-ups."""
        return self._profiles.names()

    def kinds(self) -> tuple[DeliveryKind, ...]:
        """Returns every delivery, in the order in which they are offered."""
        return kinds()

    def is_sandbox(self, setup: Setup) -> bool:
        """Returns whether the set-up's Personio is on this computer, and so a simulation."""
        return is_loopback(urlsplit(setup.profile.base_url).hostname or "")

    def fresh(self) -> Setup:
        """Returns a new set-up with a free name."""
        taken = {name.casefold() for name in self.names()}
        names = (DEFAULT_NAME, *(f"{DEFAULT_NAME} {n}" for n in range(2, len(taken) + 3)))
        return self.find(next(name for name in names if name.casefold() not in taken))

    def keyring(self) -> Backend:
        """Returns the judgement about this computer's keyring. Loads the keyring library."""
        if self.forgetful:
            from alleo_onboard.store.keyrings import Backend

            return Backend(usable=False, name="", why=_("A demo keeps nothing."))
        return self._secrets.backend()

    def keyring_of_its_own(self) -> Secrets | None:
        """Returns the keyring for secrets that are not part of a set-up, or None when there is no usable one."""
        return self._secrets if self.keyring().usable else None

    def find(self, name: str | None = None, *, secrets: bool = True) -> Setup:
        """Returns the set-up `name`, or the default one. Raises Usage for an invalid name or a damaged profile.

        A secret comes from the environment, a systemd credential, the profile's command, or the keyring. A missing one
        is None and can be asked for.
        """
        name = name or DEFAULT_NAME
        if not valid_name(name):
            raise Usage(
                _("A set-up cannot be called {name!r}: use letters, digits, spaces, dots and dashes.").format(name=name)
            )
        stored = self._profiles.load(name)
        profile = stored or Profile(name=name)
        self._prove(profile)
        prefer(profile.language)
        given = _from_environment(profile, self._environ)
        own = profile if secrets and stored else None
        client_secret, delivery_secrets = self._client_secret(given, own), self._delivery_secrets(given, own)
        known = variables() if _speaks_of_alleo(self._environ) else _PERSONIO
        won = frozenset(variable for variable in known if self._environ.get(variable))
        return Setup(
            given, self.home, client_secret, delivery_secrets, self._ca_file, True, stored is not None, won, stored
        )

    def _prove(self, profile: Profile) -> None:
        """Raises Usage when the delivery's settings are invalid."""
        try:
            prove(profile.delivery)
        except Usage as error:
            text = _("The set-up in {path} cannot be used: {what}.")
            raise Usage(text.format(path=self._profiles.path(profile.name), what=str(error).rstrip("."))) from None

    def _client_secret(self, given: Profile, own: Profile | None) -> Secret | None:
        """Returns the Personio secret. A stored secret is used only with its own client id.

        `own` is the stored profile, or None when no stored secret may be used.
        """
        found = _secret(self._environ, "PERSONIO_CLIENT_SECRET") or credential(self._environ, PERSONIO_CREDENTIAL)
        if found or own is None or given.client_id != own.client_id:
            return found
        found = printed_by(own.secret_command)
        if found or own.remember is not Remember.KEYRING or not own.client_id:
            return found
        return self._secrets.get(own.name, PERSONIO)

    def _delivery_secrets(self, given: Profile, own: Profile | None) -> Mapping[str, Secret]:
        """Returns the delivery's secrets.

        A stored secret is used only with the address and sign-in it was stored for.
        """
        kind = kind_of(given.delivery)
        found = {slot.name: self._slot(slot, given, own, kind) for slot in kind.secrets} if kind else {}
        return {name: secret for name, secret in found.items() if secret}

    def _slot(self, slot: SecretSlot, given: Profile, own: Profile | None, kind: DeliveryKind) -> Secret | None:
        found = _secret(self._environ, *slot.variables) or credential(self._environ, slot.credential)
        if found or own is None or not kind.keeps_secrets(own.delivery, given.delivery):
            return found
        if slot is kind.secrets[0]:
            found = printed_by(own.delivery.text("secret_command"))
        if found or own.remember is not Remember.KEYRING or not kind.address(own.delivery):
            return found
        return self._secrets.get(own.name, slot.name)

    def save(self, setup: Setup) -> None:
        """Stores what changed since the set-up was loaded or saved here, and the secrets if the profile says so.

        Changes that others made meanwhile are kept; values from the environment are not stored. Raises Usage when there
        is no usable keyring.
        """
        name = setup.profile.name
        before = self._profiles.load(name)
        profile = _without(setup.profile, before or Profile(name=name), setup.from_environment)
        # A profile that was renamed in the form, or deleted, is written completely.
        base = self._written.get(name) or (setup.loaded if setup.loaded and setup.loaded.name == name else None)
        self._written[name] = profile
        profile = self._profiles.change(base, profile) if base else self._saved_whole(profile)
        if self.forgetful:
            return
        if profile.remember is Remember.KEYRING:
            self._keep(setup)
        elif before and before.remember is Remember.KEYRING:
            self._secrets.remove(name, secret_names())

    def _saved_whole(self, profile: Profile) -> Profile:
        self._profiles.save(profile)
        return profile

    def _keep(self, setup: Setup) -> None:
        given = setup.from_environment
        if setup.client_secret and "PERSONIO_CLIENT_SECRET" not in given:
            self._secrets.set(setup.profile.name, PERSONIO, setup.client_secret)
        for slot in setup.kind.secrets if setup.kind else ():
            if slot.name in setup.delivery_secrets and not given & set(slot.variables):
                self._secrets.set(setup.profile.name, slot.name, setup.delivery_secrets[slot.name])

    def proven(self, name: str) -> frozenset[str]:
        """Returns the wizard steps that were passed in an earlier session."""
        return self._profiles.progress(name)

    def prove(self, name: str, steps: frozenset[str]) -> None:
        """Stores the wizard steps that were passed."""
        self._profiles.set_progress(name, steps)


_PERSONIO = ("PERSONIO_CLIENT_ID", "PERSONIO_CLIENT_SECRET", "PERSONIO_BASE_URL")


def _speaks_of_alleo(environ: Mapping[str, str]) -> bool:
    """Returns whether a variable may belong to a delivery. Only then are the deliveries loaded."""
    return any(name.startswith("ALLEO_") and not name.startswith("ALLEO_ONBOARD_") for name in environ)


def place_of(profile: Profile) -> str:
    """Returns the address of a set-up's delivery, or "". Raises Usage for an unknown delivery."""
    kind = kind_of(profile.delivery)
    return kind.address(profile.delivery) if kind else ""


def variables() -> tuple[str, ...]:
    """Returns every environment variable that wins over a profile."""
    own = [setting.variable for kind in kinds() for setting in kind.settings if setting.variable]
    secrets = [variable for kind in kinds() for slot in kind.secrets for variable in slot.variables]
    return tuple(dict.fromkeys((*_PERSONIO, *own, *secrets)))


def secret_names() -> tuple[str, ...]:
    """Returns the names of all secrets that a set-up may have in the keyring."""
    return (PERSONIO, *HANDOVER, *dict.fromkeys(slot.name for kind in kinds() for slot in kind.secrets))


def _without(profile: Profile, own: Profile, given: frozenset[str]) -> Profile:
    """Returns the profile with its own values in place of those from the environment."""
    return replace(
        profile,
        base_url=(own if "PERSONIO_BASE_URL" in given else profile).base_url,
        client_id=(own if "PERSONIO_CLIENT_ID" in given else profile).client_id,
        delivery=_own_delivery(profile.delivery, own.delivery, given),
    )


def _own_delivery(choice: DeliveryChoice, own: DeliveryChoice, given: frozenset[str]) -> DeliveryChoice:
    kind = kind_of(choice)
    if kind is None:
        return choice
    if own.kind != choice.kind and kind.asked_for_by(dict.fromkeys(given, "given")):
        return own
    overlaid = {name for variable in given for name in kind.overlays(variable)}
    stored = dict(own.values) if own.kind == choice.kind else {}
    kept = {name: value for name, value in choice.values if name not in overlaid}
    return DeliveryChoice(choice.kind).having(**kept, **{n: v for n, v in stored.items() if n in overlaid})


def _secret(environ: Mapping[str, str], *names: str) -> Secret | None:
    return next((Secret(environ[name]) for name in names if environ.get(name, "").strip()), None)


def _from_environment(profile: Profile, environ: Mapping[str, str]) -> Profile:
    """Returns the profile with the environment's values."""

    def told(name: str, otherwise: str) -> str:
        return environ.get(name, "").strip() or otherwise

    ways = kinds() if _speaks_of_alleo(environ) else ()
    asked, stored = [kind.name for kind in ways if kind.asked_for_by(environ)], profile.delivery.kind
    used = asked[0] if asked and stored not in asked else stored
    choice = profile.delivery if used == stored else DeliveryChoice(used)
    kind = kind_of(choice)
    return replace(
        profile,
        client_id=told("PERSONIO_CLIENT_ID", profile.client_id),
        base_url=told("PERSONIO_BASE_URL", profile.base_url),
        delivery=kind.overlaid(choice, environ) if kind else choice,
    )
