"""Sentences about the daily watch, without names."""

from __future__ import annotations

from collections.abc import Iterator

from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count
from alleo_onboard.usecases.handover.watch import News, Watched


def watch_sentence(seen: Watched) -> str:
    """Returns one line for a log, a message or a mail."""
    return "; ".join(_parts(seen)) + "."


def unusual_sentence(news: News) -> str:
    """Returns what many leavers mean, and what can still be done."""
    text = _(
        "{n} of {of} people would lose Alleo at its next sync, which is more than usual. If it is not meant, mend it "
        "in Personio before that sync, or take the rights away from Alleo's credential there"
    )
    return text.format(n=count(len(news.leaves)), of=count(news.before))


def _parts(seen: Watched) -> Iterator[str]:
    n = len([one for one in seen.preview.plan.people if one.decision.value == "sync"])
    text = ngettext("Alleo would hold {n} person", "Alleo would hold {n} people", n)
    yield text.format(n=count(n))
    news = seen.news
    if news.first:
        yield _("this is the first look, so there is nothing to compare with")
    elif news.lost:
        yield _(
            "what the last look saw cannot be read any more, so nothing could be compared: see preview for who would "
            "join and who would leave"
        )
    elif not news.any:
        yield _("nothing is new since the last look")
    told = (
        (len(news.joins), ngettext("{n} joins", "{n} join", len(news.joins))),
        (len(news.leaves), ngettext("{n} leaves", "{n} leave", len(news.leaves))),
        (len(news.budgets), ngettext("{n} changed budget", "{n} changed budgets", len(news.budgets))),
        (len(news.blocked), ngettext("{n} newly blocked", "{n} newly blocked", len(news.blocked))),
    )
    yield from (text.format(n=count(n)) for n, text in told if n)
    if news.unusual:
        yield unusual_sentence(news)
    if seen.blocked:
        text = ngettext("{n} person is blocked: see preview", "{n} people are blocked: see preview", seen.blocked)
        yield text.format(n=count(seen.blocked))
