"""Codes of the daily run: the scheduler that starts it, and where it gets its secrets."""

from __future__ import annotations

from enum import StrEnum


class Using(StrEnum):
    """The scheduler that starts the run."""

    SYSTEMD = "systemd"
    CRON = "cron"
    LAUNCHD = "launchd"
    TASK_SCHEDULER = "task-scheduler"
    KUBERNETES = "kubernetes"


class Way(StrEnum):
    """Where the run gets its secrets."""

    KEYRING = "keyring"
    SYSTEMD_CREDS = "systemd-creds"
    ENV_FILE = "env-file"
    COMMAND = "command"
    KUBERNETES_SECRET = "kubernetes-secret"  # noqa: S105 - the name of a way, not a secret


ENV_FILE_VARIABLE = "ALLEO_ONBOARD_ENV_FILE"
CREDENTIALS_VARIABLE = "CREDENTIALS_DIRECTORY"
# Name of a file in $CREDENTIALS_DIRECTORY; a `SecretSlot` has its own. A Kubernetes Secret uses the variables as keys.
PERSONIO_CREDENTIAL = "personio-client-secret"
