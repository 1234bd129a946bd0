"""The first step: signing in with a credential, and saving the set-up under a name."""

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
    """Signs in with what was typed; where that fails the credential of before is kept.

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
    sitting.signed_in(found)
    return found


def asks_name(sitting: Sitting) -> bool:
    """A set-up that is to be kept gets a name; one that the environment makes, or that nobody keeps, has one."""
    setup = sitting.setup
    return not (setup.saved or sitting.setups.forgetful or PERSONIO_ID in setup.from_environment)


def changeable(sitting: Sitting) -> bool:
    """Whether another credential can be typed: what the environment gives can be changed only there."""
    return not {PERSONIO_ID, PERSONIO_SECRET} <= sitting.setup.from_environment


async def proposed_name(sitting: Sitting, found: Welcome) -> str:
    """A name that is free, after the company where that can be told."""
    company = await sitting.session.company(found) or sitting.setup.profile.name
    taken = {name.casefold() for name in await asyncio.to_thread(sitting.setups.names)}
    names = (company, *(f"{company} {n}" for n in range(2, len(taken) + 3)))
    return next(name for name in names if name.casefold() not in taken)


async def save_as(sitting: Sitting, name: str) -> str:
    """Saves the set-up under a name. Returns as `save`. Raises Usage for a name that cannot be."""
    taken = await asyncio.to_thread(sitting.setups.names)
    sitting.use(named(sitting.setup, name, taken))
    return await save(sitting)


async def save(sitting: Sitting) -> str:
    """Saves the set-up. Without a keyring that works the secret is kept for this sitting only.

    Returns the sentence that tells so, else "".
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
