"""Saves the preview or the history as a file in the plain wizard."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from alleo_onboard.plain.conversation import Conversation
from alleo_onboard.plain.talk import Option
from alleo_onboard.presentation.export.words import saved_sentence
from alleo_onboard.presentation.pages import export as words
from alleo_onboard.presentation.pages.history import heading
from alleo_onboard.presentation.steps import step_label
from alleo_onboard.report.write import Form, about, stem, summary, write_report
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.support import history
from alleo_onboard.usecases.support.documents import free, save
from alleo_onboard.wizard.steps import Step

_SUMMARY = "txt"


def export_preview(sitting: Conversation, found: Preview) -> None:
    """Asks for a form and saves the preview. Raises Back."""
    forms = {**words.preview_forms(), _SUMMARY: words.summary_as_text()}
    chosen = _asked(sitting, words.preview_as_file(), words.preview_help(), forms, step_label(Step.PREVIEW))
    _saved(sitting, lambda: _preview(sitting, found, chosen))


def export_history(sitting: Conversation) -> None:
    """Asks for a form and saves every change of every run. Raises Back."""
    chosen = _asked(sitting, words.history_as_file(), words.history_help(), words.history_forms(), heading())
    _saved(sitting, lambda: _history(sitting, chosen))


def _asked(sitting: Conversation, about_it: str, told: tuple[str, ...], forms: Mapping[str, str], before: str) -> str:
    sitting.talk.say(about_it, *told)
    options = [Option(key, f"{label}.") for key, label in forms.items()]
    while not (chosen := sitting.talk.choose(options, before=before)):
        pass
    return chosen


def _saved(sitting: Conversation, job: Callable[[], str]) -> None:
    if told := sitting.attempt(job, words.writing()):
        sitting.talk.say(told)


def _preview(sitting: Conversation, found: Preview, chosen: str) -> str:
    of = about(sitting.session)
    if chosen == _SUMMARY:
        path = free(stem(of, "summary"), _SUMMARY, Path(os.curdir))
        return saved_sentence(path, replaced=save(path, summary(found, of, None).encode()))
    form, _dash, bare = chosen.partition("-")
    done = write_report(found, of, Form(form), names=not bare)
    return saved_sentence(done.path, replaced=done.replaced)


def _history(sitting: Conversation, ending: str) -> str:
    from alleo_onboard.report.journal import as_lines, as_table

    entries = history.everything(sitting.setup)
    name = re.sub(r"[^\w.-]+", "-", sitting.setup.profile.name).strip("-.") or "set-up"
    path = free(f"alleo-history-{name}", ending, Path(os.curdir))
    save(path, (as_table(entries, sitting.setup.profile.tz) if ending == "csv" else as_lines(entries)).encode())
    return words.history_saved(path, len(entries))
