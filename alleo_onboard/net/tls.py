"""The trusted certificates: those of the operating system, and an optional PEM file."""

from __future__ import annotations

import os
import ssl
import stat

import truststore

from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _
from alleo_onboard.locale.system import system_reason


def ssl_context(ca_file: str | None = None) -> ssl.SSLContext:
    """Returns a TLS context that verifies certificates with the operating system's store.

    Verification cannot be switched off.

    `ca_file` is a PEM file with additional certificate authorities. Raises Usage when it cannot be used.
    """
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file:
        try:
            if not stat.S_ISREG(os.stat(ca_file).st_mode):  # noqa: PTH116 - a pipe would be waited for
                raise _no_certificates(ca_file)
            context.load_verify_locations(cafile=ca_file)
        except ssl.SSLError:
            raise _no_certificates(ca_file) from None
        except OSError as error:
            reason = system_reason(error)
            raise Usage(
                _("The certificates in {file} cannot be read: {reason}.").format(file=ca_file, reason=reason)
            ) from None
    return context


def _no_certificates(ca_file: str) -> Usage:
    """Returns the error for a file that is not PEM."""
    return Usage(_("{file} is not a file of certificates in PEM form.").format(file=ca_file))
