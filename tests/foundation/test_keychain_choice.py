"""Only the keychains of the system themselves are used, whatever else keyring would take."""

import importlib.util
import os
import subprocess
import sys
from threading import Event
from types import ModuleType

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.backends.kwallet import DBusKeyring, DBusKeyringKWallet4
from keyring.backends.libsecret import Keyring as Libsecret
from keyring.backends.macOS import Keyring as MacOS
from keyring.backends.SecretService import Keyring as SecretService
from tests.foundation.keychains import MemoryBackend

from padguard.foundation.errors import KeychainError
from padguard.foundation.keychain_choice import (
    NO_KEYCHAIN,
    NO_SYSTEM_KEYCHAIN,
    REFUSED,
    choose,
    open_keychain,
)
from padguard.foundation.keychain_words import NO_ANSWER
from padguard.foundation.masked import Masked

ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")


class PlaintextKeyring(MemoryBackend):
    """Stands for those of keyrings.alt."""


class Derived(SecretService):
    """Calls itself one of the system's, and may do anything."""

    priority = 9


# keyring offers every class that is derived from its own; this one is for these tests only.
KeyringBackend._classes.discard(Derived)

PLAINTEXT = f"{PlaintextKeyring.__module__}.PlaintextKeyring"


@pytest.fixture
def chained(monkeypatch):
    """Return what makes a chainer of back ends."""

    def make(*backends):
        monkeypatch.setattr(chainer.ChainerBackend, "backends", list(backends))
        return chainer.ChainerBackend()

    return make


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (SecretService, "Secret Service"),
        (Libsecret, "Secret Service"),
        (DBusKeyring, "KWallet"),
        (DBusKeyringKWallet4, "KWallet"),
        (MacOS, "macOS Keychain"),
    ],
)
def test_the_keychains_of_the_systems_are_taken(kind, name):
    assert choose([PlaintextKeyring(), kind()]).name == name


def test_one_in_a_chainer_is_taken(chained):
    assert choose([chained(PlaintextKeyring(), SecretService())]).name == "Secret Service"


@ON_LINUX
@pytest.mark.parametrize("backend", [null.Keyring(), fail.Keyring()])
def test_those_that_keep_nothing_are_no_keychain(backend):
    with pytest.raises(KeychainError) as caught:
        choose([backend])
    assert caught.value.message == NO_KEYCHAIN


def test_one_that_keeps_secrets_in_clear_is_refused_by_name():
    with pytest.raises(KeychainError) as caught:
        choose([fail.Keyring(), PlaintextKeyring()])
    assert caught.value.message == REFUSED(names=PLAINTEXT)


def test_one_derived_from_a_keychain_of_the_system_is_refused():
    with pytest.raises(KeychainError) as caught:
        choose([Derived()])
    assert caught.value.message.text == REFUSED.text


def test_a_chainer_of_such_is_refused(chained):
    with pytest.raises(KeychainError) as caught:
        choose([chained(PlaintextKeyring(), null.Keyring())])
    assert caught.value.message == REFUSED(names=PLAINTEXT)


@ON_LINUX
def test_an_empty_chainer_is_no_keychain(chained):
    with pytest.raises(KeychainError) as caught:
        choose([chained()])
    assert caught.value.message == NO_KEYCHAIN


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_than_on_linux_nobody_is_told_to_start_gnome_keyring(platform, monkeypatch):
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(KeychainError) as caught:
        choose([])
    assert caught.value.message == NO_SYSTEM_KEYCHAIN


def test_no_more_back_ends_are_asked_for_than_needed():
    def offered():
        yield SecretService()
        raise AssertionError

    assert open_keychain(offered).name == "Secret Service"


def test_a_bus_that_does_not_answer_is_given_up():
    answered = Event()

    def offered():
        answered.wait(30)
        yield SecretService()

    with pytest.raises(KeychainError) as caught:
        open_keychain(offered, patience=0)
    answered.set()
    assert caught.value.message == NO_ANSWER


