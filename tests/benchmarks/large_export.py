"""Makes a large solution zip out of real flows, no two of them alike."""

import itertools
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

from padguard.exports.open import open_export
from padguard.flow.build import build_flow
from padguard.flow.model import Flow

PROJECT = Path(__file__).resolve().parents[2]
CORPUS = PROJECT.parent / "shared" / "corpus" / "solutions"
SAMPLE = PROJECT / "resources" / "samples" / "InvoiceDesk_1_0_0_1.zip"
SOURCES = (
    "PADFramework_1_1_12501_241.zip",
    "PADFramework_1_0_12408_192.zip",
    "ConstructionFunding_1_0_0_5.zip",
)
NAMESPACE = UUID("6f1d2c80-9b5e-4a37-8c14-d0e2f7a95b63")

FUNCTION = re.compile(r"^FUNCTION .*?^END FUNCTION\r?\n", re.MULTILINE | re.DOTALL)
SUBFLOW = re.compile(r"\b(FUNCTION|CALL|GOTO|LABEL) ('[^']+'|\w+)")
WRITTEN = re.compile(
    r"\bSET (\w+)|=> (\w+)|\bLOOP (?:FOREACH )?(?!WHILE\b|FROM\b)(\w+) (?:IN|FROM)\b"
)
LITERAL = re.compile(r"\$'''(?=[^%'])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a real flow that can be repeated: its text, and how many rows it has."""

    text: str
    rows: int


@dataclass(frozen=True, slots=True)
class Source:
    """A real flow, taken apart: what comes before its subflows, and its subflows."""

    main: Piece
    subflows: tuple[Piece, ...]


def sources() -> list[Source]:
    """Return the real flows, or those of the bundled sample where the real ones are missing."""
    paths = [CORPUS / name for name in SOURCES] if CORPUS.is_dir() else [SAMPLE]
    stored = [flow for path in paths for flow in open_export(path).desktop_flows]
    return [_take_apart(build_flow(flow.id, flow.name, flow.script)) for flow in stored]


def _take_apart(flow: Flow) -> Source:
    text = flow.script.text
    rows = [sum(1 for _ in subflow.rows) for subflow in flow.subflows]
    found = list(FUNCTION.finditer(text))
    main = text[: found[0].start()] if found else text
    pieces = (Piece(match[0], count) for match, count in zip(found, rows[1:], strict=False))
    return Source(Piece(main, rows[0]), tuple(pieces))


def vary(text: str, suffix: str) -> str:
    """Return a script that does the same with other names and other literals."""
    text = SUBFLOW.sub(lambda match: f"{match[1]} {_suffixed(match[2], suffix)}", text)
    names = {name for match in WRITTEN.finditer(text) for name in match.groups() if name}
    if names:
        # Not a parameter's name (Url: …), a property (.Count), a key or an enumeration value.
        any_name = "|".join(sorted(names, key=len, reverse=True))
        used = re.compile(rf"(?<![\w.@'])({any_name})(?![\w:']|=>)")
        text = used.sub(rf"\1_{suffix}", text)
    return LITERAL.sub(f"$'''{suffix} ", text)


def _suffixed(name: str, suffix: str) -> str:
    if name == "GLOBAL":
        return name
    return f"{name[:-1]} {suffix}'" if name.endswith("'") else f"{name}_{suffix}"


def scripts(flows: int, actions: int) -> Iterator[str]:
    """Yield the scripts of so many flows, which together have at least so many rows."""
    real = sources()
    every_subflow = [piece for source in real for piece in source.subflows]
    wanted = actions / flows
    for number in range(flows):
        source = real[number % len(real)]
        pieces = itertools.chain(source.subflows, itertools.cycle(every_subflow))
        parts, rows = [vary(source.main.text, f"f{number}")], source.main.rows
        for copy, piece in enumerate(pieces):
            if rows >= wanted:
                break
            parts.append(vary(piece.text, f"f{number}c{copy}"))
            rows += piece.rows
        yield "".join(parts)


def make(target: Path, flows: int, actions: int) -> int:
    """Write the export to ``target`` and return the size of its scripts in characters."""
    sys.path.insert(0, str(PROJECT / "packaging"))
    import build_sample
    from sample import scripts as sample_scripts
    from sample import solution

    made = [
        sample_scripts.SampleFlow(str(uuid5(NAMESPACE, str(n))), f"Flow {n}", text)
        for n, text in enumerate(scripts(flows, actions))
    ]
    workflows = "".join(solution.desktop_workflow(flow, [], []) for flow in made)
    members = {
        "customizations.xml": solution.customizations_xml("", workflows, "", ""),
        "[Content_Types].xml": build_sample.content_types(),
        "solution.xml": solution.solution_xml([], []),
    }
    stub = build_sample.STUB.encode()
    members |= {solution.json_name(flow.id, flow.name): stub for flow in made}
    target.write_bytes(build_sample.archive(members))
    return sum(len(flow.text) for flow in made)
