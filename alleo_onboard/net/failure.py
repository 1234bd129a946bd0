"""Why a request got no answer: a sentence for a person, and whether a retry can help."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from alleo_onboard.domain.progress import Why
from alleo_onboard.domain.secret import Secret, masked
from alleo_onboard.locale import _
from alleo_onboard.net.proxy import Proxy

_LONGEST = 200  # characters of another system's text in a sentence


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a request got no answer."""

    why: Why
    sentence: str
    final: bool = False  # the same request would fail in the same way again
    sent: bool = True  # the server may have received the request
    untrusted: bool = False  # the server's certificate is not trusted


class NoAnswer(Exception):  # noqa: N818 - says what happened
    """One attempt got no answer. Holds no part of the request, which may carry a secret."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.sentence)
        self.failure = failure


def cut_short(host: str) -> str:
    """Returns the sentence for a body that ended too early."""
    return _("The answer of {host} was cut short.").format(host=host)


def no_answer(error: Exception, host: str, proxy: Proxy | None = None) -> Failure:
    """Returns the Failure for a transport error (`httpx.RequestError` or OSError)."""
    import httpx

    causes = tuple(_chain(error))
    # A handshake that waits for bytes is slow, not failed.
    waiting = (ssl.SSLWantReadError, ssl.SSLWantWriteError)
    unsent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError)
    if tls := next((c for c in causes if isinstance(c, ssl.SSLError) and not isinstance(c, waiting)), None):
        return replace(_tls(tls, host), sent=not unsent)
    if isinstance(error, httpx.ProxyError):
        refused = str(error)[:3].isdigit() and str(error)[0] == "4"
        said = _("The proxy {proxy} did not let the connection to {host} through: {reason}.")
        sentence = said.format(proxy=proxy.host if proxy else "", host=host, reason=plain(str(error)))
        return Failure(Why.CONNECTION, sentence, final=refused, sent=False)
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        name = urlsplit(f"//{proxy.host if proxy else host}").hostname or host
        said = _("The name {host} cannot be looked up. Check the address and this machine's network.")
        return Failure(Why.CONNECTION, said.format(host=name), sent=False)
    if isinstance(error, httpx.LocalProtocolError):
        said = _("The request to {host} holds something that cannot be sent.")
        return Failure(Why.CONNECTION, said.format(host=host), final=True, sent=False)
    return Failure(Why.CONNECTION, _lost(error, host, proxy), sent=not unsent)


def _lost(error: Exception, host: str, proxy: Proxy | None) -> str:
    """Returns the sentence for a connection that failed or was lost."""
    import httpx

    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        if proxy:
            said = _("{host} cannot be reached through the proxy {proxy}. Check the proxy and this machine's network.")
            return said.format(host=host, proxy=proxy.host)
        return _("{host} cannot be connected to. Check this machine's network and firewall.").format(host=host)
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return _("{host} did not answer in time.").format(host=host)
    return _("The connection to {host} was lost before an answer came.").format(host=host)


def _tls(error: ssl.SSLError, host: str) -> Failure:
    """Returns the Failure for a TLS error."""
    if isinstance(error, ssl.SSLCertVerificationError):
        said = _(
            "This machine does not trust the certificate of {host}: {reason}. "
            "If your company inspects TLS connections, name its certificate file with --ca-file."
        )
        reason = plain(getattr(error, "verify_message", "") or str(error)).rstrip(".")
        return Failure(Why.CONNECTION, said.format(host=host, reason=reason), final=True, untrusted=True)
    said = _("No secure connection (TLS) to {host} can be made: {reason}.")
    reason = plain(error.reason or str(error)).rstrip(".")
    # When the connection ends during the handshake a retry may work; after a TLS disagreement it will not.
    ended = isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError)
    return Failure(Why.CONNECTION, said.format(host=host, reason=reason), final=not ended)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yields the error and its causes."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__


def plain(text: str, *secrets: Secret | None) -> str:
    """Returns text from another system for use in a sentence: secrets masked, one line, up to 200 characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in masked(text, *secrets)).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
