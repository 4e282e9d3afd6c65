"""Reads the labelled cases of the evaluation set; README.md describes their format."""

import base64
import hashlib
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.evaluation.model import (
    BY_VARIABLE,
    KINDS,
    Case,
    CloudPart,
    DesktopPart,
    ElementPart,
    Label,
    VariablePart,
)

from padguard.flow.build import build_flow
from padguard.flow.model import Flow
from padguard.robin.tree import HEADER_KINDS, Kind, Statement

CASES = Path(__file__).resolve().parent / "cases"
_MARK = " <<< "
_FLAGS = {"screenshots on error", "power fx"}
_LOCAL_NAMES = {"pt": "Computador local"}
_NAMESPACE = uuid.UUID("5c0f2f0e-3d0b-4d57-9a43-7f3b3c1d9a10")
_LABEL = re.compile(
    r"(?:(?P<verdict>no|maybe) )?(?P<rules>PG\d{3}(?:/PG\d{3})*)"
    r"(?: (?P<variable>[^\s:#;]+))?(?: #(?P<group>\w+))?(?:: (?P<why>.+))?"
)
_PLACEHOLDER = re.compile(r"\{\{(join|dpapi|flow):([^{}]*)\}\}")


class CaseError(Exception):
    """A case file does not follow the format; the text says where."""


def load_cases(folder: Path = CASES) -> tuple[Case, ...]:
    """Return all cases, in the order of their folders, files and lines.

    Raises:
        CaseError: A file does not follow the format.
    """
    files = sorted(folder.glob("*/*.cases"))
    return tuple(case for file in files for case in read_cases(file))


def read_cases(file: Path) -> Iterator[Case]:
    """Yield the cases of one file.

    Raises:
        CaseError: The file does not follow the format.
    """
    text = file.read_text(encoding="utf-8")
    for block in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        try:
            yield _Reader(block).case(file)
        except (ValueError, KeyError, IndexError, CaseError) as error:
            message = f"{file.parent.name}/{file.name}, case {block.splitlines()[0]!r}: {error}"
            raise CaseError(message) from error


class _Reader:
    """Reads one case; used once."""

    def __init__(self, block: str) -> None:
        head, *sections = re.split(r"^--- ", block.rstrip("\n") + "\n", flags=re.MULTILINE)
        first, *about = head.strip().splitlines()
        self.id, kind, self.language, self.domain, *flags = (p.strip() for p in first.split("|"))
        if kind not in KINDS or set(flags) - {"hard", "bare"}:
            message = f"unknown kind or flag in {first!r}"
            raise CaseError(message)
        self.kind = kind
        self.hard = "hard" in flags
        self.bare = "bare" in flags
        self.about = " ".join(about)
        self.sections = [section.partition("\n")[::2] for section in sections]
        self.labels: dict[str, list[Label]] = {"": [], "no": [], "maybe": []}

    def case(self, file: Path) -> Case:
        read = {"flow": self._flow, "elements": self._elements}
        read |= {"cloud": self._cloud, "variable": self._variable}
        parts: dict[str, list[object]] = {word: [] for word in read}
        for title, body in self.sections:
            word, _, name = title.partition(" ")
            parts[word].extend(read[word](name.strip(), body))
        return Case(
            self.id,
            file.parent.name,
            file.stem,
            self.about,
            self.kind,
            self.language,
            self.domain,
            self.hard,
            self.bare,
            tuple(part for part in parts["flow"] if isinstance(part, DesktopPart)),
            tuple(part for part in parts["elements"] if isinstance(part, ElementPart)),
            tuple(part for part in parts["cloud"] if isinstance(part, CloudPart)),
            tuple(part for part in parts["variable"] if isinstance(part, VariablePart)),
            tuple(self.labels[""]),
            tuple(self.labels["no"]),
            tuple(self.labels["maybe"]),
        )

    def _flow(self, title: str, body: str) -> list[object]:
        name, *flags = (part.strip() for part in title.split("|"))
        if set(flags) - _FLAGS:
            message = f"unknown flag in {title!r}"
            raise CaseError(message)
        lines = [line.partition(_MARK)[::2] for line in body.rstrip("\n").split("\n")]
        script, shift = self._script([line for line, _ in lines])
        model = build_flow(self._flow_id(name), name, script)
        for number, (_, marks) in enumerate(lines, start=1 + shift):
            for mark in _split(marks):
                self._label(mark, name, _Place.of_line(model, number))
        part = DesktopPart(
            self._flow_id(name), name, script, "screenshots on error" in flags, "power fx" in flags
        )
        return [part]

    def _script(self, lines: list[str]) -> tuple[str, int]:
        """Return the whole script, and how many lines of header stand before those of the case."""
        lines = [_PLACEHOLDER.sub(self._placeholder, line.rstrip()) for line in lines]
        lines = [f"{line} " if line.startswith(("@INPUT", "@OUTPUT")) else line for line in lines]
        header = []
        if not self.bare:
            computer = _LOCAL_NAMES.get(self.language, "Local computer")
            header = ["@@ConnectionString: ''", "@@Type: 'Local'", "@@DesktopType: 'local'"]
            header += [f"@@DisplayName: '{computer}'"]
            header += [f"IMPORT '{file}' AS {name}" for file, name in _IMPORTS]
            if not lines[0].startswith("@SENSITIVE"):
                header += ["@SENSITIVE: []"]
        return "\r\n".join([*header, *lines, ""]), len(header)

    def _placeholder(self, found: re.Match[str]) -> str:
        word, text = found.groups()
        if word == "join":
            return text.replace("|", "")
        return self._flow_id(text) if word == "flow" else encrypted_value(text)

    def _flow_id(self, name: str) -> str:
        return str(uuid.uuid5(_NAMESPACE, f"{self.id}/{name}"))

    def _elements(self, flow: str, body: str) -> list[object]:
        found: list[object] = []
        for line, marks in _lines(body):
            place, type_name, *rest = (part.strip() for part in line.split(" | "))
            screen, name = place.split(" > ")
            pairs = tuple(_pair(part, "=") for part in rest if part != "screenshot")
            found.append(ElementPart(flow, screen, name, type_name, pairs, "screenshot" in rest))
            for mark in marks:
                self._label(mark, flow, _Place())
        return found

    def _cloud(self, name: str, body: str) -> list[object]:
        settings = {"calls": "", "secure": "", "reads": ""}
        arguments = []
        for line, marks in _lines(body):
            key, value = _pair(line, ":")
            value = _PLACEHOLDER.sub(self._placeholder, value)
            if key in settings:
                settings[key] = value
            else:
                arguments.append((key, value))
            for mark in marks:
                self._label(mark, name, _Place(variable="" if key in settings else key))
        reads, secure = (tuple(_split(settings[key], ",")) for key in ("reads", "secure"))
        identity = self._flow_id(f"cloud {name}")
        return [CloudPart(identity, name, settings["calls"], tuple(arguments), reads, secure)]

    def _variable(self, name: str, body: str) -> list[object]:
        settings: dict[str, str] = {}
        for line, marks in _lines(body):
            key, value = _pair(line, ":")
            settings[key] = _PLACEHOLDER.sub(self._placeholder, value)
            for mark in marks:
                self._label(mark, name, _Place())
        return [VariablePart(name, **settings)]

    def _label(self, mark: str, part: str, place: "_Place") -> None:
        found = _LABEL.fullmatch(mark)
        if found is None:
            message = f"not a label: {mark!r}"
            raise CaseError(message)
        rules = tuple(found["rules"].split("/"))
        result = place.result if BY_VARIABLE & set(rules) else ""
        variable = found["variable"] or place.variable or result
        label = Label(
            rules,
            part,
            place.subflow,
            place.row,
            variable,
            found["group"] or "",
            found["why"] or "",
        )
        self.labels[found["verdict"] or ""].append(label)


