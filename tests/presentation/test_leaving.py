"""The words with which the wizard is left say where the secrets are, and no more than is true."""

from dataclasses import replace

import pytest

from alleo_onboard.domain.profile import Remember
from alleo_onboard.presentation.leaving import farewell
from alleo_onboard.usecases.setups.resolve import Setups

PERSONIO = {"PERSONIO_CLIENT_ID": "papi-1", "PERSONIO_CLIENT_SECRET": "secret"}
ALLEO = {"ALLEO_SCIM_URL": "https://alleo.example/scim", "ALLEO_SCIM_TOKEN": "token"}


@pytest.mark.parametrize(
    ("environ", "remember", "where"),
    [
        (PERSONIO | ALLEO, Remember.KEYRING, "its secrets come from the environment"),
        (PERSONIO, Remember.KEYRING, "its secrets come from the environment"),
        (ALLEO, Remember.KEYRING, "with its secrets in the keyring"),
        ({}, Remember.KEYRING, "with its secrets in the keyring"),
        (PERSONIO | ALLEO, Remember.SESSION, "without secrets"),
    ],
)
def test_where_the_secrets_are(tmp_path, environ, remember, where):
    setup = Setups({**environ, "ALLEO_ONBOARD_HOME": str(tmp_path)}).find()
    setup = replace(setup, saved=True, profile=replace(setup.profile, remember=remember))
    assert where in farewell(setup, forgetful=False)
