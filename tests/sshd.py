"""A real OpenSSH server on loopback, running as this user, configured like customers' servers."""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SSHD = shutil.which("sshd") or ("/usr/sbin/sshd" if Path("/usr/sbin/sshd").exists() else "")

# What the server forbids or allows (sftp-server -P and -p). Customers' servers differ in this.
FULL = ""
NO_POSIX_RENAME = "-P posix-rename"
UPLOAD_ONLY = "-P posix-rename,rename,remove"
DROP_BOX = "-p open,write,close,realpath"
READ_ONLY = "-R"


@dataclass
class Server:
    """A running server."""

    port: int
    folder: Path  # what a signed-in user sees
    key: Path
    home: Path  # folder of the server itself

    @property
    def user(self) -> str:
        return getpass.getuser()

    @property
    def place(self) -> str:
        """Returns the address for the pickup delivery."""
        return f"sftp://{self.user}@127.0.0.1:{self.port}{self.folder}"

    def host_keys(self, *types: str) -> str:
        """Returns the host keys as ssh-keygen, an independent program, shows them."""
        told = []
        for kind in types or ("ed25519", "ecdsa", "rsa"):
            public = self.home / f"host_{kind}.pub"
            if public.exists():
                line = subprocess.run(["ssh-keygen", "-lf", public], capture_output=True, text=True, check=True).stdout
                told.append(f"{public.read_text().split()[0]} {line.split()[1]}")
        return ", ".join(told)

    def names(self) -> list[str]:
        """Returns the names of the files in the folder."""
        return sorted(p.name for p in self.folder.iterdir())


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def make_key(path: Path, kind: str = "ed25519", passphrase: str = "") -> Path:
    """Makes a key with ssh-keygen and returns its path."""
    bits = ["-b", "2048"] if kind == "rsa" else []
    subprocess.run(
        ["ssh-keygen", "-q", "-t", kind, *bits, "-N", passphrase, "-f", path], check=True, stdin=subprocess.DEVNULL
    )
    return path


@contextmanager
def serving(
    home: Path, restrict: str = FULL, families: tuple[str, ...] = ("ed25519", "rsa"), more: str = "", port: int = 0
) -> Iterator[Server]:
    """Runs sshd until the block ends. Sign-in is by key, as this user."""
    home.mkdir(parents=True, exist_ok=True)
    folder, key = home / "up", home / "client"
    folder.mkdir(exist_ok=True)
    if not key.exists():
        make_key(key)
    for family in families:
        if not (home / f"host_{family}").exists():
            make_key(home / f"host_{family}", family)
    port = port or free_port()
    hosts = "\n".join(f"HostKey {home}/host_{family}" for family in families)
    (home / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\n{hosts}\nPidFile {home}/pid\nUsePAM no\nStrictModes no\n"
        f"PermitRootLogin yes\nAuthorizedKeysFile {home}/client.pub\nSubsystem sftp internal-sftp {restrict}\n"
        f"{more}\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    with (home / "log").open("ab") as log:
        process = subprocess.Popen([SSHD, "-D", "-e", "-f", home / "config"], stderr=log, stdin=subprocess.DEVNULL)
        try:
            _listening(process, port)
            yield Server(port, folder, key, home)
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
            process.wait(10)


def _listening(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + 10
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        os.sched_yield()
    raise RuntimeError("sshd does not listen")
