"""Walks through JSON that somebody else wrote: of any shape, as deep as it may be."""

from collections.abc import Iterator

from padguard.exports.payloads import Json


def objects(value: Json) -> Iterator[tuple[str, dict[str, Json]]]:
    """Yield every object with the key that it stands under, in the order of the text.

    The key is "" for the outermost value and for items of lists.
    """
    for key, found in _values(value):
        if isinstance(found, dict):
            yield key, found


def leaves(value: Json) -> Iterator[Json]:
    """Yield everything that is no object and no list, in the order of the text."""
    for _, found in _values(value):
        if not isinstance(found, dict | list):
            yield found


def _values(value: Json) -> Iterator[tuple[str, Json]]:
    waiting = [("", value)]
    while waiting:
        key, found = waiting.pop()
        yield key, found
        if isinstance(found, dict):
            waiting += reversed([(str(name), child) for name, child in found.items()])
        elif isinstance(found, list):
            waiting += [("", child) for child in reversed(found)]
