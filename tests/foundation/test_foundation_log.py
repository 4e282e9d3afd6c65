"""The log tells what happened and where, but never the words of an error or a value."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from padguard.foundation.log import describe, log_file, start_log, stop_log
from padguard.foundation.masked import Masked

SECRET = "correct horse battery staple"


@pytest.fixture
def log():
    start_log()
    yield logging.getLogger("padguard.test")
    stop_log()


def fail(secret: str) -> None:
    try:
        raise KeyError(secret)
    except KeyError as error:
        message = f"it was {secret}"
        raise RuntimeError(message) from error


def test_an_error_is_logged_without_its_words(log):
    try:
        fail(SECRET)
    except RuntimeError:
        log.exception("It failed")
    text = log_file().read_text(encoding="utf-8")
    assert "It failed" in text
    assert "RuntimeError" in text
    assert "KeyError" in text
    assert "test_foundation_log.py" in text
    assert SECRET not in text


def test_masked_values_are_logged_masked(log):
    log.warning("Found %s and %r", Masked(SECRET), Masked(SECRET))
    text = log_file().read_text(encoding="utf-8")
    assert "Found ••••" in text
    assert SECRET not in text


@given(st.text(min_size=8))
def test_description_of_an_error_never_holds_its_words(secret):
    with pytest.raises(RuntimeError) as caught:
        fail(f"<{secret}>")
    assert f"<{secret}>" not in describe(caught.value)


def test_a_circle_of_causes_ends():
    error = ValueError()
    error.__cause__ = KeyError()
    error.__cause__.__cause__ = error
    assert describe(error).splitlines() == ["ValueError", "KeyError"]


def test_starting_twice_logs_once(log):
    start_log()
    log.warning("Once")
    assert log_file().read_text(encoding="utf-8").count("Once") == 1


def test_a_folder_that_cannot_be_written_is_no_error(monkeypatch, tmp_path, capsys):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("PADGUARD_HOME", str(blocked))
    start_log()
    assert "without a log" in capsys.readouterr().err
