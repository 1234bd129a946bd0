"""The reader's language: every sentence a person reads passes through here.

Catalogues lie beside this file as `<language>/LC_MESSAGES/alleo_onboard.mo`; which one is used follows
LANGUAGE, LC_ALL, LC_MESSAGES and LANG, as gettext documents it. Without a catalogue the text stays English.
"""

from __future__ import annotations

import gettext
import os

_translations = gettext.translation("alleo_onboard", localedir=os.path.dirname(__file__), fallback=True)  # noqa: PTH120

LANGUAGE = _translations.info().get("language", "en")  # of the catalogue in use

_ = _translations.gettext
ngettext = _translations.ngettext
