"""What is known of a secret that waits for its credential, and how a list of that is written."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

VERSION: Final = 1
_NAME_IN_KEY: Final = 80  # letters; Windows takes 513 in a user name


class NewerFormatError(Exception):
    """A list is written as a later PAD Guard writes it."""


@dataclass(frozen=True, slots=True)
class HandOff:
    """A secret that was taken out of flows and waits in the keychain for its credential.

    Attributes:
        id: Unique and not to be guessed.
        credential: Name of the credential that shall hold the secret.
        flows: Names of the flows that it was taken out of.
        origin: Where in them it was, in words.
        taken_out: When that was (UTC).
        copied: Whether it was copied since.
        missing: Whether the keychain did not hold it when last looked.
    """

    id: str
    credential: str
    flows: tuple[str, ...]
    origin: str
    taken_out: datetime
    copied: bool = False
    missing: bool = False

    @property
    def key(self) -> str:
        """What its entry in the keychain is called: a person may come upon it there."""
        name = "".join(letter if letter.isprintable() else " " for letter in self.credential)
        return f"{name[:_NAME_IN_KEY].strip()} ({self.id})"

    def age(self, now: datetime) -> timedelta:
        """Return for how long it has been waiting; never less than nothing, whatever the clock."""
        return max(now - self.taken_out, timedelta(0))


def write_hand_offs(hand_offs: Iterable[HandOff]) -> bytes:
    """Return entries as the file holds them: JSON, indented, in ASCII."""
    entries = [
        {
            "id": each.id,
            "credential": each.credential,
            "flows": each.flows,
            "origin": each.origin,
            "taken_out": each.taken_out.astimezone(UTC).isoformat(),
            "copied": each.copied,
            "missing": each.missing,
        }
        for each in hand_offs
    ]
    return (json.dumps({"version": VERSION, "hand_offs": entries}, indent=2) + "\n").encode()


def read_hand_offs(data: bytes) -> tuple[Mapping[str, HandOff], bool]:
    """Return the entries that can be read, by id, and whether that is all that is written there.

    Raises:
        NewerFormatError: A later PAD Guard wrote it.
    """
    try:
        content = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return {}, False
    match content:
        case {"version": int(version)} if version > VERSION:
            raise NewerFormatError
        case {"version": int(), "hand_offs": list(entries)}:
            read = [_hand_off(entry) for entry in entries]
            return {each.id: each for each in read if each is not None}, None not in read
    return {}, False


def _hand_off(entry: object) -> HandOff | None:
    """Return an entry as the file holds it, or None where that makes no sense."""
    match entry:
        case {
            "id": str(id_),
            "credential": str(credential),
            "flows": list(flows),
            "origin": str(origin),
            "taken_out": str(moment),
            "copied": bool(copied),
            "missing": bool(missing),
        } if id_ and all(isinstance(flow, str) for flow in flows):
            try:
                taken_out = datetime.fromisoformat(moment)
            except ValueError:
                return None
            if taken_out.tzinfo is None:
                taken_out = taken_out.replace(tzinfo=UTC)
            return HandOff(id_, credential, tuple(flows), origin, taken_out, copied, missing)
    return None
