"""The local log: what happened, never what an export holds."""

import logging
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from padguard.foundation.paths import log_dir

LOG_BYTES = 500_000
"""Size at which the log starts anew; one older file is kept."""

ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class MaskedFormatter(logging.Formatter):
    """Writes of an error its kind and the places in the code only.

    The words of an error may quote what it stumbled over, which may be a secret.
    """

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the name is logging's
        """Return what may be known of an error."""
        return describe(ei[1]) if ei[1] is not None else ""


def log_file() -> Path:
    """Return where the log is kept; the file need not exist."""
    return log_dir() / "padguard.log"


def start_log() -> None:
    """Log to a file from now on; where that cannot be written, work goes on without a log."""
    root = logging.getLogger("padguard")
    if any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        return
    try:
        log_dir().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            log_file(), maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8"
        )
    except OSError as error:
        if sys.stderr is not None:  # there is none under pythonw
            sys.stderr.write(f"PAD Guard runs without a log ({type(error).__name__}).\n")
        return
    handler.setFormatter(MaskedFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def stop_log() -> None:
    """Close the log file."""
    root = logging.getLogger("padguard")
    for handler in list(root.handlers):
        if isinstance(handler, RotatingFileHandler):
            root.removeHandler(handler)
            handler.close()


def describe(error: BaseException) -> str:
    """Return the kind of an error, and of those that led to it, and where in the code they arose.

    Neither the words of the errors nor any value of a variable is in it.
    """
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(type(current).__qualname__)
        lines += (
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        )
        current = current.__cause__ or current.__context__
    return "\n".join(lines)
