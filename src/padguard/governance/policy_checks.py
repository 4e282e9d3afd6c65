"""Checks what a policy file says, key by key, and notes what nobody asked for."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeVar

from padguard.exports.payloads import Json
from padguard.foundation.errors import ConfigError
from padguard.foundation.messages import Message, mark
from padguard.governance.policy import Ignored
from padguard.governance.policy_text import Repeating

Choice = TypeVar("Choice")

LONGEST_QUOTE: Final = 60
"""Characters of a file that an error quotes at most."""

REPEATED = mark("governance", "“{path}” stands twice in “{file}”. Only one can hold: remove one.")
MISSING = mark("governance", "“{path}” is missing in “{file}”.")
NOT_TEXT = mark("governance", "“{path}” in “{file}” must be a text that is not empty.")
NOT_NUMBER = mark("governance", "“{path}” in “{file}” must be a whole number.")
NOT_OBJECT = mark("governance", "“{path}” in “{file}” must be an object: {{ … }}.")
NOT_LIST = mark("governance", "“{path}” in “{file}” must be a list of objects: [ {{ … }} ].")
NOT_ONE_OF = mark(
    "governance", "“{path}” in “{file}” is “{value}”. It must be one of these: {known}."
)
CUT_OFF = mark(
    "governance",
    "“{path}” in “{file}” was cut off when the file was written. Write it again with all its "
    "levels: Get-DlpPolicy | ConvertTo-Json -Depth 20.",
)
NOT_KNOWN = mark("governance", "PAD Guard does not know this key.")

_CUT_OFF: Final = re.compile(r"@\{.*|System\.(?:Object\[\]|Collections\..*)", re.DOTALL)
_PLAIN_KEY: Final = re.compile(r"[\w.@-]+")


class Record:
    """An object of a policy file; it remembers what was asked for, to tell what is left.

    Keys are found whatever their case, as PowerShell and the service do; null is the same as
    absent. Every method that returns a value raises `ConfigError`, naming the JSON path, where
    what is written there is not what it must be.
    """

    def __init__(self, file: str, path: str, value: Json, note: Callable[[Ignored], None]) -> None:
        self._file = file
        self.path = path
        self._note = note
        if not isinstance(value, dict):
            raise self._wrong(NOT_OBJECT, path, value)
        self._values: Mapping[str, tuple[str, Json]] = self._folded(value)
        self._asked: set[str] = set()

    def _folded(self, value: dict[str, Json]) -> dict[str, tuple[str, Json]]:
        repeated = value.repeated if isinstance(value, Repeating) else ""
        found: dict[str, tuple[str, Json]] = {}
        for name, child in value.items():
            if name.casefold() in found:
                repeated = name
            found[name.casefold()] = name, child
        if repeated:
            raise ConfigError(REPEATED(path=_joined(self.path, repeated), file=self._file))
        return found

    def _wrong(self, words: Message, path: str, value: Json) -> ConfigError:
        if isinstance(value, str) and _CUT_OFF.fullmatch(value):
            words = CUT_OFF
        return ConfigError(words(path=path, file=self._file))

    def has(self, *keys: str) -> bool:
        """Tell whether any of some keys is there."""
        return any(key.casefold() in self._values for key in keys)

    def raw(self, key: str) -> Json:
        """Return what stands there, of whatever type; None where nothing does."""
        self._asked.add(key.casefold())
        return self._values.get(key.casefold(), (key, None))[1]

    def path_of(self, key: str) -> str:
        """Return the JSON path of a key, as the file spells it."""
        return _joined(self.path, self._values.get(key.casefold(), (key, None))[0])

    def text(self, key: str) -> str:
        """Return a text, or "" where there is none."""
        found = self.raw(key)
        if found is None:
            return ""
        if not isinstance(found, str) or not found.strip():
            raise self._wrong(NOT_TEXT, self.path_of(key), found)
        return found.strip()

    def needed_text(self, key: str) -> str:
        """Return a text that must be there."""
        found = self.text(key)
        if not found:
            raise self.refused(key, MISSING)
        return found

    def number(self, key: str) -> int | None:
        """Return a whole number, or None where there is none."""
        found = self.raw(key)
        if found is None:
            return None
        if not isinstance(found, int) or isinstance(found, bool):
            raise self._wrong(NOT_NUMBER, self.path_of(key), found)
        return found

    def choice(self, key: str, choices: Mapping[str, Choice], known: str) -> Choice | None:
        """Return what a word stands for, or None where there is none or it is empty.

        Args:
            key: The key.
            choices: What each word means, in lower case.
            known: The words, for the person.
        """
        found = self.raw(key)
        if found is None or found == "":
            return None
        if isinstance(found, str) and found.strip().casefold() in choices:
            return choices[found.strip().casefold()]
        value = found[:LONGEST_QUOTE] if isinstance(found, str) else type(found).__name__
        raise self.refused(key, NOT_ONE_OF, value=value, known=known)

    def needed_choice(self, key: str, choices: Mapping[str, Choice], known: str) -> Choice:
        """Return what a word stands for that must be there."""
        found = self.choice(key, choices, known)
        if found is None:
            raise self.refused(key, MISSING)
        return found

    def refused(self, key: str, words: Message, **params: object) -> ConfigError:
        """Return the error that says what is wrong with what stands under a key."""
        return ConfigError(words(path=self.path_of(key), file=self._file, **params))

    def record(self, key: str) -> "Record | None":
        """Return an object within, or None where there is none."""
        found = self.raw(key)
        return None if found is None else Record(self._file, self.path_of(key), found, self._note)

    def records(self, key: str) -> Iterator["Record"]:
        """Yield the objects of a list; nothing where there is none."""
        found = self.raw(key)
        path = self.path_of(key)
        items = items_of(found)
        if items is None:
            raise self._wrong(NOT_LIST, path, found)
        for place, item in enumerate(items):
            yield Record(self._file, f"{path}[{place}]", item, self._note)

    def ignore(self, key: str, reason: Message) -> None:
        """Note that what stands under a key plays no part, and why."""
        self._asked.add(key.casefold())
        self._note(Ignored(self.path_of(key), reason))

    def finish(self, *harmless: str) -> None:
        """Note the keys that nobody asked for, other than those that are known to do nothing."""
        known = self._asked.union(key.casefold() for key in harmless)
        for folded, (name, _) in self._values.items():
            if folded not in known:
                self._note(Ignored(_joined(self.path, name), NOT_KNOWN))


def items_of(value: Json) -> list[Json] | None:
    """Return the items of a list as PowerShell may have written it, or None for anything else.

    ``ConvertTo-Json`` writes a list of one item as the item, an empty one as null, and Windows
    PowerShell some lists as ``{"value": [...], "Count": 1}``.
    """
    if value is None:
        return []
    if isinstance(value, dict):
        if value.keys() == {"value", "Count"} and isinstance(value["value"], list):
            return value["value"]
        return [value]
    return value if isinstance(value, list) else None


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if _PLAIN_KEY.fullmatch(key) else f"{path}['{key[:LONGEST_QUOTE]}']"
