"""Example calls for --help. Tests parse each of them."""

from __future__ import annotations

EXAMPLES = {
    "alleo-onboard": (
        "alleo-onboard",
        "alleo-onboard --language nl --plain",
        "alleo-onboard demo",
        "alleo-onboard check --json",
    ),
    "alleo-onboard demo": (
        "alleo-onboard demo",
        "alleo-onboard demo --scenario messy-data",
        "alleo-onboard demo --delivery scim --people 200",
    ),
    "alleo-onboard preview": (
        "alleo-onboard preview",
        "alleo-onboard preview --out plan.json",
    ),
    "alleo-onboard sync": (
        "alleo-onboard sync",
        "alleo-onboard sync --plan plan.json --yes",
        "alleo-onboard sync --allow-offboard 12",
        "alleo-onboard sync --send-oneoff 13602526,13602533",
        "alleo-onboard sync --all --yes --scheduled",
    ),
    "alleo-onboard export": (
        "alleo-onboard export",
        "alleo-onboard export --out people.xlsx",
        "alleo-onboard export --out numbers.html --without-names",
        "alleo-onboard export --to portal --template template.xlsx",
    ),
    "alleo-onboard compare": ("alleo-onboard compare test-run.xlsx",),
    "alleo-onboard handover send": (
        "alleo-onboard handover send --message to-alleo.txt",
        "alleo-onboard handover send --via 1password --expires 3d",
        "alleo-onboard handover send --server https://secret.acme.example",
    ),
    "alleo-onboard handover activated": ("alleo-onboard handover activated --on 2026-12-01",),
    "alleo-onboard receive": (
        "alleo-onboard --profile acme receive",
        "alleo-onboard receive https://eu.onetimesecret.com/secret/... --once alleo-onboard check",
    ),
    "alleo-onboard schedule install": (
        "alleo-onboard schedule install --at 06:30",
        "alleo-onboard schedule install --at 06:30,18:00 --print",
        "alleo-onboard schedule install --using kubernetes --all --out manifests",
    ),
    "alleo-onboard runs show": ("alleo-onboard runs show last",),
    "alleo-onboard runs confirm": ("alleo-onboard runs confirm last",),
    "alleo-onboard runs export": ("alleo-onboard runs export --out runs.csv",),
    "alleo-onboard undo": (
        "alleo-onboard undo last --preview",
        "alleo-onboard undo 20261127T063004-a1b2c3",
    ),
    "alleo-onboard history": ("alleo-onboard history anna.weiss@acme.example",),
}
