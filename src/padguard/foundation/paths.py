"""Where PAD Guard finds its own resources and keeps the user's settings."""

import os
from functools import cache
from pathlib import Path

import platformdirs

APP_NAME = "PADGuard"


@cache
def resources_dir() -> Path:
    """Return the folder of the bundled resources: of the installed copy, else of the checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent.parent / "resources"


def config_dir() -> Path:
    """Return the user's settings folder (``PADGUARD_HOME`` wins); it need not exist yet."""
    home = os.environ.get("PADGUARD_HOME")
    return Path(home) if home else Path(platformdirs.user_config_dir(APP_NAME, appauthor=False))


def log_dir() -> Path:
    """Return the folder of the local log (``PADGUARD_HOME`` wins); it need not exist yet."""
    home = os.environ.get("PADGUARD_HOME")
    return (
        Path(home) / "log" if home else Path(platformdirs.user_log_dir(APP_NAME, appauthor=False))
    )
