"""Sandboxing options of systemd for the run; `systemd-analyze security` rates them."""

from __future__ import annotations

from pathlib import Path

from alleo_onboard.domain.schedule import Way
from alleo_onboard.scheduler.job import Job

_TEMPORARY = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - the folders that PrivateTmp= hides


def everywhere(*, runs_others: bool) -> list[str]:
    """Returns options that a user manager can set too: none needs root or a namespace.

    `runs_others` is true when a password command runs, which may create the code that it executes.
    """
    return [
        "UMask=0077",
        "NoNewPrivileges=yes",
        "LockPersonality=yes",
        "RestrictRealtime=yes",
        "RestrictSUIDSGID=yes",
        "RestrictNamespaces=yes",
        "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
        "SystemCallArchitectures=native",
        "SystemCallFilter=@system-service",
        "SystemCallFilter=~@privileged @resources",
        "SystemCallErrorNumber=EPERM",
        *([] if runs_others else ["MemoryDenyWriteExecute=yes"]),
    ]


def walls(job: Job) -> list[str]:
    """Returns options that need a namespace, which a user manager has only if the kernel allows it.

    The run may write only to its own folders.
    """
    writes = " ".join(f'"{folder.replace("%", "%%")}"' for folder in (*job.folders, *job.publishes))
    return [
        "ProtectSystem=strict",
        f"ReadWritePaths={writes}",
        "ProtectControlGroups=yes",
        "ProtectKernelTunables=yes",
        "ProtectProc=invisible",
    ]


def system_only(job: Job) -> list[str]:
    """Returns options that only the system manager can set."""
    return [
        "CapabilityBoundingSet=",
        "AmbientCapabilities=",
        "ProtectHome=read-only",
        *([] if _needs_temporary(job) else ["PrivateTmp=yes"]),
        "PrivateDevices=yes",
        "DevicePolicy=closed",
        *([] if job.way is Way.KEYRING else ["PrivateUsers=yes"]),  # the keyring's D-Bus asks for the caller's user
        "PrivateMounts=yes",
        "ProtectClock=yes",
        "ProtectHostname=yes",
        "ProtectKernelLogs=yes",
        "ProtectKernelModules=yes",
        "ProcSubset=pid",
        "RemoveIPC=yes",
        "KeyringMode=private",
    ]


def _needs_temporary(job: Job) -> bool:
    """Returns whether the program or its folders are inside a /tmp that PrivateTmp= would hide."""
    used = [Path(job.command[0]), *(Path(folder) for folder in (*job.folders, *job.publishes))]
    return any(path.is_relative_to(folder) for path in used for folder in _TEMPORARY)
