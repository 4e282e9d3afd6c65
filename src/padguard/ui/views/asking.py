"""Asks a person for the file that something is written to, or read from."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

FORBIDDEN = '<>:"/\\|?*'
"""What Windows does not take in the name of a file."""


def ask_where_to_save(
    parent: QWidget, title: str, name: str, kinds: Mapping[str, str]
) -> Path | None:
    """Return the file that a person chooses, with a suffix, or None.

    Args:
        parent: The widget that asks.
        title: What the dialog is called.
        name: The name to begin with, without a suffix; may hold anything.
        kinds: The kinds of files by suffix (``.svg``), each in words; the first is the usual one.
    """
    filters = {f"{words} (*{suffix})": suffix for suffix, words in kinds.items()}
    usual = next(iter(kinds))
    path, chosen = QFileDialog.getSaveFileName(
        parent, title, f"{safe_name(name)}{usual}", ";;".join(filters)
    )
    if not path:
        return None
    wanted = Path(path)
    known = wanted.suffix.casefold() in kinds
    return wanted if known else Path(f"{wanted}{filters.get(chosen, usual)}")


def ask_what_to_open(parent: QWidget, title: str, words: str, suffix: str) -> Path | None:
    """Return the file that a person chooses to be read, or None."""
    path, _ = QFileDialog.getOpenFileName(parent, title, "", f"{words} (*{suffix})")
    return Path(path) if path else None


def safe_name(name: str) -> str:
    """Return a file name without the characters that Windows does not take."""
    return "".join("-" if character in FORBIDDEN else character for character in name)
