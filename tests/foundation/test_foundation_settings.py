"""The settings survive a restart, and damage to their file costs no more than the settings."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from padguard.foundation.settings import (
    MOST_RECENT,
    RecentFile,
    Settings,
    load_settings,
    save_settings,
    settings_file,
)

MOMENT = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_settings_come_back_as_they_were(tmp_path):
    settings = Settings("dark").with_recent(tmp_path / "Größe 中.zip", MOMENT)
    save_settings(settings)
    assert load_settings() == settings


def test_there_are_settings_before_any_were_saved():
    assert not settings_file().exists()
    assert load_settings() == Settings()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "theme = 3\nrecent = 'x'",
        "[[recent]]\npath = 1\nopened = 2",
        "[[recent]]\npath = ''\nopened = 2025-01-01T00:00:00Z",
        "this is not TOML",
        "theme = 'light",
    ],
)
def test_nonsense_counts_as_nothing(text):
    settings_file().write_text(text, encoding="utf-8")
    assert load_settings() == Settings()


def test_bytes_that_are_no_text_count_as_nothing():
    settings_file().write_bytes(b"\xff\xfe\x00")
    assert load_settings() == Settings()


def test_a_sound_entry_beside_a_damaged_one_is_kept():
    text = (
        "[[recent]]\npath = 'a.zip'\nopened = 2025-01-01T00:00:00Z\n"
        "[[recent]]\nopened = 2025-01-01T00:00:00Z\n"
    )
    settings_file().write_text(text, encoding="utf-8")
    kept = RecentFile(Path("a.zip"), datetime(2025, 1, 1, tzinfo=UTC))
    assert load_settings().recent == (kept,)


def test_a_folder_that_cannot_be_written_is_no_error(monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("PADGUARD_HOME", str(blocked))
    save_settings(Settings("dark"))
    assert load_settings() == Settings()


def test_recent_files_are_the_latest_first_each_once():
    settings = Settings()
    for number in range(MOST_RECENT + 3):
        settings = settings.with_recent(Path(f"{number}.zip"), MOMENT)
    settings = settings.with_recent(Path("5.zip"), MOMENT)
    names = [file.path.stem for file in settings.recent]
    assert len(names) == len(set(names)) == MOST_RECENT
    assert names[:2] == ["5", "14"]
    assert Path("5.zip") not in {f.path for f in settings.without_recent(Path("5.zip")).recent}
