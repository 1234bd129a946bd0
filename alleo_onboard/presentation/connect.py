"""Sentences about the first sign-in to Personio."""

from __future__ import annotations

from alleo_onboard.domain.attributes import NAMES
from alleo_onboard.domain.finding import Code, Finding
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count
from alleo_onboard.locale.terms import attribute_label
from alleo_onboard.presentation.findings import finding_remedy, finding_title
from alleo_onboard.presentation.lines import Line, Tone, warned
from alleo_onboard.usecases.preview.session import Welcome

_NAMED = 4  # sensitive attributes that are named, at most; the check lists all


def headline(welcome: Welcome) -> str:
    """Returns whether the sign-in succeeded and how many people are visible."""
    if welcome.people is None:
        return _("Signed in to Personio, but the credential may not read employees.")
    text = ngettext(
        "Signed in to Personio. {n} person visible.", "Signed in to Personio. {n} people visible.", welcome.people
    )
    return text.format(n=count(welcome.people))


def details(welcome: Welcome) -> tuple[Line, ...]:
    """Returns lines about attributes and rights: what is missing first, then what is not needed."""
    if welcome.people is None:
        remedy = finding_remedy(Finding(Code.EMPLOYEES_NOT_READABLE, "employees"))
        return tuple([Line(line, Tone.WARNING) for line in remedy])
    parts = [_readable(welcome)]
    if excess := _excess(welcome):
        parts.append(warned(excess))
    writes = [f for f in welcome.source.findings if f.code is Code.WRITE_ACCESS]
    parts += [warned(finding_title(f)) for f in writes]
    return tuple(parts)


def _readable(welcome: Welcome) -> Line:
    missing = [attribute_label(name) for name in NAMES if name not in welcome.source.readable]
    if not missing:
        return Line(_("✓ All eight attributes Alleo needs are readable."), Tone.GOOD)
    text = ngettext(
        "{n} of the eight attributes is not readable: {names}.",
        "{n} of the eight attributes are not readable: {names}.",
        len(missing),
    )
    return Line("! " + text.format(n=len(missing), names=", ".join(missing)), Tone.WARNING)


def _excess(welcome: Welcome) -> str:
    number, sensitive = len(welcome.excess), welcome.sensitive
    if not number:
        return ""
    text = ngettext(
        "The credential can read more than Alleo needs: {n} attribute",
        "The credential can read more than Alleo needs: {n} attributes",
        number,
    ).format(n=number)
    if not sensitive:
        return _("{sentence}.").format(sentence=text)
    more = ", …" if len(sensitive) > _NAMED else ""
    names = ", ".join(sensitive[:_NAMED]) + more
    return _("{sentence}, {n} of them sensitive ({names}).").format(sentence=text, n=len(sensitive), names=names)
