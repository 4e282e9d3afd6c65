"""Secrets taken out of flows wait in the keychain, are always listed, and are told to nobody."""

import logging
import os
import subprocess
import sys
import traceback
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.errors import KeyringLocked
from tests.foundation.keychains import MemoryBackend, failing

from padguard.foundation.errors import HandOffError, KeychainError, KeychainUnsureError
from padguard.foundation.keychain import SERVICE, Keychain
from padguard.foundation.keychain_choice import NO_KEYCHAIN
from padguard.foundation.keychain_words import LOCKED
from padguard.foundation.masked import MASK, Masked
from padguard.session.handoff import NAME_IS_SECRET, NOT_CERTAIN, UNLISTED, HandOffs
from padguard.session.handoff_index import index_file
from padguard.session.handoff_record import HandOff

SECRET = Masked("Kx8!pömelo 中")
MOMENT = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)


class Killed(BaseException):
    pass


@pytest.fixture
def backend():
    return MemoryBackend()


@pytest.fixture
def index(tmp_path):
    return tmp_path / "settings" / "hand-offs.json"


@pytest.fixture
def hand_offs(backend, index):
    return HandOffs(lambda: Keychain(backend), index)


def kept(hand_offs, credential="FTP login", secret=SECRET):
    return hand_offs.keep(credential, ["Upload"], secret, "“Password” of row 3", MOMENT)


def test_a_secret_waits_under_the_name_of_its_credential(hand_offs, backend):
    hand_off = kept(hand_offs)
    assert hand_offs.listed().hand_offs == (hand_off,)
    assert hand_offs.listed().damage is None
    assert hand_off == HandOff(hand_off.id, "FTP login", ("Upload",), "“Password” of row 3", MOMENT)
    assert backend.entries == {(SERVICE, f"FTP login ({hand_off.id})"): SECRET.reveal()}
    assert hand_offs.secret_of(hand_off.id) == SECRET


def test_entries_have_names_of_their_own_that_nobody_guesses(hand_offs, backend):
    ids = {kept(hand_offs).id for _ in range(20)}
    assert len(ids) == len(backend.entries) == 20
    assert all(len(id_) == 32 for id_ in ids)


def test_the_list_survives_the_program(hand_offs, backend, index):
    first, second = kept(hand_offs), kept(hand_offs, "SAP")
    hand_offs.mark_copied(second.id)
    again = HandOffs(lambda: Keychain(backend), index)
    assert [each.credential for each in again.listed().hand_offs] == ["FTP login", "SAP"]
    assert [each.copied for each in again.listed().hand_offs] == [False, True]
    assert again.secret_of(first.id) == SECRET


def test_it_is_kept_with_the_settings(own_home, backend):
    kept(HandOffs(lambda: Keychain(backend)))
    assert index_file() == own_home / "hand-offs.json"
    assert index_file().is_file()


def test_no_file_of_ours_holds_the_secret(hand_offs, index):
    hand_off = hand_offs.keep(
        "FTP login", ["Upload Kx8!pömelo 中"], SECRET, "in “Kx8!pömelo 中”", MOMENT
    )
    assert (hand_off.flows, hand_off.origin) == ((MASK,), MASK)
    for path in index.parent.iterdir():
        data = path.read_bytes()
        assert b"melo" not in data
        assert "pömelo".encode() not in data


def test_short_secrets_do_not_blot_out_words(hand_offs):
    hand_off = hand_offs.keep("SAP a", ["a", "bar"], Masked("a"), "a row", MOMENT)
    assert (hand_off.flows, hand_off.origin) == ((MASK, "bar"), "a row")


def test_a_credential_is_not_called_after_its_secret(hand_offs, backend, index):
    with pytest.raises(HandOffError) as caught:
        kept(hand_offs, credential=f"FTP {SECRET.reveal()}")
    assert caught.value.message == NAME_IS_SECRET
    assert backend.entries == {}
    assert not index.exists()


@pytest.mark.parametrize("credential", ["FTP\0 login\n", "x" * 1000, "", "日本"])
def test_any_name_of_a_credential_will_do(credential, hand_offs, backend):
    hand_off = kept(hand_offs, credential)
    assert hand_offs.listed().hand_offs[0].credential == credential
    (key,) = (key for _, key in backend.entries)
    assert key.isprintable()
    assert len(key) < 200
    assert hand_offs.secret_of(hand_off.id) == SECRET


