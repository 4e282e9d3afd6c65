"""Secrets get into a keychain whole or not at all, and whatever goes wrong is said in words."""

import logging
import traceback

import pytest
from keyring.errors import InitError, KeyringLocked, PasswordSetError
from tests.foundation.keychains import DeafBackend, MemoryBackend, failing

from padguard.foundation.errors import KeychainError, KeychainUnsureError
from padguard.foundation.keychain import SERVICE, Keychain, Traits
from padguard.foundation.keychain_words import (
    FAILED,
    GARBLED,
    LOCKED,
    NO_ANSWER,
    NOT_REACHED,
    STILL_THERE,
    TOO_LONG,
    UNSURE,
)
from padguard.foundation.masked import Masked

SECRET = "Kx8!pömelo 中\n"


def test_a_secret_comes_back_as_it_went_in_and_can_be_deleted():
    backend = MemoryBackend()
    keychain = Keychain(backend)
    keychain.store("FTP (1)", Masked(SECRET))
    assert backend.entries == {(SERVICE, "FTP (1)"): SECRET}
    assert keychain.fetch("FTP (1)") == Masked(SECRET)
    keychain.delete("FTP (1)")
    assert backend.entries == {}


def test_what_is_not_there_is_none_and_deleted_already():
    keychain = Keychain(MemoryBackend())
    assert keychain.fetch("FTP (1)") is None
    keychain.delete("FTP (1)")


class SecretServiceNotAvailableException(Exception):  # noqa: N818 - named as SecretStorage does
    pass


class NoLogonError(Exception):
    winerror = 1312


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyringLocked("…"), LOCKED),
        (InitError("…"), NOT_REACHED),
        (SecretServiceNotAvailableException("…"), NOT_REACHED),
        (FileNotFoundError(2, "…"), NOT_REACHED),
        (ConnectionResetError("…"), NOT_REACHED),
        (EOFError(), NOT_REACHED),
        (NoLogonError(), NOT_REACHED),
        (TimeoutError(), NO_ANSWER),
        (RuntimeError("…"), FAILED(reason="RuntimeError")),
    ],
)
@pytest.mark.parametrize("action", ["fetch", "delete"])
def test_every_failure_of_a_back_end_has_words_for_a_person(error, words, action):
    keychain = Keychain(MemoryBackend(failing(error)))
    with pytest.raises(KeychainError) as caught:
        getattr(keychain, action)("FTP (1)")
    assert caught.value.message == words


def test_a_dismissed_prompt_is_a_locked_keychain():
    error = InitError("…")
    error.__cause__ = type("PromptDismissedException", (Exception,), {})()
    with pytest.raises(KeychainError) as caught:
        Keychain(MemoryBackend(failing(error))).fetch("FTP (1)")
    assert caught.value.message == LOCKED


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyringLocked("…"), LOCKED),
        (InitError("…"), NOT_REACHED),
        (NoLogonError(), NOT_REACHED),
    ],
)
def test_nothing_is_stored_when_the_keychain_does_not_let_us_in(error, words):
    backend = MemoryBackend(failing(error))
    with pytest.raises(KeychainError) as caught:
        Keychain(backend).store("FTP (1)", Masked(SECRET))
    assert caught.value.message == words
    assert not isinstance(caught.value, KeychainUnsureError)
    assert backend.entries == {}


def test_what_got_in_although_the_back_end_failed_is_taken_out_again():
    backend = MemoryBackend(failing(PasswordSetError("…"), "set done"))
    with pytest.raises(KeychainError) as caught:
        Keychain(backend).store("FTP (1)", Masked(SECRET))
    assert caught.value.message == FAILED(reason="PasswordSetError")
    assert not isinstance(caught.value, KeychainUnsureError)
    assert backend.entries == {}


def test_a_secret_that_may_be_in_the_keychain_all_the_same_is_told_so():
    backend = MemoryBackend(failing(ConnectionResetError(), "set done", "get"))
    with pytest.raises(KeychainUnsureError) as caught:
        Keychain(backend).store("FTP (1)", Masked(SECRET))
    assert caught.value.message == UNSURE(key="FTP (1)", service=SERVICE)


