"""The Personio client for the use cases. Heavy libraries are imported when one is created."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

from alleo_onboard.domain.attributes import Attribute
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.progress import Notify, System, silent
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.net.address import checked_url
from alleo_onboard.net.patience import DEFAULT_PATIENCE, Patience
from alleo_onboard.personio.pace import DOCUMENTED, Pace, Pacer

if TYPE_CHECKING:
    from alleo_onboard.domain.employee import Employee
    from alleo_onboard.personio.reading import Read

_EMPLOYEES = "/v1/company/employees"


class PersonioClient:
    """Async client of Personio API v1 for one credential: signs in once, reuses the token, used by one event loop.

    Every request raises CredentialRejected, EmployeesNotReadable or Unreachable, with a sentence that says what to do.
    """

    def __init__(
        self,
        base_url: str,
        client_id: str,
        client_secret: Secret,
        *,
        notify: Notify = silent,
        ca_file: str | None = None,
        pace: Pace = DOCUMENTED,
        patience: Patience = DEFAULT_PATIENCE,
        concurrency: int = 8,
    ) -> None:
        """Raises Usage when the address, `ca_file`, the proxy or the credential's characters cannot be used.

        `pace` limits how fast employees are read, `patience` says how failures are retried, `concurrency` is the number
        of pages read in parallel.
        """
        from alleo_onboard.net.http import Http
        from alleo_onboard.personio.session import HEADERS, Session

        url = checked_url(base_url)
        try:
            (client_id + client_secret.reveal()).encode()
        except UnicodeEncodeError:
            raise Usage(_("The credential for Personio holds characters that cannot be sent. Copy it again.")) from None
        self._concurrency = max(1, concurrency)
        self._notify = notify
        self._session = Session(
            http=Http(url, system=System.PERSONIO, notify=notify, headers=HEADERS, ca_file=ca_file, patience=patience),
            client_id=client_id.strip(),
            secret=client_secret,
            notify=notify,
            pacer=Pacer(pace, patience.clock),
            lock=asyncio.Lock(),
        )

    @property
    def clock_ahead(self) -> float | None:
        """Returns the seconds that this machine's clock is ahead of Personio's last Date header; None before that."""
        return self._session.http.clock_ahead

    async def sign_in(self) -> tuple[str, ...]:
        """Signs in, if not done yet, and returns the credential's scopes; () when Personio does not tell."""
        return await self._session.sign_in()

    async def attributes(self) -> tuple[Attribute, ...]:
        """Returns every attribute that the credential may read (`GET /v1/company/employees/attributes`)."""
        from alleo_onboard.personio.answers import attributes_in

        return await self._session.get(f"{_EMPLOYEES}/attributes", attributes_in)

    async def count(self) -> int:
        """Returns the number of employees that the credential can see, inactive ones included."""
        from alleo_onboard.personio.shape import Shape

        page = await self._session.get(f"{_EMPLOYEES}?limit=1&offset=0&{_wanted({})}", Shape({}).page)
        return page.rows if page.stated is None else page.stated

    async def an_address(self, key: str) -> str:
        """Returns the e-mail address of one employee, or "". `key` is Personio's key of the e-mail attribute."""
        from alleo_onboard.personio.shape import Shape

        keys = {"email": key}
        page = await self._session.get(f"{_EMPLOYEES}?limit=1&offset=0&{_wanted(keys)}", Shape(keys).page)
        return page.employees[0].email if page.employees else ""

    async def employees(self, keys: Mapping[str, str]) -> Read:
        """Reads all employees. `keys` maps our names (`domain.readiness.Source.keys`) to Personio's attribute keys."""
        from alleo_onboard.personio.reading import PAGE, read_all
        from alleo_onboard.personio.shape import Page, Shape

        shape, query = Shape(keys), _wanted(keys)

        async def fetch(offset: int) -> Page:
            return await self._session.get(f"{_EMPLOYEES}?limit={PAGE}&offset={offset}&{query}", shape.page)

        return await read_all(fetch, self._notify, self._concurrency)

    async def employee(self, number: int) -> Employee | None:
        """Returns the employee with this id, without other values, or None when Personio does not have one."""
        from alleo_onboard.personio.shape import Shape

        return await self._session.find(f"{_EMPLOYEES}/{number}?{_wanted({})}", Shape({}).one)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._session.http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exception: object) -> None:
        await self.aclose()


def _wanted(keys: Mapping[str, str]) -> str:
    """Returns the query that asks for these attributes."""
    # Without attributes[] Personio sends everything it may, salaries too. The id alone is the least one can ask for.
    wanted = sorted(set(keys.values())) or ["id"]
    return urlencode([("attributes[]", key) for key in wanted])
