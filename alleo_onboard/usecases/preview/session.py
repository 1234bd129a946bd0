"""A session with one set-up: the connections to Personio and Alleo, and the last snapshot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from alleo_onboard.domain.alleo_field import find
from alleo_onboard.domain.attributes import Attribute
from alleo_onboard.domain.credential import company_of
from alleo_onboard.domain.delivery import Context, Delivery, Runs
from alleo_onboard.domain.eligibility import Decision, Verdict, decide
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.errors import EmployeesNotReadable, Trouble, Usage
from alleo_onboard.domain.finding import Code, Finding
from alleo_onboard.domain.progress import Event, Notify, silent
from alleo_onboard.domain.readiness import Readiness, Source, conclude, examine
from alleo_onboard.locale import _
from alleo_onboard.store.ledger import Ledger, has_ledger
from alleo_onboard.usecases.preview.basis import last_run, policy_of, with_basis
from alleo_onboard.usecases.setups.resolve import Setup

if TYPE_CHECKING:
    from alleo_onboard.personio.client import PersonioClient
    from alleo_onboard.personio.reading import Read


_AT_ONCE = 8  # requests by id in parallel; the client limits the pace
_WRONG = 12 * 3600.0  # seconds; with a larger error of the clock, "today" is uncertain


def utc_now() -> datetime:
    """Returns the current time in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the first sign-in showed."""

    people: int | None  # number of visible employees; None without the right to read them
    source: Source
    scopes: tuple[str, ...]

    @property
    def excess(self) -> tuple[Finding, ...]:
        """Returns the findings about attributes that Alleo does not need."""
        return tuple(f for f in self.source.findings if f.code is Code.EXCESS_ATTRIBUTE)

    @property
    def sensitive(self) -> tuple[str, ...]:
        """Returns the names of the sensitive ones among them."""
        return tuple(f.subject for f in self.excess if f.detail("sensitive") == "yes")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything read from Personio at one time, with the verdict of every employee."""

    employees: tuple[Employee, ...] = field(repr=False)
    verdicts: Mapping[int, Verdict] = field(repr=False)  # by Personio id
    readiness: Readiness
    today: date  # in the set-up's time zone
    at: datetime = field(default_factory=utc_now)  # UTC
    clock_ahead: float = 0.0  # seconds that this computer's clock is ahead of Personio's

    @property
    def complete(self) -> bool:
        """Returns whether Personio's list was read completely."""
        return self.readiness.complete