_IMPORTS = (("controlRepo.appmask", "appmask"), ("imageRepo.imgrepo", "imgrepo"))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a label stands.

    ``variable`` is the only one that its line declares or sets; ``result`` the only one that its
    action writes.
    """

    subflow: str = ""
    row: int | None = None
    variable: str = ""
    result: str = ""

    @classmethod
    def of_line(cls, flow: Flow, line: int) -> "_Place":
        statement = _statement_at(flow, line)
        if statement.kind in HEADER_KINDS:
            words = flow.script.source(statement).split()
            declared = statement.kind in (Kind.INPUT, Kind.OUTPUT)
            return cls(variable=words[1] if declared else "")
        for action in flow.actions:
            if action.statement is statement:
                written = [variable.name for variable in action.writes]
                only = written[0] if len(written) == 1 else ""
                is_set = statement.kind is Kind.SET
                return cls(action.subflow.name, action.row, only if is_set else "", only)
        message = f"line {line} is no row"
        raise CaseError(message)


def _statement_at(flow: Flow, line: int) -> Statement:
    """Return the statement that a line of the script belongs to."""
    starts = [0, *(found.end() for found in re.finditer("\n", flow.script.text))]
    for statement in flow.script.statements:
        if statement.start <= starts[line - 1] < statement.end:
            return statement
    message = f"line {line} is behind the script"
    raise CaseError(message)


def encrypted_value(seed: str) -> str:
    """Return an invented value in the form of a direct encrypted input, different for each seed."""
    head = bytes.fromhex("01000000d08c9ddf0115d1118c7a00c04fc297eb01000000")
    blocks = (hashlib.sha256(f"{seed}{block}".encode()).digest() for block in range(8))
    return base64.b64encode(head + b"".join(blocks)[:222]).decode("ascii")


def _split(text: str, separator: str = ";") -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]


def _lines(body: str) -> Iterator[tuple[str, list[str]]]:
    for line in body.splitlines():
        if line.strip():
            text, _, marks = line.partition(_MARK)
            yield text.strip(), _split(marks)


def _pair(text: str, separator: str) -> tuple[str, str]:
    key, _, value = text.partition(separator)
    return key.strip(), value.strip()
