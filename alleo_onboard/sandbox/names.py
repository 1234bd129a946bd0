"""Names, departments and streets for made-up Dutch and German people.

No entry describes a real person or company. RFC 2606 reserves the e-mail domain, so mail to it reaches nobody.
"""

from __future__ import annotations

from typing import NamedTuple

DOMAIN = "polderwerk.example"


class Region(NamedTuple):
    """Where an employee works: office, time zone, public holidays, and common names."""

    office_id: int
    office: str  # id, name, country, state
    zone: str
    holidays: tuple[int, str, str, str | None]  # id, name, country, state
    female: tuple[str, ...]
    male: tuple[str, ...]
    last: tuple[str, ...]


_DUTCH_FEMALE = (
    "Sanne", "Fleur", "Lotte", "Anouk", "Femke", "Roos", "Marieke", "Noor", "Eva", "Iris", "Esmée", "Zoë",
    "Hanneke", "Maud", "Julia", "Merel", "Anne-Marie", "Wietske", "Saskia", "Ilse", "Tessa", "Renée", "Nienke",
    "Carlijn",
)  # fmt: skip
_DUTCH_MALE = (
    "Daan", "Sem", "Bram", "Jeroen", "Pieter", "Thijs", "Ruben", "Jan-Willem", "Sjoerd", "Koen", "Maarten",
    "Willem", "Stijn", "Joost", "André", "Hidde", "Floris", "Gijs", "Bas", "Rutger", "Teun", "Mees", "Niels",
    "Casper",
)  # fmt: skip
_DUTCH_LAST = (
    "de Vries", "van den Berg", "Jansen", "van Dijk", "Bakker", "Visser", "Smit", "de Boer", "Mulder", "de Groot",
    "Bos", "van der Meer", "van 't Hof", "Vos", "Peters", "Hendriks", "van Leeuwen", "Dekker", "Brouwer", "de Wit",
    "Dijkstra", "ter Horst", "Kok", "in 't Veld", "van der Linden", "Schouten", "Hoekstra", "op den Camp", "Postma",
    "Kuiper-Bos", "van den Heuvel", "Ten Brinke", "Willems", "Huisman", "van der Wal", "Prins", "Blom", "Koster",
)  # fmt: skip
_GERMAN_FEMALE = (
    "Anna", "Lea", "Jule", "Käthe", "Ann-Kathrin", "Marlene", "Friederike", "Sophie", "Greta", "Johanna",
    "Antonia", "Clara", "Svenja", "Wiebke", "Franziska", "Ulrike", "Birgit", "Paula", "Leonie", "Jördis",
)  # fmt: skip
_GERMAN_MALE = (
    "Lukas", "Jürgen", "Björn", "Sören", "Karl-Heinz", "Felix", "Jonas", "Moritz", "Götz", "Matthias", "Tobias",
    "Fabian", "Henrik", "Leon", "Ansgar", "Sebastian", "Jörg", "Till", "Benedikt", "Konrad",
)  # fmt: skip
_GERMAN_LAST = (
    "Müller", "Schäfer", "Weiß", "Schröder", "Köhler", "Krüger", "Böhm", "Groß", "Vogel", "Lehmann", "Jäger",
    "Sommer-Hartmann", "von der Heide", "Neumann", "Zimmermann", "Hofmann", "Strauß", "Lindner", "Özdemir", "Kühn",
    "zu Wittgen", "Brandt", "Reuter", "Falkenhayn", "Meyer-Lüders", "Schulte", "Pohl", "Ebert", "Thalbach", "Wölk",
)  # fmt: skip

_NETHERLANDS = (11, "Nederland", "NL", None)
REGIONS = (
    Region(201101, "Utrecht", "Europe/Amsterdam", _NETHERLANDS, _DUTCH_FEMALE, _DUTCH_MALE, _DUTCH_LAST),
    Region(201101, "Utrecht", "Europe/Amsterdam", _NETHERLANDS, _DUTCH_FEMALE, _DUTCH_MALE, _DUTCH_LAST),
    Region(201102, "Rotterdam", "Europe/Amsterdam", _NETHERLANDS, _DUTCH_FEMALE, _DUTCH_MALE, _DUTCH_LAST),
    Region(
        201103,
        "Hamburg",
        "Europe/Berlin",
        (5, "Deutschland (Hamburg) Feiertage", "DE", "Hamburg"),
        _GERMAN_FEMALE,
        _GERMAN_MALE,
        _GERMAN_LAST,
    ),
    Region(
        201104,
        "Remote",
        "Europe/Lisbon",
        (1, "Deutschland Feiertage", "DE", None),
        _GERMAN_FEMALE,
        _GERMAN_MALE,
        _GERMAN_LAST,
    ),
)

# department id, department, team id, team, positions
DEPARTMENTS: tuple[tuple[int, str, int, str, tuple[str, ...]], ...] = (
    (4090741, "Engineering", 935401, "Platform", ("Software Engineer", "Senior Software Engineer", "QA Engineer")),
    (4090742, "Sales", 935402, "Benelux", ("Account Executive", "Sales Manager", "Sales Development")),
    (4090743, "Customer Success", 935403, "Onboarding", ("Customer Success Manager", "Support Specialist")),
    (4090744, "Finance", 935404, "Accounting", ("Controller", "Accountant")),
    (4090745, "People & Culture", 935405, "People Operations", ("HR Business Partner", "Recruiter")),
    (4090746, "Operations", 935406, "Logistics", ("Operations Manager", "Planner", "Werkstudent")),
)
