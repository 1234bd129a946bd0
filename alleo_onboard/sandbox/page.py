"""The web page of the simulated Personio: which employee attributes the credential may read."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from alleo_onboard.locale import _, language
from alleo_onboard.sandbox.asgi import Response

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from alleo_onboard.sandbox.tenant import Attribute

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 56rem; margin: 3rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.4rem; margin-bottom: .25rem; }
p { margin: .25rem 0 1.5rem; opacity: .8; }
fieldset { border: 1px solid #8884; border-radius: .5rem; padding: 1rem; display: grid; gap: .25rem 1.5rem;
  grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); }
label { display: flex; gap: .5rem; align-items: baseline; }
small { opacity: .6; }
button { margin-top: 1.25rem; padding: .55rem 1.6rem; border: 0; border-radius: .4rem; background: #1a6b52; color: #fff;
  font: inherit; cursor: pointer; }
output { margin-left: 1rem; }
"""


def readable_page(attributes: Iterable[Attribute], readable: Collection[str], *, saved: bool) -> Response:
    """Returns the form with one checkbox for each attribute, ticked when readable."""
    title = escape(_("Sandbox Personio: readable employee attributes"))
    boxes = "\n".join(_box(attribute, ticked=attribute.key in readable) for attribute in attributes)
    done, save = escape(_("Saved. Check again in the wizard.")), escape(_("Save"))
    note = f"<output>{done}</output>" if saved else ""
    told = escape(_("A made-up company on this computer. Tick what the credential may read, then save."))
    html = f"""<!doctype html>
<html lang="{language()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>{_STYLE}</style></head>
<body><h1>{title}</h1>
<p>{told}</p>
<form method="post" action="/"><fieldset>
{boxes}
</fieldset><button>{save}</button>{note}</form></body></html>
"""
    return Response(200, html.encode(), (("cache-control", "no-store"),), "text/html; charset=utf-8")


def _box(attribute: Attribute, *, ticked: bool) -> str:
    mark = " checked" if ticked else ""
    key = escape(attribute.key)
    return (
        f'<label><input type="checkbox" name="readable" value="{key}"{mark}>'
        f"<span>{escape(attribute.label)} <small>{key}</small></span></label>"
    )
