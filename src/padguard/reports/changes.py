"""What differs between two states of an export, for people: no secrets, no values of callers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from padguard.exports.payloads import Json
from padguard.flow.masking import masked_lines
from padguard.flow.model import Flow

CONTEXT = 3
DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a difference: its sign (``-``, ``+``, blank; ``@`` for a heading) and its text."""

    sign: str
    text: str

    def __str__(self) -> str:
        return self.text if self.sign == "@" else f"{self.sign}{self.text}"


def script_lines(before: Flow, after: Flow) -> Iterator[Line]:
    """Yield what differs between two scripts, as a unified difference with masked secrets.

    Both flows must have been analysed, or all their texts are masked.
    """
    old, new = before.script.text.splitlines(), after.script.text.splitlines()
    shown_old, shown_new = masked_lines(before), masked_lines(after)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    matcher = SequenceMatcher(
        None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False
    )
    codes = [
        ("equal", 0, head, 0, head),
        *(
            (tag, a + head, b + head, c + head, d + head)
            for tag, a, b, c, d in matcher.get_opcodes()
        ),
        ("equal", len(old) - tail, len(old), len(new) - tail, len(new)),
    ]
    for group in _groups(codes):
        first, last = group[0], group[-1]
        heading = f"@@ -{first[1] + 1},{last[2] - first[1]} +{first[3] + 1},{last[4] - first[3]} @@"
        yield Line("@", heading)
        for tag, old_start, old_end, new_start, new_end in group:
            if tag == "equal":
                yield from (Line(" ", line) for line in shown_old[old_start:old_end])
            else:
                yield from (Line("-", line) for line in shown_old[old_start:old_end])
                yield from (Line("+", line) for line in shown_new[new_start:new_end])


_Code = tuple[str, int, int, int, int]


def _alike(one: list[str], other: list[str]) -> int:
    """Return how many lines two lists start alike with."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _groups(codes: Sequence[_Code]) -> Iterator[list[_Code]]:
    """Yield the changes with some lines around them; those that lie close by come together."""
    group: list[_Code] = []
    for tag, old_start, old_end, new_start, new_end in codes:
        if tag != "equal":
            group.append((tag, old_start, old_end, new_start, new_end))
            continue
        size = old_end - old_start
        if any(code[0] != "equal" for code in group):
            if size <= 2 * CONTEXT:
                group.append((tag, old_start, old_end, new_start, new_end))
                continue
            kept = min(size, CONTEXT)
            group.append((tag, old_start, old_start + kept, new_start, new_start + kept))
            yield group
        kept = min(size, CONTEXT)
        group = [(tag, old_end - kept, old_end, new_end - kept, new_end)]
    if any(code[0] != "equal" for code in group):
        yield group


def json_lines(before: Json, after: Json) -> Iterator[Line]:
    """Yield which parts of a JSON value went and came, by their path; values are not told."""
    was, now = dict(_paths(before, "", 0)), dict(_paths(after, "", 0))
    for path in was:
        if path not in now:
            yield Line("-", path)
    for path, value in now.items():
        if path not in was:
            yield Line("+", path)
        elif was[path] != value:
            yield Line("-", path)
            yield Line("+", path)


def _paths(value: Json, path: str, depth: int) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict | list) and value and depth < DEEPEST:
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from _paths(item, f"{path}/{key}", depth + 1)
    else:
        yield path, value
