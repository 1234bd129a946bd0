"""What the SCIM server says about itself: one resource type, three schemas, three ways to sign in.

Alleo's own schema is not documented. This extension is ours, so that a client can discover birthday, work anniversary
and budgets.
"""

from __future__ import annotations

from typing import Any

CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
ALLEO = "urn:ietf:params:scim:schemas:extension:alleo:2.0:User"


def _attribute(name: str, kind: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "type": kind,
        "description": description,
        "multiValued": False,
        "required": False,
        "caseExact": False,
        "mutability": "readWrite",
        "returned": "default",
        "uniqueness": "none",
    }


EXTENSION: dict[str, Any] = {
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
    "id": ALLEO,
    "name": "AlleoUser",
    "description": "What Alleo needs beside the core attributes",
    "attributes": [
        _attribute("birthday", "string", "Birthday, YYYY-MM-DD"),
        _attribute("workAnniversary", "string", "Date joined, YYYY-MM-DD"),
        _attribute("alleo_monthly_all_budget", "decimal", "Monthly budget for everything, in euros"),
        _attribute("alleo_oneoff_all_budget", "decimal", "One-off budget for everything, in euros"),
        _attribute("alleo_monthly_health_budget", "decimal", "Monthly budget for health, in euros"),
    ],
}

USER_TYPE: dict[str, Any] = {
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
    "id": "User",
    "name": "User",
    "description": "Account of an employee",
    "endpoint": "/Users",
    "schema": CORE,
    "schemaExtensions": [{"schema": ENTERPRISE, "required": False}, {"schema": ALLEO, "required": False}],
}

CONFIG: dict[str, Any] = {
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
    "patch": {"supported": True},
    "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
    "filter": {"supported": True, "maxResults": 200},
    "changePassword": {"supported": False},
    "sort": {"supported": True},
    "etag": {"supported": True},
    "authenticationSchemes": [
        {"type": "oauthbearertoken", "name": "Bearer token", "description": "A token handed over by Alleo"},
        {"type": "oauth2", "name": "OAuth 2.0", "description": "Client credentials at /oauth/token"},
        {"type": "httpbasic", "name": "HTTP basic", "description": "User and password"},
    ],
}