class CredentialManager(ModuleType):
    """Stands for the Windows Credential Manager: one credential a target, written as it is."""

    CRED_TYPE_GENERIC = 1
    CRED_PERSIST_LOCAL_MACHINE = 2
    CRED_PERSIST_ENTERPRISE = 3

    def __init__(self):
        super().__init__("win32cred")
        self.credentials = {}
        self.written = []

    def CredRead(self, TargetName, Type):  # noqa: N802, N803 - the names are Windows'
        if TargetName not in self.credentials:
            raise NotFoundError
        found = self.credentials[TargetName]
        return {**found, "CredentialBlob": found["CredentialBlob"].encode("utf-16-le")}

    def CredWrite(self, credential, flags):  # noqa: N802 - as above
        self.written.append(credential["TargetName"])
        self.credentials[credential["TargetName"]] = credential

    def CredDelete(self, TargetName, Type):  # noqa: N802, N803 - as above
        del self.credentials[TargetName]


class NotFoundError(Exception):
    winerror = 1168
    funcname = "CredRead"


@pytest.fixture
def windows(monkeypatch):
    """Return a Windows Credential Manager to which keyring's own back end leads."""
    manager = CredentialManager()
    types = ModuleType("pywintypes")
    vars(types)["error"] = NotFoundError
    monkeypatch.setitem(sys.modules, "win32ctypes", None)  # as if it were not installed
    monkeypatch.setitem(sys.modules, "pywintypes", types)
    monkeypatch.setitem(sys.modules, "win32cred", manager)
    spec = importlib.util.find_spec("keyring.backends.Windows")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setitem(sys.modules, "keyring.backends.Windows", module)
    yield manager, module.WinVaultKeyring
    KeyringBackend._classes.discard(module.WinVaultKeyring)


def test_windows_gets_a_target_for_every_secret_and_never_moves_one(windows):
    manager, kind = windows
    keychain = choose([kind()])
    assert keychain.name == "Windows Credential Manager"
    for key in ("FTP (1)", "SAP (2)"):
        keychain.store(key, Masked(f"secret of {key}"))
    assert manager.written == ["PAD Guard: FTP (1)", "PAD Guard: SAP (2)"]
    assert keychain.fetch("FTP (1)") == Masked("secret of FTP (1)")
    keychain.delete("FTP (1)")
    assert keychain.fetch("FTP (1)") is None
    assert keychain.fetch("SAP (2)") == Masked("secret of SAP (2)")


def test_secrets_do_not_roam_to_other_computers(windows, monkeypatch):
    manager, kind = windows
    monkeypatch.setenv("KEYRING_PROPERTY_PERSIST", "enterprise")
    choose([kind()]).store("FTP (1)", Masked("Kx8!pomelo"))
    assert [each["Persist"] for each in manager.credentials.values()] == [2]


def test_windows_refuses_long_secrets_before_anything_is_written(windows):
    manager, kind = windows
    with pytest.raises(KeychainError):
        choose([kind()]).store("FTP (1)", Masked("x" * 1281))
    assert manager.written == []


def test_a_mark_that_windows_takes_for_the_byte_order_is_found_out(windows):
    manager, kind = windows
    with pytest.raises(KeychainError):
        choose([kind()]).store("FTP (1)", Masked("\ufeffKx8!pomelo"))
    assert manager.credentials == {}


PLUGIN = """
from pathlib import Path
from keyring.backend import KeyringBackend

class PlaintextKeyring(KeyringBackend):
    priority = 20
    def get_password(self, service, username):
        return Path("secrets.txt").read_text()
    def set_password(self, service, username, password):
        Path("secrets.txt").write_text(password)
"""

OPEN = """
from padguard.foundation.errors import KeychainError
from padguard.foundation.keychain_choice import open_keychain
try:
    print(open_keychain().name)
except KeychainError as error:
    print(error)
"""


@ON_LINUX
@pytest.mark.parametrize(
    "named", ["plainkeys.PlaintextKeyring", "keyring.backends.null.Keyring", ""]
)
def test_an_installed_and_configured_plaintext_back_end_is_not_used(named, tmp_path):
    (tmp_path / "plainkeys.py").write_text(PLUGIN)
    info = tmp_path / "plainkeys-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plainkeys\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[keyring.backends]\nplain = plainkeys\n")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DBUS_")},
        "PYTHONPATH": str(tmp_path),
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
    }
    if named:
        environment["PYTHON_KEYRING_BACKEND"] = named
    told = subprocess.run(
        [sys.executable, "-W", "error", "-c", OPEN],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert told.stdout.strip() == str(REFUSED(names="plainkeys.PlaintextKeyring")), told.stderr
    assert not (tmp_path / "secrets.txt").exists()


def test_keyring_is_not_loaded_before_a_keychain_is_opened():
    code = "import padguard.foundation.keychain_choice, sys; print('keyring' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.strip() == "False"
