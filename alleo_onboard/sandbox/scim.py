"""The simulated Alleo: scim2-server with an extension schema and a sign-in.

Behaviour of scim2-server 0.8.3 (measured): userName is unique ignoring case (409, scimType uniqueness), externalId is
not; PATCH answers 204; decimals are JSON numbers (100.0 for 100.00, and for the text "100.00"); a PATCH of `emails[type
eq "work"].value` needs an existing e-mail of that type (400 noTarget); ServiceProviderConfig needs no sign-in.

Improved here: listing. The original sorts all accounts for every page and copies and dumps each account, 1.2 ms for
each; `AccountStorage` keeps the order of creation and `AccountService` keeps the dumped JSON.
"""

from __future__ import annotations

import logging
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from scim2_models import (
    Context,
    Meta,
    Resource,
    ResourceType,
    Schema,
    ScimProvider,
    SearchRequest,
    ServiceProviderConfig,
    UnauthorizedException,
)
from scim2_server.applications.asgi import ASGIApplication
from scim2_server.memory import AsyncInMemoryStorage, InMemoryStorage
from scim2_server.service import ScimService
from scim2_server.storage import SearchPage
from scim2_server.utils import load_default_schemas

from alleo_onboard.sandbox.scim_schema import CONFIG, CORE, ENTERPRISE, EXTENSION, USER_TYPE

# Without a logging configuration, Python would print its errors into the terminal.
logging.getLogger("scim2_server").addHandler(logging.NullHandler())

if TYPE_CHECKING:
    from collections.abc import Callable

    from scim2_server.requests import ScimRequest
    from scim2_server.responses import ScimResponse


class AccountStorage(InMemoryStorage):
    """Accounts in memory. A plain listing is in order of creation and costs only its page."""

    def __init__(self) -> None:
        super().__init__()
        self._order: dict[str, None] = {}

    def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        """Adds an account. Raises UniquenessException when the userName is taken."""
        created = super().create(resource_type, resource)
        self._order[cast("str", created.id)] = None
        return created

    def put(self, resource_type: ResourceType, account: Resource[Any]) -> None:
        """Adds a new account without the copies of `create`, for thousands at once."""
        now = self.clock()
        account.id = self.generate_id(resource_type, account)
        account.meta = Meta(
            resource_type=resource_type.name, created=now, last_modified=now, version=self.next_version()
        )
        self._store(account, self._values_of(account))
        self._order[account.id] = None

    def in_order(self) -> list[Resource[Any]]:
        """Returns every account in order of creation, not copied."""
        held = self._resources.get("User", {})
        return [held[number] for number in self._order]

    def delete(self, resource_type: ResourceType, resource_id: str, *, expected_version: str | None = None) -> None:
        """Deletes an account. Raises NotFoundException."""
        super().delete(resource_type, resource_id, expected_version=expected_version)
        del self._order[resource_id]

    def search(
        self, resource_types: list[ResourceType], search_request: SearchRequest[Any], *, position: Any = None
    ) -> SearchPage:
        """Returns one page of accounts. Filters, sorting and cursors are left to scim2-server."""
        if search_request.filter is not None or search_request.sort_by is not None or position is not None:
            return super().search(resource_types, search_request, position=position)
        with self.lock:
            start = search_request.start_index_0 or 0
            stop = None if search_request.count is None else start + search_request.count
            held = self._resources.get("User", {})
            # Not copied: the service copies before it publishes, and nothing else sees a page.
            return SearchPage(len(held), [held[number] for number in islice(self._order, start, stop)])


class AccountService(ScimService):
    """The protocol. Keeps the JSON of each account version, so that listing does not dump everything again."""

    def __init__(self, provider: ScimProvider) -> None:
        super().__init__(provider)
        self._dumped: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {}

    def creation_response(self, base_url: str, created: Resource[Any]) -> ScimResponse:
        """Returns the 201, whose body is also used by listings."""
        response = super().creation_response(base_url, created)
        self._keep(base_url, created, cast("dict[str, Any]", response.body))
        return response

    def search_response(
        self,
        base_url: str,
        resource_types: list[ResourceType],
        page: SearchPage,
        search_request: SearchRequest[Any],
    ) -> ScimResponse:
        """Returns a page of accounts, each dumped once for each version."""
        if search_request.attributes or search_request.excluded_attributes:
            return super().search_response(base_url, resource_types, page, search_request)
        shown, page.resources = page.resources, []
        response = super().search_response(base_url, resource_types, page, search_request)
        body = cast("dict[str, Any]", response.body)
        body["Resources"] = [self._dump(base_url, account) for account in shown]
        body["itemsPerPage"] = len(shown)
        return response

    def _dump(self, base_url: str, account: Resource[Any]) -> dict[str, Any]:
        version, dumped = self._dumped.get((base_url, cast("str", account.id)), ("", {}))
        if version != _version(account):
            published = self.publish(base_url, account)
            dumped = published.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE)
            self._keep(base_url, account, dumped)
        return dumped

    def _keep(self, base_url: str, account: Resource[Any], dumped: dict[str, Any]) -> None:
        self._dumped[base_url, cast("str", account.id)] = (_version(account), dumped)


class AccountApplication(ASGIApplication):
    """scim2-server's ASGI application with a sign-in that `authorized` accepts."""

    def __init__(self, storage: AccountStorage, authorized: Callable[[str | None], bool]) -> None:
        provider = _provider()
        super().__init__(AsyncInMemoryStorage(storage), provider, AccountService(provider))
        self._authorized = authorized

    def check_auth(self, request: ScimRequest) -> None:
        """Raises UnauthorizedException (401) for a missing or unknown Authorization header."""
        if not self._authorized(request.header("Authorization")):
            raise UnauthorizedException(detail="Sign in with a bearer token, OAuth 2.0 or HTTP basic")


@cache
def _provider() -> ScimProvider:
    known = load_default_schemas()
    return ScimProvider.from_discovery(
        [known[CORE], known[ENTERPRISE], Schema.model_validate(EXTENSION)],
        [ResourceType.model_validate(USER_TYPE)],
        config=ServiceProviderConfig.model_validate(CONFIG),
    )


def _version(account: Resource[Any]) -> str:
    return (account.meta.version if account.meta else None) or ""
