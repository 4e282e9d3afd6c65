"""Starts the window: one process per user, the look, the log, and what was asked for."""

import logging
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator, qVersion
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from padguard.foundation.log import start_log
from padguard.foundation.paths import APP_NAME, resources_dir
from padguard.ui.appearance import Appearance
from padguard.ui.failures import catch_everything
from padguard.ui.focus_ring import FocusRing
from padguard.ui.garbage import GarbageCollector
from padguard.ui.icons import pixmap
from padguard.ui.instance import Doorkeeper, Wish, hand_over
from padguard.ui.preferences import Preferences
from padguard.ui.theme import LIGHT
from padguard.ui.windows import Windows

SAMPLE = "--sample"
USAGE = "Usage: padguard [--sample] [PATH…]   (padguard --help lists the commands)\n"
USAGE_ERROR = 2

SWITCH_INTERVAL = 0.0005
"""Seconds that a thread may keep Python to itself. With the usual 5 ms, which the GUI thread waits
each time it asks for its turn, a view that paints in 4 ms took up to 95 ms while a job worked; with
this 14 ms, and the job took no longer."""

ICON_SIZES = (16, 32, 48, 64, 128)


def run_window(arguments: list[str]) -> int:
    """Open the window and return the exit code of the process.

    Args:
        arguments: Paths to open, and ``--sample`` to open the bundled sample.

    Where PAD Guard is running already, that one opens them.
    """
    wish = read_arguments(arguments)
    if wish is None:
        if sys.stderr is not None:  # there is none under pythonw
            sys.stderr.write(USAGE)
        return USAGE_ERROR
    app = make_application()
    if hand_over(wish):
        return 0
    start_log()
    logging.getLogger(__name__).info(
        "PAD Guard %s, Python %s, Qt %s, %s",
        *(version("padguard"), platform.python_version(), qVersion(), platform.platform()),
    )
    sys.setswitchinterval(SWITCH_INTERVAL)
    preferences = Preferences(app)
    preferences.load()
    windows = Windows(Appearance(app, preferences.theme), preferences, GarbageCollector(app), app)
    FocusRing(app)
    catch_everything(windows.tell)
    doorkeeper = Doorkeeper(app)
    doorkeeper.wished.connect(windows.grant)
    doorkeeper.listen()
    windows.grant(wish)
    code = app.exec()
    doorkeeper.close()
    preferences.finish()
    return code


def read_arguments(arguments: Sequence[str]) -> Wish | None:
    """Return what the arguments ask for, or None where one of them is no known option."""
    paths = [argument for argument in arguments if not argument.startswith("-")]
    options = {argument for argument in arguments if argument.startswith("-")}
    if options - {SAMPLE}:
        return None
    return Wish(tuple(Path(path).absolute() for path in paths), SAMPLE in options)


def make_application() -> QApplication:
    """Return the application with its name, icon and language."""
    QCoreApplication.setApplicationName(APP_NAME)
    QCoreApplication.setOrganizationName(APP_NAME)
    QCoreApplication.setApplicationVersion(version("padguard"))
    app = QApplication([APP_NAME])
    app.setApplicationDisplayName("PAD Guard")
    icon = QIcon()
    for size in ICON_SIZES:
        icon.addPixmap(pixmap("app", LIGHT.accent, size))
    app.setWindowIcon(icon)
    _translate(app)
    return app


def _translate(app: QApplication) -> None:
    """Speak the user's language where resources/translations has it."""
    translator = QTranslator(app)
    folder = str(resources_dir() / "translations")
    if translator.load(QLocale.system(), "padguard", "_", folder):
        app.installTranslator(translator)
