"""The text that carries a credential: two labelled lines, written here and read back by `receive`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from alleo_onboard.domain.secret import Secret

_SECRET = re.compile(r"secret|geheim|wachtwoord|password|passwort", re.IGNORECASE)
_ID = re.compile(r"client[\s_-]*id|\bid\b|kennung", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letter:
    """A Personio credential on its way."""

    client_id: str
    client_secret: Secret

    def text(self) -> str:
        """What the recipient sees. The labels are Personio's own, in English, whatever the sender's language."""
        return f"Client ID: {self.client_id}\nClient secret: {self.client_secret.reveal()}"


def read(text: str) -> Letter | None:
    """The credential in `text`: labelled lines in any order, or the two values alone, id first. Else None."""
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
    """Text of several lines as one secret: a `Secret` itself keeps one line only."""
    return Secret(json.dumps(text))


def unsealed(secret: Secret) -> str:
    """What `sealed` took. Text that was never sealed comes back as it is."""
    try:
        found = json.loads(secret.reveal())
    except ValueError:
        return secret.reveal()
    return found if isinstance(found, str) else secret.reveal()
