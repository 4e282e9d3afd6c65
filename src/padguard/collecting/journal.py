"""What was read so far, in a file beside the snapshot, so that reading can go on later."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TextIO

from padguard.collecting.errors import CollectError
from padguard.exports.atomic import saving, write_file
from padguard.exports.payloads import Json
from padguard.foundation.messages import mark

FORMAT: Final = "padguard-collecting/1"
OLDEST: Final = timedelta(days=1)
LARGEST: Final = 512 * 1024 * 1024

NOTHING_TO_RESUME = mark(
    "collecting", "There is nothing to go on with: “{file}” does not exist. Leave --resume out."
)
NOT_READABLE = mark("collecting", "“{file}” cannot be read ({reason}).")
OF_ANOTHER = mark(
    "collecting",
    "“{file}” was not begun for {origin} with these options. Leave --resume out to begin anew.",
)
TOO_OLD = mark(
    "collecting",
    "“{file}” was begun on {when} UTC, more than a day ago. Too much may have changed; leave "
    "--resume out to begin anew.",
)


@dataclass(slots=True)
class Journal:
    """The answers so far, by question, as far as they are kept; every new one is written at once.

    Holds only what gets into the snapshot: names, ids and settings, never the token or a value.

    Attributes:
        started: When reading began; that of the first time, if it goes on.
        known: The answers that were there already.
    """

    started: datetime
    known: dict[str, Json]
    _path: Path
    _stream: TextIO

    def keep(self, question: str, answer: Json) -> None:
        """Keep an answer.

        Raises:
            SaveError: It could not be written.
        """
        self.known[question] = answer
        with saving(self._path):
            self._stream.write(_line([question, answer]))
            self._stream.flush()


def journal_path(output: Path) -> Path:
    """Return the file beside a snapshot in which reading is kept until it is done."""
    return output.with_name(f"{output.name}.part")


@contextmanager
def journal(path: Path, purpose: str, *, resume: bool) -> Iterator[Journal]:
    """Yield the journal in a file; the file goes when the work is done.

    Where it is not done the file stays, unless nothing was answered.

    Args:
        path: The file.
        purpose: What is read from where; only the same can be gone on with.
        resume: Whether to go on with what is there; else it is begun anew.

    Raises:
        CollectError: There is nothing to go on with, or it is for something else, or too old.
        SaveError: The file could not be written.
    """
    started, known = _read(path, purpose) if resume else (datetime.now(UTC), {})
    head = {"format": FORMAT, "purpose": purpose, "started": started.isoformat()}
    # Written anew as a whole: a last line that was cut off must not be added to.
    lines = [_line(head), *(_line([question, answer]) for question, answer in known.items())]
    with saving(path):
        write_file("".join(lines).encode("ascii"), path)
        stream = path.open("a", encoding="ascii", newline="\n")
    kept = Journal(started, known, path, stream)
    done = False
    try:
        with stream:
            yield kept
        done = True
    finally:
        if done or not kept.known:
            with suppress(OSError):
                path.unlink()


def _line(value: Json) -> str:
    return f"{json.dumps(value)}\n"


def _read(path: Path, purpose: str) -> tuple[datetime, dict[str, Json]]:
    try:
        with path.open(encoding="ascii", errors="replace", newline="\n") as stream:
            lines = stream.read(LARGEST).split("\n")
    except FileNotFoundError:
        raise CollectError(NOTHING_TO_RESUME(file=path.name)) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CollectError(NOT_READABLE(file=path.name, reason=reason)) from error
    head = _object(lines[0])
    other = CollectError(OF_ANOTHER(file=path.name, origin=purpose.partition(" ")[0]))
    if head.get("format") != FORMAT or head.get("purpose") != purpose:
        raise other
    try:
        started = datetime.fromisoformat(str(head.get("started")))
        too_old = datetime.now(UTC) - started > OLDEST
    except (ValueError, TypeError):
        raise other from None
    if too_old:
        raise CollectError(TOO_OLD(file=path.name, when=started.strftime("%Y-%m-%d %H:%M")))
    return started, dict(_answers(lines[1:]))


def _answers(lines: list[str]) -> Iterator[tuple[str, Json]]:
    for line in lines:
        try:
            question, answer = json.loads(line)
        except (ValueError, TypeError, RecursionError):  # cut off when the program was ended
            return
        if not isinstance(question, str):
            return
        yield question, answer


def _object(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
