"""Sentences about the verification of the history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.history import fault_sentence
from alleo_onboard.usecases.support.history import Proof


def proof_lines(found: Proof) -> Iterator[str]:
    """Yields what was edited, or that nothing was, then the head hash to note."""
    for fault in found.faults:
        yield "!! " + fault_sentence(fault.run, fault.seq, fault.name, fault.personio_id)
    if not found.faults:
        text = ngettext(
            "Nothing was edited: {n} entry, each chained to the one before.",
            "Nothing was edited: {n} entries, each chained to the one before.",
            found.entries,
        )
        yield text.format(n=count(found.entries))
    if found.unchained:
        text = ngettext(
            "{n} change is older than the chain and cannot be verified.",
            "{n} changes are older than the chain and cannot be verified.",
            found.unchained,
        )
        yield text.format(n=count(found.unchained))
    text = _("Head: {hash}. Note it elsewhere, and verify --head tells later whether it is still part of the chain.")
    yield text.format(hash=found.head)


def exported_sentence(changes: int, file: str | Path) -> str:
    """Returns where the history was saved."""
    text = ngettext("{n} change is saved in {file}.", "{n} changes are saved in {file}.", changes)
    return text.format(n=count(changes), file=file)
