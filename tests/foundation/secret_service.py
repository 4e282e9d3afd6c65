"""A Secret Service for one test: GNOME Keyring on a private D-Bus, in a folder of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")
PASSWORD = b"opens the keyring of the test"
START = 30  # seconds

# keyring leaves its connection to a locked keyring to the collector.
WARNINGS = ("-W", "error", "-W", "ignore::ResourceWarning")

# Nothing is started by the bus itself, so a prompt finds no program that could show it.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class PrivateBus:
    """A D-Bus of its own, and the environment of programs that are to use it and nothing else."""

    def __init__(self, folder: Path, address: str) -> None:
        self.environment = own_environment(folder)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address

    def python(self, code: str, *arguments: str) -> str:
        """Run a program that uses this bus, and return what it prints."""
        done = subprocess.run(
            [sys.executable, *WARNINGS, "-c", code, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == "", done.stderr
        return done.stdout

    @contextmanager
    def keyring(self, *, unlocked: bool) -> Iterator[None]:
        """Run GNOME Keyring on this bus; its keyring is made when it is first unlocked."""
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
        with self._owner_of("org.freedesktop.secrets") as await_owner:
            daemon = subprocess.Popen(
                [*command, "--unlock"] if unlocked else command,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                assert daemon.stdin is not None
                daemon.stdin.write(PASSWORD if unlocked else b"")
                daemon.stdin.close()
                await_owner()
                yield
            finally:
                stop(daemon)

    @contextmanager
    def _owner_of(self, name):
        """Yield what returns when some program has taken a name on the bus."""
        from jeepney import MatchRule, message_bus  # type: ignore[import-untyped] # no stubs
        from jeepney.io.blocking import (  # type: ignore[import-untyped] # no stubs
            Proxy,
            open_dbus_connection,
        )

        taken = MatchRule(type="signal", interface=message_bus.interface, member="NameOwnerChanged")
        taken.add_arg_condition(0, name)
        address = self.environment["DBUS_SESSION_BUS_ADDRESS"]
        with open_dbus_connection(address) as connection:
            Proxy(message_bus, connection).AddMatch(taken)
            with connection.filter(taken) as signals:
                yield lambda: connection.recv_until_filtered(signals, timeout=START)


@contextmanager
def private_bus(folder: Path) -> Iterator[PrivateBus]:
    """Run a D-Bus; skip the test where the programs for it are missing.

    Args:
        folder: An empty folder, for all that programs on this bus write.
    """
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        pytest.skip(f"no {' and no '.join(missing)} here (Debian: dbus, gnome-keyring)")
    configuration = folder / "bus.conf"
    configuration.write_text(BUS)
    command = ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address"]
    daemon = subprocess.Popen(
        command,
        env=own_environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    try:
        yield PrivateBus(folder, daemon.stdout.readline().strip())
    finally:
        stop(daemon)
        daemon.stdout.close()


def own_environment(folder: Path) -> dict[str, str]:
    """Return an environment with its own folders, without a screen and without a bus."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DBUS_", "KEYRING_", "PYTHON_KEYRING_", "GNOME_KEYRING_"))
        and name not in {"DISPLAY", "WAYLAND_DISPLAY"}
    }
    for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        own = folder / name.lower()
        own.mkdir(mode=0o700, exist_ok=True)
        environment[name] = str(own)
    return environment


def stop(daemon: "subprocess.Popen[Any]") -> None:
    """End a program and wait until it has."""
    daemon.terminate()
    try:
        daemon.wait(START)
    except subprocess.TimeoutExpired:
        daemon.kill()
        daemon.wait()
