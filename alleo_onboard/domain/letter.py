"""The text that carries a credential: two labelled lines, written here and read by `receive`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from alleo_onboard.domain.secret import Secret

_SECRET = re.compile(r"secret|geheim|wachtwoord|password|passwort", re.IGNORECASE)
_ID = re.compile(r"client[\s_-]*id|\bid\b|kennung", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letter:
    """A Personio credential to hand over."""

    client_id: str
    client_secret: Secret

    def text(self) -> str:
        """Returns the text for the recipient. Its labels are Personio's own, always in English."""
        return f"Client ID: {self.client_id}\nClient secret: {self.client_secret.reveal()}"


def read(text: str) -> Letter | None:
    """Returns the credential found in `text`, or None.

    Accepts labelled lines in any order, or the two values alone with the id first.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found: dict[str, str] = {}
    for line in lines:
        label, colon, value = line.partition(":")
        if not colon:
            label, colon, value = line.partition("=")
        value = value.strip().strip("\"'`")
        if not colon or not value or " " in value:
            continue
        name = "secret" if _SECRET.search(label) else "id" if _ID.search(label) else ""
        if name:
            found.setdefault(name, value)
    if found.keys() == {"id", "secret"}:
        return Letter(found["id"], Secret(found["secret"]))
    words = text.split()
    if len(words) == 2 and not found and all(len(word) >= 8 and ":" not in word for word in words):
        return Letter(words[0], Secret(words[1]))
    return None


def sealed(text: str) -> Secret:
    """Returns text of several lines as one secret; `Secret` itself would join the lines."""
    return Secret(json.dumps(text))


def unsealed(secret: Secret) -> str:
    """Returns the text given to `sealed`. Any other text is returned unchanged."""
    try:
        found = json.loads(secret.reveal())
    except (ValueError, RecursionError):
        return secret.reveal()
    return found if isinstance(found, str) else secret.reveal()
