"""The meaning of the wizard's words, for its help."""

from __future__ import annotations

from alleo_onboard.locale import _, pgettext


def glossary() -> tuple[tuple[str, str], ...]:
    """Returns words and meanings, in the order in which the steps use them."""
    return (
        (_("credential"), _("the client id and client secret with which employees are read from Personio")),
        (_("attribute"), _("one field of an employee in Personio, such as E-mail")),
        (_("Alleo field"), _("the list in Personio, Yes or No, that says who takes part")),
        (_("budget field"), _("a number in Personio that says how much somebody may spend at Alleo")),
        (_("keyring"), _("this computer's own store for passwords and other secrets")),
        (_("preview"), _("who would get Alleo, and what would change there; nothing is written")),
        (_("delivery"), _("the way people get into Alleo")),
        (pgettext("a run", "sync"), _("to bring the people at Alleo in line with Personio")),
        (_("run"), _("one sync: the changes of one preview, made at Alleo")),
        (_("to switch off"), _("somebody keeps their account but can no longer use it")),
        (_("to link"), _("to tie an account that is there already to its employee in Personio")),
        (_("guard"), _("limits that stop a run that would switch off, change or pay more than usual")),
        (_("left alone"), _("accounts at Alleo that do not come from Personio; they are never changed")),
        (_("withheld"), _("a budget that is not sent, because something about it has to be mended first")),
    )
