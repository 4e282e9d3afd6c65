"""A real Secret Service keeps secrets, and a locked or missing one says so."""

import pytest
from tests.foundation.secret_service import private_bus

from padguard.foundation.keychain_choice import NO_KEYCHAIN
from padguard.foundation.keychain_words import LOCKED, NOT_REACHED

KEYCHAIN = """
import logging
from padguard.foundation.errors import KeychainError
from padguard.foundation.keychain_choice import open_keychain
from padguard.foundation.masked import Masked

logging.getLogger("padguard").addHandler(logging.NullHandler())
KEY, SECRET = "FTP login (8c1f)", Masked("Kx8!pömelo 中\\n" * 300)

def told(work):
    try:
        return work()
    except KeychainError as error:
        return error
"""

STORE = """
keychain = open_keychain()
keychain.store(KEY, SECRET)
print(keychain.name)
"""
FETCH = """
print(open_keychain().fetch(KEY) == SECRET)
"""
DELETE = """
keychain = open_keychain()
keychain.delete(KEY)
print(keychain.fetch(KEY))
"""
ASK = """
for work in (lambda k: k.store("other", SECRET), lambda k: k.fetch(KEY), lambda k: k.delete(KEY)):
    print(told(lambda: work(open_keychain())))
"""
LOCK = """
from contextlib import closing
import secretstorage
keychain = open_keychain()
with closing(secretstorage.dbus_init()) as bus:
    secretstorage.get_default_collection(bus).lock()
print(told(lambda: keychain.fetch(KEY)))
"""

GONE = """
import os
keychain = open_keychain()
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent/bus"
for work in (lambda: keychain.store(KEY, SECRET), lambda: keychain.fetch(KEY),
             lambda: keychain.delete(KEY)):
    print(told(work))
"""


@pytest.fixture
def bus(tmp_path):
    with private_bus(tmp_path) as running:
        yield running


def test_a_secret_goes_into_a_real_keyring_and_out_again(bus, tmp_path):
    with bus.keyring(unlocked=True):
        assert bus.python(KEYCHAIN + STORE) == "Secret Service\n"
        assert bus.python(KEYCHAIN + FETCH) == "True\n"
    with bus.keyring(unlocked=True):  # as after signing in again
        assert bus.python(KEYCHAIN + FETCH) == "True\n"
        assert bus.python(KEYCHAIN + DELETE) == "None\n"
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in written)
    assert not any("pömelo".encode() in path.read_bytes() for path in written)


def test_a_locked_keyring_says_so_and_loses_nothing(bus):
    with bus.keyring(unlocked=True):
        bus.python(KEYCHAIN + STORE)
        assert bus.python(KEYCHAIN + LOCK) == f"{LOCKED}\n"
    with bus.keyring(unlocked=False):
        assert bus.python(KEYCHAIN + ASK) == f"{LOCKED}\n" * 3
    with bus.keyring(unlocked=True):
        assert bus.python(KEYCHAIN + FETCH) == "True\n"
        assert bus.python(KEYCHAIN + 'print(open_keychain().fetch("other"))') == "None\n"


def test_a_bus_that_is_gone_says_so(bus):
    with bus.keyring(unlocked=True):
        assert bus.python(KEYCHAIN + GONE) == f"{NOT_REACHED}\n" * 3


def test_a_bus_without_a_keyring_says_so(bus):
    assert bus.python(KEYCHAIN + "print(told(open_keychain))") == f"{NO_KEYCHAIN}\n"


def test_no_bus_says_so(bus):
    del bus.environment["DBUS_SESSION_BUS_ADDRESS"]
    assert bus.python(KEYCHAIN + "print(told(open_keychain))") == f"{NO_KEYCHAIN}\n"


def test_a_plaintext_back_end_does_not_come_before_a_real_keyring(bus, tmp_path):
    (tmp_path / "plainkeys.py").write_text(
        "from keyring.backends.null import Keyring\nclass Plain(Keyring): priority = 20\n"
    )
    bus.environment["PYTHONPATH"] = str(tmp_path)
    bus.environment["PYTHON_KEYRING_BACKEND"] = "plainkeys.Plain"
    with bus.keyring(unlocked=True):
        assert bus.python(KEYCHAIN + STORE) == "Secret Service\n"
        assert bus.python(KEYCHAIN + FETCH) == "True\n"
