"""Run by test_store_secretservice.py in a later session with an open keyring."""

import os

from alleo_onboard.domain.secret import Secret
from alleo_onboard.store.secrets import PERSONIO, Secrets


def test_the_secret_outlived_its_session():
    assert Secrets().get("acme", PERSONIO) == Secret(os.environ["STORE_CANARY"])
