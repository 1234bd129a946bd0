"""Step 1: signs in with a credential, and saves the set-up under a name."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Remember
from alleo_onboard.usecases.setups.entered import PERSONIO_SECRET, Credential, named, with_credential
from alleo_onboard.usecases.sitting.sitting import Sitting

if TYPE_CHECKING:
    from alleo_onboard.usecases.preview.session import Welcome

PERSONIO_ID = "PERSONIO_CLIENT_ID"


async def sign_in(sitting: Sitting, typed: Credential) -> Welcome:
    """Signs in with the typed credential and returns what was found. On an error the earlier credential stays in use.

    Raises CredentialRejected, Unreachable, Usage.
    """
    before = sitting.setup
    after = with_credential(before, typed, sitting.setups.names())
    await sitting.aclose()
    sitting.use(after)
    try:
        found = await sitting.session.welcome()
    except BaseException:
        sitting.use(before)
        await sitting.aclose()
        raise
    sitting.preview = sitting.session.snapshot = None
    sitting.forget_answers()
    sitting.signed_in(found)
    return found


def asks_name(sitting: Sitting) -> bool:
    """Returns whether the set-up still needs a name: it is new, will be saved, and is not from the environment."""
    setup = sitting.setup
    return not (setup.saved or sitting.setups.forgetful or PERSONIO_ID in setup.from_environment)


def changeable(sitting: Sitting) -> bool:
    """Returns whether another credential can be typed. Values from the environment can be changed only there."""
    return not {PERSONIO_ID, PERSONIO_SECRET} <= sitting.setup.from_environment


async def proposed_name(sitting: Sitting, found: Welcome) -> str:
    """Returns a free name for the set-up, made from the company's name if that can be guessed."""
    company = await sitting.session.company(found) or sitting.setup.profile.name
    taken = {name.casefold() for name in await asyncio.to_thread(sitting.setups.names)}
    names = (company, *(f"{company} {n}" for n in range(2, len(taken) + 3)))
    return next(name for name in names if name.casefold() not in taken)


async def save_as(sitting: Sitting, name: str) -> str:
    """Saves the set-up under a name. Returns the same as `save`. Raises Usage for an invalid or taken name."""
    taken = await asyncio.to_thread(sitting.setups.names)
    sitting.use(named(sitting.setup, name, taken))
    return await save(sitting)


async def save(sitting: Sitting) -> str:
    """Saves the set-up. If the keyring fails, the secret is kept only until the program ends.

    Returns the sentence that says so, or "". Raises Usage for other errors.
    """
    told = ""
    try:
        await asyncio.to_thread(sitting.setups.save, sitting.setup)
    except Usage as trouble:
        if sitting.setup.profile.remember is not Remember.KEYRING:
            raise
        told = str(trouble)
        sitting.use(replace(sitting.setup, profile=replace(sitting.setup.profile, remember=Remember.SESSION)))
        await asyncio.to_thread(sitting.setups.save, sitting.setup)
    sitting.saved()
    return told