class Session:
    """Holds the connections of one set-up. An async context manager for one event loop."""

    def __init__(
        self,
        setup: Setup,
        notify: Notify = silent,
        now: Callable[[], datetime] = utc_now,
        *,
        accept_change: bool = False,
    ) -> None:
        """Opens nothing yet.

        `notify` gets progress events and may be replaced before each use case. `accept_change` is true when a person
        accepted another field labelled "Alleo" instead of the pinned one; it counts from the next read. `now` is
        replaced in tests.
        """
        self.setup = setup
        self.accept_change = accept_change
        self.accepted: frozenset[Finding] = frozenset()  # lost Alleo fields whose replacement, as shown, was accepted
        self.notify = notify
        self._now = now
        self._personio: PersonioClient | None = None
        self._delivery: Delivery | None = None
        self.snapshot: Snapshot | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Closes every connection. The session can be used again afterwards."""
        personio, self._personio = self._personio, None
        if personio:
            await personio.aclose()
        await self.close_delivery()

    async def close_delivery(self) -> None:
        """Closes the connection to Alleo."""
        delivery, self._delivery = self._delivery, None
        if delivery:
            await delivery.aclose()

    def now(self) -> datetime:
        """Returns the current time in UTC."""
        return self._now().astimezone(UTC)

    def _tell(self, event: Event) -> None:
        self.notify(event)

    def today(self) -> date:
        """Returns the date in the set-up's time zone. Raises Usage for an unknown zone."""
        zone = self.setup.profile.zone
        try:
            return self._now().astimezone(ZoneInfo(zone)).date()
        except (ZoneInfoNotFoundError, ValueError, OSError):
            text = _("There is no time zone called {zone}. Use a name like Europe/Amsterdam.")
            raise Usage(text.format(zone=zone)) from None

    def personio(self) -> PersonioClient:
        """Returns the Personio client. Raises Usage when there is no credential."""
        from alleo_onboard.personio.client import PersonioClient
        from alleo_onboard.personio.pace import DOCUMENTED, UNLIMITED

        if self._personio is None:
            profile, secret = self.setup.profile, self.setup.client_secret
            if not profile.client_id or not secret:
                raise Usage(_("There is no Personio credential: set PERSONIO_CLIENT_ID and PERSONIO_CLIENT_SECRET."))
            self._personio = PersonioClient(
                profile.base_url,
                profile.client_id,
                secret,
                notify=self._tell,
                ca_file=self.setup.ca_file,
                pace=DOCUMENTED if self.setup.limits else UNLIMITED,
            )
        return self._personio

    def delivery(self) -> Delivery | None:
        """Returns the delivery of this set-up, not opened yet, or None."""
        setup = self.setup
        if self._delivery is None and setup.kind and setup.has_delivery:
            context = Context(setup.profile.name, self._tell, setup.ca_file)
            self._delivery = setup.kind.connect(setup.profile.delivery, setup.delivery_secrets, context)
        return self._delivery

    async def welcome(self) -> Welcome:
        """Signs in and reads attributes and head count, but no employees.

        Raises CredentialRejected, Unreachable, Usage.
        """
        client = self.personio()
        scopes = await client.sign_in()
        try:
            source = self._examine(await client.attributes(), scopes)
            return Welcome(await client.count(), source, scopes)
        except EmployeesNotReadable:
            return Welcome(None, self._examine((), scopes), scopes)

    async def gone(self, numbers: Iterable[int]) -> frozenset[int]:
        """Returns those of these Personio ids that Personio does not know, each asked for by itself.

        Raises as `read`.
        """
        client, left = self.personio(), iter(sorted(numbers))
        found: set[int] = set()

        async def ask() -> None:
            for number in left:
                if await client.employee(number) is None:
                    found.add(number)

        try:
            async with asyncio.TaskGroup() as group:
                for _worker in range(_AT_ONCE):
                    group.create_task(ask())
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None
        return frozenset(found)

    async def company(self, welcome: Welcome) -> str:
        """Returns a guess of the company's name from the e-mail address of one employee, or "".

        Nothing depends on it, so errors are ignored.
        """
        key = welcome.source.keys.get("email")
        if not key or not welcome.people:
            return ""
        try:
            return company_of(await self.personio().an_address(key))
        except Trouble:
            return ""

    async def read(self) -> Snapshot:
        """Reads Personio and decides everybody. Without the right to read employees, the snapshot has a finding.

        Raises CredentialRejected, Unreachable, Usage.
        """
        today = self.today()
        client = self.personio()
        scopes = await client.sign_in()
        try:
            source = self._examine(await client.attributes(), scopes)
            read = await client.employees(source.keys)
        except EmployeesNotReadable:
            barred = Finding(Code.EMPLOYEES_NOT_READABLE, "employees")
            empty = self._examine((), scopes)
            source = Source((), {}, empty.alleo, (), (barred,))
            self.snapshot = Snapshot(
                (), {}, Readiness(source, (), (barred,), 0, complete=False, alleo_values={}), today, self.now()
            )
            return self.snapshot
        if found := clock_wrong(client.clock_ahead, urlsplit(self.setup.profile.base_url).hostname or ""):
            source = replace(source, findings=(*found, *source.findings))
        made = await asyncio.to_thread(_decided, self.setup, read, source, today, self.now())
        self.snapshot = replace(made, clock_ahead=client.clock_ahead or 0.0)
        return self.snapshot

    def _examine(self, attributes: tuple[Attribute, ...], scopes: tuple[str, ...]) -> Source:
        """Returns what the tenant offers, with findings."""
        pinned, paid = self.setup.profile.selective_key or None, self._paid()
        named = {a.key for a in find(attributes)}
        if self.accept_change:
            paid = {}
        if any(key != pinned and self.accepts_field(key) for key in named):
            pinned = None
        return examine(attributes, scopes, pinned, paid)

    def accepts_field(self, key: str) -> bool:
        """Returns whether a person accepted that the attribute `key` selects people in place of the pinned one."""
        pinned = self.setup.profile.selective_key
        shown = (one.detail("others").split(", ") for one in self.accepted if one.detail("key") == pinned)
        return self.accept_change or any(key in keys for keys in shown)

    def _paid(self) -> Mapping[str, str]:
        """Returns the attribute key by name of the budget fields in the last finished run."""
        home, name = self.setup.home, self.setup.profile.name
        if not has_ledger(home, name):
            return {}
        with Ledger.of(home, name) as ledger:
            return ledger.last_keys()


def clock_wrong(ahead: float | None, host: str) -> tuple[Finding, ...]:
    """Returns the finding for a clock that is more than 12 hours off. `ahead` is in seconds."""
    if ahead is None or abs(ahead) <= _WRONG:
        return ()
    return (Finding(Code.CLOCK_WRONG, host, (("hours", str(round(ahead / 3600))),)),)


def _decided(setup: Setup, read: Read, source: Source, today: date, at: datetime) -> Snapshot:
    """Returns the snapshot with all verdicts. Slow for many people, so call it in a thread."""
    verdicts = decide(read.employees, today, source.alleo.selection, setup.profile.policy.on_leave)
    syncing = frozenset(n for n, verdict in verdicts.items() if verdict.decision is Decision.SYNC)
    in_file = setup.kind is not None and setup.kind.runs in (Runs.FILE, Runs.UPLOAD)
    readiness = conclude(source, read.employees, syncing, complete=read.complete, stated=read.stated, in_file=in_file)
    policy = policy_of(setup.profile, source, setup.alleo_address)
    readiness = with_basis(readiness, last_run(setup), policy, (e.id for e in read.employees))
    return Snapshot(read.employees, verdicts, readiness, today, at)