def test_deleting_leaves_neither_secret_nor_entry(hand_offs, backend):
    first, second = kept(hand_offs), kept(hand_offs, "SAP")
    hand_offs.delete(first.id)
    assert [each.id for each in hand_offs.listed().hand_offs] == [second.id]
    assert len(backend.entries) == 1
    hand_offs.delete(first.id)
    hand_offs.delete_all()
    assert hand_offs.listed().hand_offs == ()
    assert backend.entries == {}


def test_age_is_never_negative(hand_offs):
    hand_off = kept(hand_offs)
    assert hand_off.age(MOMENT + timedelta(days=3)) == timedelta(days=3)
    assert hand_off.age(MOMENT - timedelta(days=3)) == timedelta(0)


def test_without_a_keychain_nothing_is_written_anywhere(index):
    def none():
        raise KeychainError(NO_KEYCHAIN)

    hand_offs = HandOffs(none, index)
    with pytest.raises(KeychainError) as caught:
        kept(hand_offs)
    assert caught.value.message == NO_KEYCHAIN
    assert not index.parent.exists()
    assert hand_offs.listed().hand_offs == ()


def test_a_keychain_that_is_found_later_is_used(index, backend):
    answers = [KeychainError(NO_KEYCHAIN), None]

    def opener():
        if (error := answers.pop(0)) is not None:
            raise error
        return Keychain(backend)

    hand_offs = HandOffs(opener, index)
    with pytest.raises(KeychainError):
        kept(hand_offs)
    assert hand_offs.secret_of(kept(hand_offs).id) == SECRET


def test_a_locked_keychain_loses_nothing(hand_offs, backend):
    hand_off = kept(hand_offs)
    backend.before = failing(KeyringLocked("…"))
    for action in (
        lambda: kept(hand_offs, "SAP"),
        lambda: hand_offs.secret_of(hand_off.id),
        lambda: hand_offs.delete(hand_off.id),
        hand_offs.delete_all,
    ):
        with pytest.raises(KeychainError) as caught:
            action()
        assert caught.value.message == LOCKED
    backend.before = failing(KeyringLocked("…"), "never")
    assert hand_offs.listed().hand_offs == (hand_off,)
    assert hand_offs.secret_of(hand_off.id) == SECRET


def test_a_secret_that_may_be_in_the_keychain_stays_listed(hand_offs, backend):
    backend.before = failing(ConnectionResetError(), "set done", "get")
    with pytest.raises(KeychainUnsureError) as caught:
        kept(hand_offs)
    assert caught.value.message == NOT_CERTAIN
    (hand_off,) = hand_offs.listed().hand_offs
    assert hand_off.missing
    backend.before = failing(ConnectionResetError(), "never")
    assert hand_offs.secret_of(hand_off.id) == SECRET
    assert not hand_offs.listed().hand_offs[0].missing


def test_a_secret_that_vanished_from_the_keychain_is_said_to_be_missing(hand_offs, backend):
    hand_off = kept(hand_offs)
    lost = dict(backend.entries)
    backend.entries.clear()
    assert hand_offs.secret_of(hand_off.id) is None
    assert hand_offs.listed().hand_offs[0].missing
    backend.entries.update(lost)
    assert hand_offs.secret_of(hand_off.id) == SECRET
    assert not hand_offs.listed().hand_offs[0].missing
    backend.entries.clear()
    hand_offs.delete(hand_off.id)
    assert hand_offs.listed().hand_offs == ()


def test_what_another_window_deleted_is_said_to_be_gone(hand_offs, backend, index):
    hand_off = kept(hand_offs)
    HandOffs(lambda: Keychain(backend), index).delete(hand_off.id)
    with pytest.raises(HandOffError) as caught:
        hand_offs.secret_of(hand_off.id)
    assert caught.value.message == UNLISTED
    hand_offs.mark_copied(hand_off.id)
    assert hand_offs.listed().hand_offs == ()


def test_a_list_that_cannot_be_written_stores_nothing(hand_offs, backend, index):
    index.parent.write_text("a file where the folder should be")
    with pytest.raises(HandOffError):
        kept(hand_offs)
    assert backend.entries == {}


STEPS = ["get", "set", "set done", "delete", "delete done"]


def listed_keys(hand_offs):
    return {(SERVICE, each.key) for each in hand_offs.listed().hand_offs}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("action", ["keep", "delete"])
def test_what_is_in_the_keychain_is_listed_wherever_the_program_dies(
    action, step, hand_offs, backend
):
    hand_off = kept(hand_offs)
    backend.before = failing(Killed(), step)
    with suppress(Killed):
        kept(hand_offs, "SAP") if action == "keep" else hand_offs.delete(hand_off.id)
    assert backend.entries.keys() <= listed_keys(hand_offs)


