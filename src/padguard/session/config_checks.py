"""Checks what a configuration file says, key by key."""

from collections.abc import Mapping
from typing import Any

from padguard.catalog.forms import ActionForm
from padguard.catalog.lookup import load
from padguard.catalog.roles import Channel
from padguard.foundation.errors import ConfigError
from padguard.foundation.messages import mark
from padguard.rules.finding import Severity
from padguard.rules.registry import RULES, rule

UNKNOWN_KEY = mark(
    "session", "PAD Guard does not know “{key}” in “{file}”. What may stand there: {known}."
)
NOT_TEXTS = mark("session", '“{key}” in “{file}” must be a list of texts: ["one", "another"].')
NOT_TEXT = mark("session", '“{key}” in “{file}” must be a text that is not empty: "one".')
NOT_NUMBER = mark("session", "“{key}” in “{file}” must be a whole number, 1 or more.")
NOT_SECTION = mark("session", "“{key}” in “{file}” must be a section: [{key}].")
NOT_SECTIONS = mark("session", "“{key}” in “{file}” must be sections of their own: [[{key}]].")
NOT_ONE_OF = mark("session", "“{key}” in “{file}” must be one of these: {known}.")
MISSING = mark("session", "“{key}” is missing in “{file}”.")
NO_RULE = mark(
    "session",
    "“{value}” under “{key}” in “{file}” is no rule: write the number of a rule (PG204), how "
    "numbers start (PG2) or the name of a rule (secret-as-input).",
)
NOT_AN_ID = mark(
    "session",
    '“{key}” in “{file}” must be the id of an action as scripts write it: "Module.Action".',
)
NO_SUCH_INPUT = mark("session", "{action} has no input “{value}” (“{key}” in “{file}”).")
NO_SUCH_OUTPUT = mark("session", "{action} has no output “{value}” (“{key}” in “{file}”).")


class Section:
    """A section of a configuration file; it remembers what was asked for, to find what is left.

    Every method that returns a value raises `ConfigError`, naming the key, where what is
    written there is not what it must be.
    """

    def __init__(self, file: str, name: str, values: Mapping[str, Any]) -> None:
        self._file = file
        self._name = name
        self._values = values
        self._known: list[str] = []

    def _get(self, key: str) -> Any:  # noqa: ANN401 - whatever stands in the file
        self._known.append(key)
        return self._values.get(key)

    def _key(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key

    def finish(self) -> None:
        """Refuse keys that nobody asked for: a key with a slip of the pen would say nothing."""
        for key in self._values:
            if key not in self._known:
                known = ", ".join(dict.fromkeys(self._known))
                raise ConfigError(UNKNOWN_KEY(key=self._key(key), file=self._file, known=known))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty where the key is absent."""
        found = self._get(key)
        if found is None:
            return ()
        if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
            raise ConfigError(NOT_TEXTS(key=self._key(key), file=self._file))
        return tuple(found)

    def text(self, key: str) -> str:
        """Return a text that must be there."""
        found = self._get(key)
        if found is None:
            raise ConfigError(MISSING(key=self._key(key), file=self._file))
        if not isinstance(found, str) or not found.strip():
            raise ConfigError(NOT_TEXT(key=self._key(key), file=self._file))
        return found.strip()

    def number(self, key: str, default: int) -> int:
        """Return a whole number from 1 on."""
        found = self._get(key)
        if found is None:
            return default
        if not isinstance(found, int) or isinstance(found, bool) or found < 1:
            raise ConfigError(NOT_NUMBER(key=self._key(key), file=self._file))
        return found

    def section(self, key: str) -> "Section":
        """Return a section within; an empty one where the key is absent."""
        found = self._get(key)
        if not isinstance(found, dict | None):
            raise ConfigError(NOT_SECTION(key=self._key(key), file=self._file))
        return Section(self._file, self._key(key), found or {})

    def sections(self, key: str) -> list["Section"]:
        """Return the sections of a kind that there may be several of."""
        found = self._get(key)
        if found is None:
            return []
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise ConfigError(NOT_SECTIONS(key=self._key(key), file=self._file))
        return [Section(self._file, self._key(key), one) for one in found]

    def rules(self, key: str) -> tuple[str, ...]:
        """Return numbers of rules, how they start, or names of rules."""
        found = self.texts(key)
        for value in found:
            if not any(
                one.id.startswith(value.upper()) or one.slug == value.casefold() for one in RULES
            ):
                raise ConfigError(NO_RULE(value=value, key=self._key(key), file=self._file))
        return found

    def severities(self) -> dict[str, Severity]:
        """Return the severities that this section gives to rules, by their numbers."""
        found: dict[str, Severity] = {}
        for key, value in self._values.items():
            known = rule(key)
            if known is None:
                raise ConfigError(NO_RULE(value=key, key=self._name, file=self._file))
            found[known.id] = Severity(self._one_of(key, value, [one.value for one in Severity]))
        return found

    def _one_of(self, key: str, value: object, known: list[str]) -> str:
        if not isinstance(value, str) or value.casefold() not in known:
            names = ", ".join(known)
            raise ConfigError(NOT_ONE_OF(key=self._key(key), file=self._file, known=names))
        return value.casefold()

    def channel(self) -> Channel:
        """Return where the input of a sink makes a value visible."""
        names = [one.value for one in Channel if one is not Channel.TYPED]
        return Channel(self._one_of("channel", self._get("channel"), names))

    def action(self) -> str:
        """Return the id of an action, in lower case."""
        found = self.text("action")
        if "." not in found or " " in found:
            raise ConfigError(NOT_AN_ID(key=self._key("action"), file=self._file))
        return found.casefold()

    def input(self) -> str:
        """Return the name of an input of the action, in lower case."""
        value = self.text("input")
        form = self._form()
        if form is not None and form.input(value) is None:
            key = self._key("input")
            raise ConfigError(NO_SUCH_INPUT(action=form.id, value=value, key=key, file=self._file))
        return value.casefold()

    def output(self) -> str:
        """Return the name of an output of the action, in lower case."""
        value = self.text("output")
        form = self._form()
        if form is not None and form.output(value) is None:
            key = self._key("output")
            raise ConfigError(NO_SUCH_OUTPUT(action=form.id, value=value, key=key, file=self._file))
        return value.casefold()

    def _form(self) -> ActionForm | None:
        """Return the form of the action where all of it is known."""
        form = load().form(str(self._values.get("action", "")).strip())
        return None if form is None or form.observed_only else form
