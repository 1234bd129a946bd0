"""Names of the attributes as Personio shows them."""

from __future__ import annotations

from functools import cache

from alleo_onboard.locale import _


@cache
def _attributes() -> dict[str, str]:
    return {
        "email": _("E-mail"),
        "first_name": _("First name"),
        "last_name": _("Last name"),
        "status": _("Status"),
        "hire_date": _("Hire date"),
        "termination_date": _("Termination date"),
        "department": _("Department"),
        "birthday": _("Birthday"),
        "alleo": _("Alleo field"),
    }


def attribute_label(name: str) -> str:
    """The attribute's name for people; a budget field is called what its label says."""
    return _attributes().get(name, name)
