"""The questionnaire for those without a snapshot, and the answers that people give in a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final

from padguard.foundation.errors import ConfigError
from padguard.foundation.messages import Message, mark
from padguard.foundation.tomlfile import read_toml
from padguard.governance.audit_facts import AUTOMATION_TABLES

FORMAT: Final = 1
FOR_EVER: Final = -1

NOT_FORMAT = mark("governance", "“{file}” must start with the line: format = {known}")
UNKNOWN_KEY = mark(
    "governance", "PAD Guard does not know “{key}” in “{file}”. What may stand there: {known}."
)
NOT_ANSWER = mark("governance", "“{key}” in “{file}” must be one of these: {known}.")
NOT_DAYS = mark(
    "governance",
    "“{key}” in “{file}” must be a whole number of days, 1 or more, or -1 for ever.",
)
NOT_SECTION = mark("governance", "“{key}” in “{file}” must be a section: [{key}].")
NOT_NAMES = mark("governance", '“{key}” in “{file}” must be a list of names: ["one", "another"].')


class Said(Enum):
    """An answer to a question; the values are the words of answer files."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Kind(Enum):
    """What an answer is."""

    CHOICE = "choice"
    DAYS = "days"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the questionnaire.

    Attributes:
        key: How answer files name it; that of a table stands in their section ``tables``.
        text: The question.
        kind: What its answer is.
    """

    key: str
    text: Message
    kind: Kind = Kind.CHOICE


ENVIRONMENT: Final = "environment-auditing"
RETENTION: Final = "retention-days"
LOG_ACCESS: Final = "log-access"
OWNERS: Final = "agreed-owners"
TABLES: Final = "tables"

_TABLE = mark("governance", "Is “Audit changes to its data” selected for the table {name}?")

QUESTIONS: Final = (
    Question(
        ENVIRONMENT,
        mark(
            "governance",
            "Is Start Auditing selected for the environment? (Power Platform admin center: "
            "Environments > the environment > Settings > Audit and logs > Audit settings)",
        ),
    ),
    Question(
        RETENTION,
        mark(
            "governance",
            "How many days are audit records kept? (Retain these logs for, on the same page; -1 is "
            "for ever)",
        ),
        Kind.DAYS,
    ),
    Question(LOG_ACCESS, mark("governance", "Is Log access selected? (on the same page)")),
    *(
        Question(f"{TABLES}.{table}", _TABLE(name=name))
        for table, name in AUTOMATION_TABLES.items()
    ),
    Question(
        OWNERS,
        mark(
            "governance",
            "Who was agreed to own flows and their components? (names as the environment shows "
            "them, or ids)",
        ),
        Kind.NAMES,
    ),
)
"""What to ask where no snapshot tells, in the order in which to ask it."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody says of an environment: stated, not measured.

    Attributes:
        said: The answers to the questions of choice, by key.
        retention_days: How many days audit records are kept, -1 for ever, or None.
        owners: The agreed owners by name or id, or None where nothing was agreed.
        file: Name of the file, or "".
    """

    said: Mapping[str, Said] = field(default_factory=dict)
    retention_days: int | None = None
    owners: frozenset[str] | None = None
    file: str = ""

    def answer(self, key: str) -> Said:
        """Return the answer to a question; UNKNOWN where there is none."""
        return self.said.get(key, Said.UNKNOWN)

    def agreed(self, *names: str) -> bool:
        """Tell whether any of the names of somebody is that of an agreed owner."""
        return any(name.casefold() in (self.owners or ()) for name in names)


def read_answers(path: Path) -> Answers:
    """Read a file with answers.

    Raises:
        ConfigError: It cannot be read or understood; the message names the key.
    """
    file = path.name
    values = dict(read_toml(path))
    if values.pop("format", None) != FORMAT:
        raise ConfigError(NOT_FORMAT(file=file, known=FORMAT))
    tables = values.pop(TABLES, {})
    if not isinstance(tables, dict):
        raise ConfigError(NOT_SECTION(key=TABLES, file=file))
    values |= {f"{TABLES}.{name}": value for name, value in tables.items()}
    questions = {question.key: question for question in QUESTIONS}
    for key in values:
        if key not in questions:
            raise ConfigError(UNKNOWN_KEY(key=key, file=file, known=", ".join(questions)))
    said = {
        key: _choice(key, value, file)
        for key, value in values.items()
        if questions[key].kind is Kind.CHOICE
    }
    return Answers(said, _days(values.get(RETENTION), file), _names(values.get(OWNERS), file), file)


def answers_template() -> str:
    """Return a file to fill in: every question as a comment, and its answer left open."""
    lines = [f"# {mark('governance', 'Answers for padguard audit')}", f"format = {FORMAT}"]
    in_tables: list[str] = []
    for question in QUESTIONS:
        section, _, name = question.key.rpartition(".")
        target = in_tables if section else lines
        target += ["", f"# {question.text}", _open(name, question.kind)]
    return "\n".join([*lines, "", f"[{TABLES}]", *in_tables[1:], ""])


def _open(name: str, kind: Kind) -> str:
    examples = {
        Kind.CHOICE: f'{name} = "{Said.UNKNOWN.value}"  # yes, no, unknown',
        Kind.DAYS: f"# {name} = 90",
        Kind.NAMES: f'# {name} = ["Ada Field"]',
    }
    return examples[kind]


def _choice(key: str, value: object, file: str) -> Said:
    words = {said.value: said for said in Said}
    if not isinstance(value, str) or value.casefold() not in words:
        raise ConfigError(NOT_ANSWER(key=key, file=file, known=", ".join(words)))
    return words[value.casefold()]


def _days(value: object, file: str) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or (value < 1 and value != FOR_EVER):
        raise ConfigError(NOT_DAYS(key=RETENTION, file=file))
    return value


def _names(value: object, file: str) -> frozenset[str] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise ConfigError(NOT_NAMES(key=OWNERS, file=file))
    return frozenset(name.strip().casefold() for name in value)
