"""systemd sandboxing options for the run; `systemd-analyze security` scores them."""

from __future__ import annotations

from pathlib import Path

from alleo_onboard.domain.schedule import Way
from alleo_onboard.scheduler.job import Job

_TEMPORARY = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - the folders that PrivateTmp= hides


def everywhere(*, runs_others: bool) -> list[str]:
    """What a user manager may ask for, too: none of it needs a right of root's or a namespace.

    `runs_others`: a password command is a program of the admin's choosing, and may write the code it executes.
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
    """What takes a namespace: a user manager can grant it only where the kernel lets users make one.

    The run writes to its own folders and nowhere else.
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
    """What only the system's manager can grant."""
    return [
        "CapabilityBoundingSet=",
        "AmbientCapabilities=",
        "ProtectHome=read-only",
        *([] if _needs_temporary(job) else ["PrivateTmp=yes"]),
        "PrivateDevices=yes",
        "DevicePolicy=closed",
        *([] if job.way is Way.KEYRING else ["PrivateUsers=yes"]),  # the bus of a keyring asks who is calling
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
    """Whether the program or its folders lie where a private /tmp would hide them."""
    used = [Path(job.command[0]), *(Path(folder) for folder in (*job.folders, *job.publishes))]
    return any(path.is_relative_to(folder) for path in used for folder in _TEMPORARY)
