"""What a person chose, and what they opened lately, kept in one small file."""

import logging
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from padguard.foundation.paths import config_dir

MOST_RECENT = 12
"""How many recent files are remembered."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecentFile:
    """An export that was opened: where it lies (absolute), and when it was opened (UTC)."""

    path: Path
    opened: datetime


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one user.

    ``recent`` is in the order of opening, the latest first; ``presenting`` tells that others may
    be looking at the screen, so that no secret is revealed.
    """

    theme: str = "system"
    presenting: bool = False
    recent: tuple[RecentFile, ...] = ()

    def with_recent(self, path: Path, opened: datetime) -> "Settings":
        """Return the settings with ``path`` as the latest file."""
        others = self.without_recent(path).recent
        return replace(self, recent=(RecentFile(path, opened), *others)[:MOST_RECENT])

    def without_recent(self, path: Path) -> "Settings":
        """Return the settings without ``path`` among the recent files."""
        return replace(self, recent=tuple(file for file in self.recent if file.path != path))


def settings_file() -> Path:
    """Return where the settings are kept; the file need not exist."""
    return config_dir() / "settings.toml"


def load_settings() -> Settings:
    """Return the settings; what is missing or damaged is as if it had never been set."""
    try:
        data = tomllib.loads(settings_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        _log.warning("The settings could not be read (%s).", type(error).__name__)
        return Settings()
    theme = data.get("theme")
    entries = data.get("recent")
    recent = (_recent(entry) for entry in (entries if isinstance(entries, list) else ()))
    return Settings(
        theme=theme if isinstance(theme, str) else Settings().theme,
        presenting=data.get("presenting") is True,
        recent=tuple(file for file in recent if file is not None)[:MOST_RECENT],
    )


def save_settings(settings: Settings) -> None:
    """Write the settings; a folder that cannot be written costs them, and is logged."""
    import tomlkit

    document = tomlkit.document()
    document["theme"] = settings.theme
    document["presenting"] = settings.presenting
    entries = tomlkit.aot()
    for file in settings.recent:
        entry = tomlkit.table()
        entry["path"] = str(file.path)
        entry["opened"] = file.opened
        entries.append(entry)
    document["recent"] = entries
    target = settings_file()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(".new")
        draft.write_text(tomlkit.dumps(document), encoding="utf-8", newline="\n")
        draft.replace(target)
    except OSError as error:
        _log.warning("The settings could not be written (%s).", type(error).__name__)


def _recent(entry: object) -> RecentFile | None:
    """Return a recent file as the settings hold it, or None where that makes no sense."""
    match entry:
        case {"path": str(path), "opened": datetime() as opened} if path:
            return RecentFile(Path(path), opened if opened.tzinfo else opened.replace(tzinfo=UTC))
    return None