@given(actions=st.lists(st.tuples(st.sampled_from("kdsc"), st.sampled_from([*STEPS, "", ""]))))
def test_what_is_in_the_keychain_is_listed_whatever_was_done(actions, tmp_path_factory):
    backend = MemoryBackend()
    index = tmp_path_factory.mktemp("settings") / "hand-offs.json"
    for action, step in actions:
        hand_offs = HandOffs(lambda: Keychain(backend), index)  # as after a new start
        backend.before = failing(Killed(), step or "never")
        ids = [each.id for each in hand_offs.listed().hand_offs] or ["none"]
        try:
            match action:
                case "k":
                    kept(hand_offs)
                case "d":
                    hand_offs.delete(ids[0])
                case "s" if ids != ["none"]:
                    hand_offs.secret_of(ids[-1])
                case "c":
                    hand_offs.mark_copied(ids[-1])
        except Killed:
            pass
        assert backend.entries.keys() <= listed_keys(hand_offs)


DIES = """
import os, sys
from pathlib import Path
from padguard.foundation.keychain import Keychain
from padguard.foundation.masked import Masked
from padguard.session.handoff import HandOffs
from tests.foundation.keychains import MemoryBackend

class OnDisk(MemoryBackend):
    def set_password(self, service, username, password):
        super().set_password(service, username, password)
        (Path(sys.argv[1]) / "keychain").write_text(username, encoding="utf-8")
        os._exit(9)

hand_offs = HandOffs(lambda: Keychain(OnDisk()), Path(sys.argv[1]) / "hand-offs.json")
hand_offs.keep("FTP login", ["Upload"], Masked("Kx8!pomelo"))
"""


def run(code: str, *arguments: object) -> "subprocess.Popen[bytes]":
    project = Path(__file__).resolve().parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(project)},
        cwd=project,
    )


def test_a_program_that_died_left_its_secret_listed_and_no_lock(tmp_path, backend):
    assert run(DIES, tmp_path).wait(60) == 9
    hand_offs = HandOffs(lambda: Keychain(backend), tmp_path / "hand-offs.json")
    (hand_off,) = hand_offs.listed().hand_offs
    assert hand_off.key == (tmp_path / "keychain").read_text(encoding="utf-8")
    assert hand_off.missing
    kept(hand_offs)
    assert len(hand_offs.listed().hand_offs) == 2


WINDOW = """
import sys
from pathlib import Path
from padguard.foundation.keychain import Keychain
from padguard.foundation.masked import Masked
from padguard.session.handoff import HandOffs
from tests.foundation.keychains import MemoryBackend

hand_offs = HandOffs(lambda: Keychain(MemoryBackend()), Path(sys.argv[1]))
for number in range(15):
    hand_off = hand_offs.keep(f"{sys.argv[2]}-{number}", ["Upload"], Masked("Kx8!pomelo"))
    hand_offs.mark_copied(hand_off.id)
    if number % 3 == 0:
        hand_offs.delete(hand_off.id)
"""


def test_windows_that_work_at_once_lose_nothing_of_each_other(index, hand_offs):
    windows = [run(WINDOW, index, name) for name in "abc"]
    assert [window.wait(120) for window in windows] == [0, 0, 0]
    listed = hand_offs.listed().hand_offs
    expected = [f"{name}-{number}" for name in "abc" for number in range(15) if number % 3]
    assert sorted(each.credential for each in listed) == sorted(expected)
    assert all(each.copied and not each.missing for each in listed)


def test_threads_that_work_at_once_lose_nothing_of_each_other(hand_offs, backend):
    def work():
        for _ in range(10):
            kept(hand_offs)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(hand_offs.listed().hand_offs) == len(backend.entries) == 40


def test_an_entry_that_is_deleted_while_its_secret_is_stored_comes_back(backend, index):
    other = HandOffs(lambda: Keychain(MemoryBackend()), index)
    backend.before = lambda step: other.delete_all() if step == "set" else None
    hand_offs = HandOffs(lambda: Keychain(backend), index)
    hand_off = kept(hand_offs)
    assert hand_offs.listed().hand_offs == (hand_off,)
    assert len(backend.entries) == 1


@pytest.mark.parametrize("step", ["set", "set done", "get"])
def test_no_word_of_a_failure_tells_the_secret(step, hand_offs, backend, caplog):
    caplog.set_level(logging.DEBUG)
    backend.before = failing(ValueError(f"cannot store {SECRET.reveal()}"), step)
    with pytest.raises(KeychainError) as caught:
        kept(hand_offs)
    told = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert "pömelo" not in told
    assert "pömelo" not in repr(hand_offs.listed()) + repr(hand_offs)
