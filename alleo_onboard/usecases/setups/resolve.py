"""Set-ups: a profile with its secrets, gathered in the order flag, environment, profile, default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import DEFAULT_NAME, Profile, Remember, SignIn, valid_name
from alleo_onboard.domain.schedule import ALLEO_CREDENTIAL, PERSONIO_CREDENTIAL
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.net.address import is_loopback
from alleo_onboard.store.paths import Home, home
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.store.secrets import Backend, Kind, Secrets, service_of
from alleo_onboard.usecases.setups.secret_sources import credential, printed_by, with_env_file


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything needed to reach both systems for one profile. `ca_file` is a path to a PEM file, or None."""

    profile: Profile
    home: Home
    client_secret: Secret | None = None
    scim_secret: Secret | None = None
    ca_file: str | None = None
    limits: bool = True  # keep to Personio's documented request limits; off only in the benchmark
    saved: bool = False
    from_environment: frozenset[str] = field(default_factory=frozenset)  # variables that won over the profile

    @property
    def has_credential(self) -> bool:
        return bool(self.profile.client_id and self.client_secret)

    @property
    def has_delivery(self) -> bool:
        return bool(self.profile.scim.url and self.scim_secret)


class Setups:
    """The set-ups of this computer's user. With `forgetful` no secret is ever kept, as in a demo."""

    def __init__(self, environ: Mapping[str, str], ca_file: str | None = None, *, forgetful: bool = False) -> None:
        self._environ = environ = with_env_file(environ)
        self._ca_file = ca_file
        self.home = home(environ)
        self._profiles = Profiles(self.home)
        self._secrets = Secrets(service_of(environ))
        self._forgetful = forgetful

    def names(self) -> tuple[str, ...]:
        return self._profiles.names()

    def is_sandbox(self, setup: Setup) -> bool:
        """Whether the set-up's Personio is on this very computer, and so not the real one."""
        return is_loopback(urlsplit(setup.profile.base_url).hostname or "")

    def keyring(self) -> Backend:
        """The keyring of this computer; asking for it loads the keyring library."""
        if self._forgetful:
            return Backend(usable=False, name="", why=_("A demo keeps nothing."))
        return self._secrets.backend()

    def find(self, name: str | None = None, *, secrets: bool = True) -> Setup:
        """The set-up called `name`, or the default one. Raises Usage for a name that cannot be, or a broken profile.

        Secrets come from the environment, a systemd credential, the profile's command, else the keyring; what none of
        them has is None and can be asked for.
        """
        name = name or DEFAULT_NAME
        if not valid_name(name):
            raise Usage(
                _("A set-up cannot be called {name!r}: use letters, digits, spaces, dots and dashes.").format(name=name)
            )
        stored = self._profiles.load(name)
        profile = stored or Profile(name=name)
        given = _from_environment(profile, self._environ)
        client_secret = _secret(self._environ, "PERSONIO_CLIENT_SECRET")
        scim_secret = _secret(self._environ, "ALLEO_SCIM_TOKEN", "ALLEO_CLIENT_SECRET")
        client_secret = client_secret or credential(self._environ, PERSONIO_CREDENTIAL)
        scim_secret = scim_secret or credential(self._environ, ALLEO_CREDENTIAL)
        if secrets and stored and client_secret is None and given.client_id == profile.client_id:
            client_secret = printed_by(profile.secret_command)
        if secrets and stored and scim_secret is None and given.scim == profile.scim:
            scim_secret = printed_by(profile.scim.secret_command)
        if secrets and stored and profile.remember is Remember.KEYRING:
            if client_secret is None and given.client_id == profile.client_id and profile.client_id:
                client_secret = self._secrets.get(name, Kind.PERSONIO)
            if scim_secret is None and given.scim == profile.scim and profile.scim.url:
                scim_secret = self._secrets.get(name, Kind.SCIM)
        won = frozenset(variable for variable in VARIABLES if self._environ.get(variable))
        return Setup(given, self.home, client_secret, scim_secret, self._ca_file, True, stored is not None, won)

    def save(self, setup: Setup) -> None:
        """Writes the profile, and the secrets when the profile says so. Raises Usage when there is no keyring.

        What the environment gave stays in the environment.
        """
        name = setup.profile.name
        before = self._profiles.load(name)
        profile = _without(setup.profile, before or Profile(name=name), setup.from_environment)
        self._profiles.save(profile)
        if self._forgetful:
            return
        if profile.remember is Remember.KEYRING:
            self._keep(setup)
        elif before and before.remember is Remember.KEYRING:
            self._secrets.remove(name)

    def _keep(self, setup: Setup) -> None:
        given = setup.from_environment
        if setup.client_secret and "PERSONIO_CLIENT_SECRET" not in given:
            self._secrets.set(setup.profile.name, Kind.PERSONIO, setup.client_secret)
        if setup.scim_secret and not given & _ALLEO_SECRETS:
            self._secrets.set(setup.profile.name, Kind.SCIM, setup.scim_secret)

    def proven(self, name: str) -> frozenset[str]:
        """The wizard's steps that were proven in an earlier sitting."""
        return self._profiles.progress(name)

    def prove(self, name: str, steps: frozenset[str]) -> None:
        self._profiles.set_progress(name, steps)


