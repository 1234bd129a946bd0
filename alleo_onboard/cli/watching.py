"""`sync --scheduled` for a set-up whose sync Alleo runs: the daily watch, which writes nothing at Alleo."""

from __future__ import annotations

from alleo_onboard.cli.json import documents
from alleo_onboard.domain.errors import GuardTripped
from alleo_onboard.domain.progress import Notify
from alleo_onboard.presentation.watch import unusual_sentence
from alleo_onboard.usecases.handover.watch import News, Watched, watch
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.setups.resolve import Setup


async def watched(setup: Setup, notify: Notify) -> Watched:
    """Makes one watch. Raises what `watch` raises."""
    async with Session(setup, notify) as session:
        return await watch(session)


def document(seen: Watched) -> documents.Document:
    """Returns the document of `sync --json` with what the watch saw. Nothing was applied."""
    told = {**documents.sync(run=None, digest=seen.preview.plan.digest), "watch": _news(seen.news)}
    return documents.refused(told, GuardTripped(unusual_sentence(seen.news) + ".")) if seen.news.unusual else told


def _news(news: News) -> documents.Document:
    return {
        "first": news.first,
        **({"lost": True} if news.lost else {}),
        "joins": [{"personio_id": one.personio_id, "name": one.name} for one in news.joins],
        "leaves": [{"personio_id": one.personio_id, "name": one.name or None} for one in news.leaves],
        "budgets": [{"personio_id": one.personio_id, "name": one.name} for one in news.budgets],
        "blocked": [
            {"personio_id": one.personio_id, "name": one.name, "reasons": list(one.reasons)} for one in news.blocked
        ],
    }
