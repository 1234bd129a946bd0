"""The scenarios of the sandbox, by name. Imports nothing heavy, because `--help` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from alleo_onboard.locale import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario: what the tenant has, what the credential may read, and what fails.

    `description` is one translated line. The other fields configure the rest of the sandbox.
    """

    name: str
    description: str
    alleo_field: bool = True  # the custom list attribute "Alleo" exists and is readable
    budget_fields: bool = True  # the alleo_<period>_<category>_budget attributes exist and are readable
    forgotten: tuple[str, ...] = ()  # required attributes (key or universal_id) that are not readable
    over_privileged: bool = False  # every attribute is readable, and the credential may write
    messy: bool = False  # people and attributes with typical errors
    flaky: bool = False  # faults in a fixed order
    mass_leave: bool = False  # everybody has an account at Alleo, four of ten have left


_ALL = (
    Scenario(
        "ready",
        N_("Everything readable, no Alleo field: every active employee syncs."),
        alleo_field=False,
        budget_fields=False,
    ),
    Scenario("selective", N_("The Alleo field picks who syncs, budgets are set, all is well.")),
    Scenario(
        "forgotten-attributes",
        N_("Birthday and Department were not ticked as readable; mend it in the browser and check again."),
        forgotten=("date_of_birth", "department"),
    ),
    Scenario(
        "messy-data",
        N_("Duplicate and invalid e-mail addresses, odd names, unclear Alleo values, budgets that are not amounts."),
        messy=True,
    ),
    Scenario(
        "over-privileged",
        N_("The credential reads salary, IBAN and more than Alleo needs, and may write."),
        over_privileged=True,
    ),
    Scenario("flaky", N_("Personio stumbles: 503, cut-off answers, throttling; every retry helps."), flaky=True),
    Scenario(
        "mass-leave",
        N_("Everyone is in Alleo already and four in ten have left: the guard stops the run."),
        mass_leave=True,
    ),
)

SCENARIOS: Mapping[str, Scenario] = MappingProxyType({scenario.name: scenario for scenario in _ALL})
DEFAULT_SCENARIO = "selective"
DEFAULT_PEOPLE = 34
