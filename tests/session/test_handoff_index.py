"""A damaged list of hand-offs costs as little as can be, and a person is told."""

import json
from datetime import UTC, datetime

import pytest

from padguard.exports import atomic
from padguard.foundation.errors import HandOffError
from padguard.foundation.filelock import file_lock
from padguard.session import handoff_index
from padguard.session.handoff_index import BUSY, NEWER, SET_ASIDE, HandOffIndex
from padguard.session.handoff_record import HandOff

MOMENT = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
FTP = HandOff("8c1f", "FTP – 登录", ("Upload", "Größe"), "“Password” of row 3", MOMENT)
SAP = HandOff("77aa", "SAP", (), "", MOMENT, copied=True, missing=True)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "hand-offs.json"


@pytest.fixture
def index(path):
    return HandOffIndex(path)


def test_entries_come_back_as_they_were(index):
    index.put(FTP)
    index.put(SAP)
    assert index.read() == ((FTP, SAP), None)


def test_nothing_is_written_to_learn_that_there_is_nothing(index, tmp_path):
    assert index.read() == ((), None)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_where_nothing_changes(index, path):
    index.put(FTP)
    before = path.stat().st_mtime_ns
    index.put(FTP)
    index.remove("no such")
    index.note("no such", copied=True)
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[]",
        b"[" * 100_000,
        b'{"version": 1}',
        b'{"version": "1", "hand_offs": []}',
        b'{"version": 1, "hand_offs": {}}',
    ],
)
def test_a_damaged_list_is_set_aside_as_it_was(data, index, path):
    path.write_bytes(data)
    aside = path.with_name("hand-offs.damaged-1.json")
    assert index.read() == ((), SET_ASIDE(path=aside))
    assert aside.read_bytes() == data
    index.put(FTP)
    assert index.read() == ((FTP,), SET_ASIDE(path=aside))
    aside.unlink()
    assert index.read() == ((FTP,), None)


@pytest.mark.parametrize(
    "damage",
    [
        {"id": ""},
        {"id": 3},
        {"credential": None},
        {"flows": "Upload"},
        {"flows": ["Upload", 3]},
        {"taken_out": "yesterday"},
        {"copied": "no"},
    ],
)
def test_a_damaged_entry_does_not_cost_the_others(damage, index, path):
    index.put(FTP)
    index.put(SAP)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["hand_offs"][0] |= damage
    path.write_text(json.dumps(content), encoding="utf-8")
    index.note("77aa", copied=False)
    listing = index.read()
    assert [each.id for each in listing.hand_offs] == ["77aa"]
    assert listing.damage is not None
    aside = path.with_name("hand-offs.damaged-1.json")
    assert json.loads(aside.read_text(encoding="utf-8")) == content


def test_older_damage_is_not_written_over(index, path):
    for number in (1, 2, 3):
        path.write_bytes(b"{" * number)
        index.read()
    for number in (1, 2, 3):
        aside = path.with_name(f"hand-offs.damaged-{number}.json")
        assert aside.read_bytes() == b"{" * number


def test_a_list_of_a_newer_version_is_left_alone(index, path):
    data = b'{"version": 2, "waiting": []}'
    path.write_bytes(data)
    for action in (index.read, lambda: index.put(FTP), lambda: index.remove("8c1f")):
        with pytest.raises(HandOffError) as caught:
            action()
        assert caught.value.message == NEWER(path=path)
    assert path.read_bytes() == data


def test_times_without_a_zone_are_utc(index, path):
    index.put(FTP)
    path.write_bytes(path.read_bytes().replace(b"+00:00", b""))
    assert index.read().hand_offs == (FTP,)


def test_a_write_that_fails_leaves_the_list_as_it_was(index, path, monkeypatch):
    index.put(FTP)
    before = path.read_bytes()

    def full(stage, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic, "put", full)
    with pytest.raises(HandOffError, match="not enough room"):
        index.put(SAP)
    assert path.read_bytes() == before
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name, "hand-offs.lock"]


def test_a_list_that_another_holds_for_ever_is_said_to_be_busy(index, path, monkeypatch):
    index.put(FTP)
    monkeypatch.setattr(handoff_index, "file_lock", lambda lock: file_lock(lock, patience=0))
    with file_lock(path.with_suffix(".lock")), pytest.raises(HandOffError) as caught:
        index.put(SAP)
    assert caught.value.message == BUSY
    assert index.read().hand_offs == (FTP,)