VARIABLES = (
    "PERSONIO_CLIENT_ID",
    "PERSONIO_CLIENT_SECRET",
    "PERSONIO_BASE_URL",
    "ALLEO_SCIM_URL",
    "ALLEO_SCIM_TOKEN",
    "ALLEO_CLIENT_ID",
    "ALLEO_CLIENT_SECRET",
    "ALLEO_TOKEN_URL",
)


_ALLEO_SECRETS = frozenset({"ALLEO_SCIM_TOKEN", "ALLEO_CLIENT_SECRET"})


def _without(profile: Profile, own: Profile, given: frozenset[str]) -> Profile:
    """The profile with its own values in place of those that the environment gave."""
    scim = replace(
        profile.scim,
        url=(own if "ALLEO_SCIM_URL" in given else profile).scim.url,
        token_url=(own if "ALLEO_TOKEN_URL" in given else profile).scim.token_url,
        client_id=(own if "ALLEO_CLIENT_ID" in given else profile).scim.client_id,
        sign_in=(own if given & _ALLEO_SECRETS else profile).scim.sign_in,
    )
    return replace(
        profile,
        base_url=(own if "PERSONIO_BASE_URL" in given else profile).base_url,
        client_id=(own if "PERSONIO_CLIENT_ID" in given else profile).client_id,
        scim=scim,
    )


def _secret(environ: Mapping[str, str], *names: str) -> Secret | None:
    return next((Secret(environ[name]) for name in names if environ.get(name, "").strip()), None)


def _from_environment(profile: Profile, environ: Mapping[str, str]) -> Profile:
    def told(name: str, otherwise: str) -> str:
        return environ.get(name, "").strip() or otherwise

    scim = profile.scim
    return replace(
        profile,
        client_id=told("PERSONIO_CLIENT_ID", profile.client_id),
        base_url=told("PERSONIO_BASE_URL", profile.base_url),
        scim=replace(
            scim,
            url=told("ALLEO_SCIM_URL", scim.url),
            sign_in=_sign_in(scim.sign_in, environ),
            token_url=told("ALLEO_TOKEN_URL", scim.token_url),
            client_id=told("ALLEO_CLIENT_ID", scim.client_id),
        ),
    )


def _sign_in(stored: SignIn, environ: Mapping[str, str]) -> SignIn:
    """A token means bearer, a client secret OAuth2; without a token address a set-up on HTTP basic stays on it."""
    if environ.get("ALLEO_SCIM_TOKEN", "").strip():
        return SignIn.BEARER
    if not environ.get("ALLEO_CLIENT_SECRET", "").strip():
        return stored
    return SignIn.OAUTH2 if environ.get("ALLEO_TOKEN_URL") or stored is not SignIn.BASIC else stored