def test_a_keychain_locked_between_writing_and_reading_back_may_hold_the_secret():
    backend = MemoryBackend(failing(KeyringLocked("…"), "get"))
    with pytest.raises(KeychainUnsureError):
        Keychain(backend).store("FTP (1)", Masked(SECRET))
    assert backend.entries != {}


def test_a_keychain_that_gives_back_something_else_keeps_nothing():
    class CutsAtNul(MemoryBackend):
        def set_password(self, service, username, password):
            super().set_password(service, username, password.partition("\0")[0])

    backend = CutsAtNul()
    with pytest.raises(KeychainError) as caught:
        Keychain(backend, Traits("macOS Keychain")).store("FTP (1)", Masked("Kx8\0pomelo"))
    assert caught.value.message == GARBLED(keychain="macOS Keychain")
    assert not isinstance(caught.value, KeychainUnsureError)
    assert backend.entries == {}


def test_a_keychain_that_takes_nothing_without_a_word_is_found_out():
    class Forgetful(MemoryBackend):
        def set_password(self, service, username, password):
            pass

    with pytest.raises(KeychainError) as caught:
        Keychain(Forgetful()).store("FTP (1)", Masked(SECRET))
    assert caught.value.message.text == GARBLED.text


def test_a_keychain_that_does_not_let_go_is_found_out():
    class Sticky(MemoryBackend):
        def delete_password(self, service, username):
            pass

    keychain = Keychain(Sticky(), Traits("KWallet"))
    keychain.store("FTP (1)", Masked(SECRET))
    with pytest.raises(KeychainError) as caught:
        keychain.delete("FTP (1)")
    assert caught.value.message == STILL_THERE(keychain="KWallet", key="FTP (1)", service=SERVICE)


@pytest.mark.parametrize(("letter", "letters"), [("x", 1280), ("中", 1280), ("𝄞", 640)])
def test_size_counts_in_utf_16(letter, letters):
    backend = MemoryBackend()
    keychain = Keychain(backend, Traits("Windows Credential Manager", most=2560))
    keychain.store("fits", Masked(letter * letters))
    with pytest.raises(KeychainError) as caught:
        keychain.store("does not", Masked(letter * (letters + 1)))
    size = 2560 * (letters + 1) // letters
    assert caught.value.message == TOO_LONG(
        keychain="Windows Credential Manager", most=2560, size=size
    )
    assert [key for _, key in backend.entries] == ["fits"]


def test_a_keychain_that_does_not_answer_is_given_up():
    backend = DeafBackend()
    try:
        with pytest.raises(KeychainError) as caught:
            Keychain(backend, patience=0).fetch("FTP (1)")
    finally:
        backend.answered.set()
    assert caught.value.message == NO_ANSWER


def test_a_secret_that_a_late_answer_may_store_is_not_said_to_be_gone():
    backend = DeafBackend()
    try:
        with pytest.raises(KeychainUnsureError):
            Keychain(backend, patience=0).store("FTP (1)", Masked(SECRET))
    finally:
        backend.answered.set()


def test_nothing_overtakes_a_call_that_was_given_up():
    backend = DeafBackend("set")
    keychain = Keychain(backend, patience=0.2)
    try:
        with pytest.raises(KeychainUnsureError):
            keychain.store("FTP (1)", Masked(SECRET))
        assert backend.reached.wait(30)
        with pytest.raises(KeychainError):
            keychain.delete("FTP (1)")
    finally:
        backend.answered.set()


@pytest.mark.parametrize("step", ["set", "set done", "get"])
def test_no_word_of_a_failure_tells_the_secret(step, caplog):
    caplog.set_level(logging.DEBUG)
    error = RuntimeError(f"cannot store {SECRET}")
    error.__cause__ = ValueError(SECRET)
    with pytest.raises(KeychainError) as caught:
        Keychain(MemoryBackend(failing(error, step))).store("FTP (1)", Masked(SECRET))
    told = "".join(traceback.format_exception(caught.value)) + caplog.text + repr(caught.value)
    assert "RuntimeError" in caplog.text
    assert "pömelo" not in told
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


def test_a_keychain_shows_no_secret():
    keychain = Keychain(MemoryBackend())
    keychain.store("FTP (1)", Masked(SECRET))
    assert "pömelo" not in repr(keychain) + repr(keychain.fetch("FTP (1)"))
