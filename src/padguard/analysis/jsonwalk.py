"""Walks through JSON that somebody else wrote: of any shape, as deep as it may be."""

from collections.abc import Iterator
from typing import TypeAlias

from padguard.exports.payloads import Json

Path: TypeAlias = tuple[str | int, ...]
"""The way from the outermost value to one within it: keys, and positions in lists from 0."""


def objects(value: Json) -> Iterator[tuple[Path, dict[str, Json]]]:
    """Yield every object with the way to it, in the order of the text."""
    for path, found in _values(value):
        if isinstance(found, dict):
            yield path, found


def leaves(value: Json) -> Iterator[Json]:
    """Yield everything that is no object and no list, in the order of the text."""
    for _, found in _values(value):
        if not isinstance(found, dict | list):
            yield found


def _values(value: Json) -> Iterator[tuple[Path, Json]]:
    waiting: list[tuple[Path, Json]] = [((), value)]
    while waiting:
        path, found = waiting.pop()
        yield path, found
        if isinstance(found, dict):
            waiting += reversed([((*path, str(name)), child) for name, child in found.items()])
        elif isinstance(found, list):
            waiting += reversed([((*path, place), child) for place, child in enumerate(found)])
