"""Where the file goes: a folder, or a directory on an SFTP server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _

PORT = 22


@dataclass(frozen=True, slots=True)
class Folder:
    """A local or network folder."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class Server:
    """A directory on an SFTP server. A relative one starts in the login directory."""

    host: str
    port: int
    user: str
    directory: str

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORT else f":{self.port}"
        directory = self.directory if self.directory.startswith("/") else f"/~/{self.directory}"
        return f"sftp://{self.user}@{host}{port}{directory}".removesuffix("/~/.")


def parse(text: str) -> Folder | Server:
    """Returns the place in `text`: a folder's path, or sftp://user@host:port/directory (/~/ is the login directory).

    Raises Usage for an invalid place, and for FTP, which sends password and data unencrypted.
    """
    text = text.strip()
    if not text:
        raise Usage(_("There is no place for the file yet: name a folder, or sftp://user@host/directory."))
    if "://" not in text:
        return _folder(text)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port or PORT
    except ValueError:
        raise Usage(_("This is not an address: {url}").format(url=_masked(text))) from None
    if parts.scheme in ("ftp", "ftps"):
        raise Usage(
            _(
                "FTP sends the password and everybody's data over the network as they are, so nothing is uploaded over "
                "it. Ask for SFTP (sftp://user@host/directory), or name a folder that the server collects from."
            )
        )
    if parts.scheme != "sftp" or not host or parts.query or parts.fragment:
        raise Usage(_("The place has to be a folder, or to look like sftp://user@host/directory."))
    if parts.password is not None:
        raise Usage(_("The address must not hold the password. It has a field of its own."))
    if not parts.username:
        raise Usage(_("The address names no user: sftp://user@{host}/directory.").format(host=host))
    return Server(host, port, unquote(parts.username), _directory(unquote(parts.path)))


def _directory(path: str) -> str:
    if path in ("", "/~", "/~/"):
        return "."
    return path.removeprefix("/~/") if path.startswith("/~/") else path.rstrip("/") or "/"


def _folder(text: str) -> Folder:
    if not text.isprintable():
        raise Usage(_("The name of the folder has characters in it that nobody can see. Type it anew."))
    try:
        path = Path(text).expanduser()
    except RuntimeError:
        raise Usage(_("{variable} cannot be a folder: {path}").format(variable=_("The place"), path=text)) from None
    if not path.is_absolute():
        raise Usage(_("The folder {path} has to be given as a full path, like /srv/alleo.").format(path=text))
    return Folder(path)


def _masked(text: str) -> str:
    """Returns an address without a possible password."""
    scheme, _colon, rest = text.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
