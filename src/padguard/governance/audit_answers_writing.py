"""Writes answers to the questionnaire into a file that people can read and go on with."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from padguard.exports.atomic import saving, write_file
from padguard.governance.audit_answers import (
    OWNERS,
    QUESTIONS,
    RETENTION,
    TABLES,
    Answers,
    Kind,
    answers_template,
    read_answers,
)

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def write_answers(path: Path, answers: Answers, names: Iterable[str] = ()) -> None:
    """Write answers, with each question as a comment; comments that people added stay.

    Args:
        path: The file; where it holds answers already, only what differs is changed.
        answers: The answers.
        names: The agreed owners as a person spells them.

    Raises:
        ConfigError: What stands there is no file with answers; it is left as it is.
        SaveError: It could not be written; what stood there is whole.
    """
    import tomlkit

    text, before = answers_template(), Answers()
    if path.exists():
        before = read_answers(path)
        text = path.read_bytes().decode("utf-8-sig")
    document = tomlkit.parse(text)
    for question in QUESTIONS:
        section, _, key = question.key.rpartition(".")
        table: Any = document.setdefault(TABLES, {}) if section else document
        if question.kind is Kind.CHOICE:
            table[key] = answers.answer(question.key).value
    _set(document, RETENTION, answers.retention_days)
    if answers.owners != before.owners:
        _set(document, OWNERS, _spelt(answers.owners, names))
    with saving(path):
        write_file(tomlkit.dumps(document).encode(), path)


def _set(document: "TOMLDocument", key: str, value: object) -> None:
    if value is not None:
        document[key] = value
    elif key in document:
        del document[key]


def _spelt(owners: frozenset[str] | None, names: Iterable[str]) -> list[str] | None:
    spellings = {name.casefold(): name for name in names}
    return None if owners is None else [spellings.get(owner, owner) for owner in sorted(owners)]
