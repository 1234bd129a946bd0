"""What a person reads of a set-up is words; what a program reads are the names of the file."""

from __future__ import annotations


def test_doctor_tells_settings_in_words(cli, play):
    play()
    told = cli("doctor").out
    assert "people on leave: take part" in told
    assert "language: English" in told
    for raw in ("on_leave", "same_alleo_as", "last_exit", "include"):
        assert raw not in told
    assert not [line for line in told.splitlines() if line.startswith("  ") and "_" in line.partition(":")[0]]
    assert cli("doctor", "--json").json["settings"]["on_leave"] == "include"


def test_profiles_show_tells_settings_in_words(cli, play):
    play()
    assert cli("sync", "--yes").code == 0
    assert cli("profiles", "show", "default").code == 0
    assert "None" not in cli("profiles", "show", "default").out
