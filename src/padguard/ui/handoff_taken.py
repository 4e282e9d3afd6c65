"""What fixes took out of an export, put together for the question whether to keep it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from padguard.fixes.plan import Removed
from padguard.flow.build import build_flow
from padguard.flow.model import Flow
from padguard.foundation.edits import Edit
from padguard.foundation.masked import Masked
from padguard.robin.literals import encode_text, escape_text
from padguard.ui.journal import Deed
from padguard.ui.place import row_of


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a secret stood before it was taken out: a row, or an input or output by its name."""

    flow: str
    subflow: str = ""
    row: int = 0
    declaration: str = ""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """One secret for one credential, from one flow or several.

    Attributes:
        credential: Name of the credential that shall hold it.
        flows: Names of the flows that it was taken out of.
        spots: Where it stood in them; empty where that could not be found.
        secret: The secret.
        removed: What the fixes said.
    """

    credential: str
    flows: tuple[str, ...]
    spots: tuple[Spot, ...]
    secret: Masked = field(repr=False)
    removed: frozenset[Removed]


def gather(
    wanted: Iterable[Removed], deeds: Iterable[Deed], names: Mapping[str, str]
) -> list[TakenOut]:
    """Return the secrets that were taken out, each once for its credential.

    Args:
        wanted: The secrets that are asked for.
        deeds: The fixes that took them out; the texts before them tell where the secrets stood.
        names: The names of the flows, by id.
    """
    done = list(deeds)
    build = cache(lambda text: build_flow("", "", text))
    groups: dict[tuple[str, Masked], list[Removed]] = {}
    for one in wanted:
        groups.setdefault((one.credential, one.secret), []).append(one)
    return [
        TakenOut(
            credential,
            tuple(dict.fromkeys(names.get(one.flow_id, "") for one in group)),
            tuple(
                dict.fromkeys(
                    _spot(build(text), names.get(one.flow_id, ""), start)
                    for one in group
                    for text, start in _starts(one, done)
                )
            ),
            secret,
            frozenset(group),
        )
        for (credential, secret), group in groups.items()
    ]


def _starts(wanted: Removed, deeds: Iterable[Deed]) -> Iterator[tuple[str, int]]:
    """Yield the scripts that a secret was taken out of, and where it stood, as read or written."""
    value = wanted.secret.reveal()
    written = {value, escape_text(value), encode_text(value)[4:-3]} - {""}
    for deed in deeds:
        text = deed.plan.before.scripts.get(wanted.flow_id)
        if wanted in deed.plan.removed and text is not None:
            edits = deed.plan.edits.get(wanted.flow_id, ())
            found = {start for form in written for start in _within(text, form, edits)}
            yield from ((text, start) for start in sorted(found))


def _within(text: str, form: str, edits: Iterable[Edit]) -> Iterator[int]:
    """Yield where some characters stand that edits reach into."""
    for edit in edits:
        start = text.find(form, max(0, edit.start - len(form) + 1))
        while 0 <= start < edit.end:
            yield start
            start = text.find(form, start + 1)


def _spot(flow: Flow, name: str, start: int) -> Spot:
    """Return what a person calls the place of a character of a script."""
    for action in flow.actions:
        if action.statement.start <= start < action.statement.end:
            row = row_of(action)
            return Spot(name, row.subflow.name, row.row)
    header = flow.script.header
    for declaration in (*header.inputs, *header.outputs):
        statement = flow.script.statements[declaration.statement]
        if statement.start <= start < statement.end:
            return Spot(name, declaration=declaration.name)
    return Spot(name)
