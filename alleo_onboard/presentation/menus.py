"""Names of Personio's menus in each language.

Personio uses the language of its user, not of this computer. So a click path shows the reader's labels and, if they
differ, the English ones. Sources: Alleo help centre 13555 in English and Dutch, Personio help centre in German
(115002699585, 208861829, 360002029637, 4404623630993), support.goos.cloud 7039569. A label of a button that is known
only in English stays English. The German for "People", "HR information", "Name of your attribute" and "List of options"
is our own, to be understood; the English beside it is Personio's.
"""

from __future__ import annotations

from alleo_onboard.locale import language
from alleo_onboard.locale.terms import attribute_label

_LABELS = {
    "nl": {
        "Settings": "Instellingen",
        "Integrations": "Integraties",
        "API credentials": "API-referenties",
        "Generate new credential": "Nieuwe referentie genereren",
        "Other": "Overige",
        "Read": "Lezen",
        "Employees personal data": "Persoonlijke gegevens van werknemers",
        "Readable employee attributes": "Leesbare werknemersattributen",
        "Employee information": "Werknemersinformatie",
        "HR information": "HR-informatie",
        "Name of your attribute": "Naam van uw attribuut",
        "List of options": "Lijst met opties",
    },
    "de": {
        "Settings": "Einstellungen",
        "Integrations": "Integrationen",
        "API credentials": "API-Zugriffsdaten",
        "Generate new credential": "Neue Zugriffsdaten generieren",
        "Read": "Lesen",
        "Employees": "Mitarbeitende",
        "Employees personal data": "Mitarbeitende",
        "Readable employee attributes": "Lesbare Mitarbeitendenattribute",
        "People": "Mitarbeitende",
        "Employee information": "Mitarbeitendeninformationen",
        "HR information": "HR-Informationen",
        "Name of your attribute": "Name des Attributs",
        "List of options": "Liste mit Optionen",
    },
}
_ATTRIBUTES = {
    "email": "Email",
    "first_name": "First name",
    "last_name": "Last name",
    "status": "Status",
    "hire_date": "Hire date",
    "termination_date": "Termination date",
    "department": "Department",
    "birthday": "Birthday",
}


def path(*labels: str) -> str:
    """Returns a click path for English labels: "Instellingen > Integraties (Settings > Integrations)"."""
    own = _LABELS.get(language(), {})
    return _both(" > ".join(own.get(label, label) for label in labels), " > ".join(labels))


def attribute(name: str) -> str:
    """Returns an attribute as Personio lists it: "Afdeling (Department)".

    A custom attribute has one name in all languages.
    """
    return _both(attribute_label(name), _ATTRIBUTES.get(name, ""))


def _both(own: str, english: str) -> str:
    same = own.casefold().replace("-", "") == english.casefold().replace("-", "")
    return own if same or not english else f"{own} ({english})"
