"""The TLS context that all clients use."""

import ssl

import pytest

from alleo_onboard.domain.errors import Usage
from alleo_onboard.net.failure import plain
from alleo_onboard.net.tls import ssl_context


def test_always_verifies():
    context = ssl_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize(
    "content", [b"", b"not a certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_a_file_without_certificates_is_named(tmp_path, content):
    file = tmp_path / "company.pem"
    file.write_bytes(content)
    with pytest.raises(Usage, match=r"company\.pem is not a file of certificates"):
        ssl_context(str(file))


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(Usage, match=r"gone\.pem cannot be read"):
        ssl_context(str(tmp_path / "gone.pem"))
    with pytest.raises(Usage, match=f"{tmp_path.name} is not a file of certificates"):
        ssl_context(str(tmp_path))


def test_foreign_words_fit_a_line():
    assert plain("a\n\x1b[31m\tb\u202ec") == "a [31m b c"
    assert len(plain("x" * 1000)) == 201
