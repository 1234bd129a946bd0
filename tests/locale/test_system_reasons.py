"""What the operating system says is told in the reader's language."""

import errno
import os

import pytest

from alleo_onboard.locale import settle
from alleo_onboard.locale.system import system_reason


@pytest.mark.skipif(os.name == "nt", reason="Windows words its messages itself")
def test_a_usual_reason_is_translated():
    denied = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    assert system_reason(denied) == "Permission denied"
    settle("de")
    assert system_reason(denied) == "Zugriff verweigert"


def test_others_stay_as_they_are_and_none_is_the_name_of_its_class():
    settle("de")
    assert system_reason(OSError(errno.EIO, "Der Datenträger ist voll")) == "Der Datenträger ist voll"
    assert system_reason(TimeoutError()) == "TimeoutError"
