"""What a person fills in: the fields of rows and of inputs and outputs, and what goes into them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from padguard.catalog.summary import Translate
from padguard.catalog.types import type_words
from padguard.fixes.deliveries.fields import WHOLE, Field, Way, fields_of, way
from padguard.fixes.deliveries.header import DeclarationField, VariableChange
from padguard.fixes.deliveries.rows import Row
from padguard.fixes.deliveries.secrets import SecretTexts
from padguard.fixes.deliveries.typed import typed
from padguard.flow.masking import (
    action_spans,
    default_span,
    header_spans,
    masked_text,
    shown_description,
)
from padguard.flow.model import Action, Flow
from padguard.flow.words import masked_source, summary, title
from padguard.foundation.masked import MASK
from padguard.foundation.messages import Message, mark
from padguard.robin.literals import decode_text
from padguard.robin.tree import Declaration, Kind, Role

TYPE = mark("fixes", "“{label}”: {value}")
KEEP = mark("fixes", "“{label}”: {value} ({mask} stands for a secret, which stays as it is)")
EMPTY = mark("fixes", "“{label}”: leave it empty")
CLEAR = mark("fixes", "“{label}”: clear it")
NOT_PRODUCED = mark("fixes", "“{label}”: clear its checkbox under Variables produced")
SETTING = mark("fixes", "“{title}”: {line}")
BARE_SETTING = mark("fixes", "“{title}”")
PART = mark("fixes", "{title}: {label}")
_WAYS = {
    Way.CHOOSE: mark("fixes", "“{label}”: choose “{value}”"),
    Way.SWITCH_ON: mark("fixes", "“{label}”: switch it on"),
    Way.SWITCH_OFF: mark("fixes", "“{label}”: switch it off"),
    Way.ELEMENT: mark("fixes", "“{label}”: choose the UI element “{value}”"),
    Way.VARIABLE: mark("fixes", "“{label}”: the variable {value}"),
}
_DIALOG = {
    DeclarationField.TYPE: mark("fixes", "Data type"),
    DeclarationField.DEFAULT: mark("fixes", "Default value"),
    DeclarationField.EXTERNAL_NAME: mark("fixes", "External name"),
    DeclarationField.DESCRIPTION: mark("fixes", "Description"),
    DeclarationField.OPTIONAL: mark("fixes", "Mark as optional"),
}
_EMPTY_DEFAULTS = frozenset({"''", "[]", "{{ }}", "{ }"})
_PLAIN_DEFAULTS = frozenset({"0", "True", "False"})  # no secret, also of an input that is marked
_VARIABLE_NAME = mark("fixes", "Variable name")


@dataclass(frozen=True, slots=True)
class Value:
    """One field and what goes into it.

    Attributes:
        label: What the designer calls the field.
        text: What is typed into it, to be copied; secrets are masked. Empty where nothing is
            typed.
        message: What to do with the field, in one sentence.
    """

    label: str | Message
    text: str = field(repr=False)
    message: Message


class Values:
    """Words the fields that a change touches; no secret of either flow gets into a value."""

    def __init__(self, before: Flow, after: Flow, translate: Translate) -> None:
        self._before = before
        self._after = after
        self._secrets = SecretTexts(before)
        self._translate = translate

    def of_new_row(self, action: Action) -> tuple[Value, ...]:
        """Return all fields of a row that is new."""
        return tuple(self._value(action, one, "") for one in fields_of(self._after, action))

    def of_changed_row(self, old: Action, new: Action) -> tuple[Value, ...]:
        """Return the fields of a row that have a new value, or none any more."""
        had = {one.key: one for one in fields_of(self._before, old)}
        has = fields_of(self._after, new)
        known = masked_source(self._before, old)
        return (
            *(
                self._value(new, one, known)
                for one in has
                if one.key not in had or self._written(one) != self._was_written(had[one.key])
            ),
            *self._cleared(had, {one.key for one in has}),
        )

    def of_handlers(self, old: Row | None, new: Row) -> tuple[Value, ...]:
        """Return what is new in the error handlers of a row; all of it where they look unlike."""
        had = old.settings if old else ()
        if old and _sorts(old) == _sorts(new):
            return tuple(
                Value(self._part(now, value), value.text, self._of_part(now, value))
                for was, now in zip(had, new.settings, strict=True)
                for value in self.of_changed_row(was, now)
            )
        told = (one for one in new.settings if one.statement.kind is not Kind.END)
        return tuple(map(self._setting, told))

    def of_declaration(self, change: VariableChange) -> tuple[Value, ...]:
        """Return the fields of the dialog of an input or output that have a new value."""
        found = change.after
        if found is None:
            return ()
        if change.fields:
            return tuple(self._declared(found, one) for one in change.fields)
        filled = [DeclarationField.TYPE, DeclarationField.EXTERNAL_NAME]
        filled += [DeclarationField.DESCRIPTION] * bool(found.description)
        filled += [DeclarationField.DEFAULT] * bool(found.default)
        filled += [DeclarationField.OPTIONAL] * bool(found.optional)
        return (
            _typed_value(_VARIABLE_NAME, found.name),
            *(self._declared(found, one) for one in filled),
        )

    def _value(self, action: Action, one: Field, known: str) -> Value:
        how, chosen = way(self._after, action, one)
        label = self._shown_label(one)
        if how is Way.TYPE:
            return _typed_value(label, self._secrets.masked(self._typed(action, one, known)))
        text = self._secrets.masked(chosen) if isinstance(chosen, str) else str(chosen)
        shown = chosen if isinstance(chosen, Message) else text
        return Value(label, text, _WAYS[how](label=label, value=shown))

    def _shown_label(self, one: Field) -> str | Message:
        return one.label if isinstance(one.label, Message) else self._secrets.masked(one.label)

    def _typed(self, action: Action, one: Field, known: str) -> str:
        flow = self._after
        if one.key == WHOLE:
            unsure = flow.secrets is None and one.start < one.end
            spans = action_spans(flow, action)
            return MASK if unsure else masked_text(flow, one.start, one.end, spans)
        if one.clause is not None and one.clause.role is Role.NAME:
            return str(way(flow, action, one)[1])
        return typed(flow, action, one.start, one.end, known)

    def _written(self, one: Field) -> str:
        return self._after.script.text[one.start : one.end].strip()

    def _was_written(self, one: Field) -> str:
        return self._before.script.text[one.start : one.end].strip()

    def _cleared(
        self, had: dict[tuple[str, ...], Field], has: set[tuple[str, ...]]
    ) -> Iterator[Value]:
        for key, one in had.items():
            if key not in has and key[0] in (Role.ARGUMENT.name, Role.RESULT.name):
                message = CLEAR if key[0] == Role.ARGUMENT.name else NOT_PRODUCED
                yield Value(one.label, "", message(label=one.label))

    def _part(self, action: Action, value: Value) -> Message:
        return PART(title=title(action, self._translate), label=value.label)

    def _of_part(self, action: Action, value: Value) -> Message:
        params = {**value.message.params, "label": self._part(action, value)}
        return Message(value.message.context, value.message.text, params)

    def _setting(self, action: Action) -> Value:
        words = summary(self._after, action, translate=self._translate)
        line = self._secrets.masked(words.line)
        message = SETTING if line else BARE_SETTING
        return Value(words.title, line, message(title=words.title, line=line))

    def _declared(self, found: Declaration, one: DeclarationField) -> Value:
        label = _DIALOG[one]
        if one is DeclarationField.OPTIONAL:
            how = Way.SWITCH_ON if found.optional else Way.SWITCH_OFF
            return Value(label, "", _WAYS[how](label=label))
        if one is DeclarationField.TYPE:
            words = type_words(found.type)
            return Value(label, str(words), _WAYS[Way.CHOOSE](label=label, value=words))
        text = found.external_name
        if one is DeclarationField.DEFAULT:
            text = self._default(found)
        elif one is DeclarationField.DESCRIPTION:
            text = self._description(found)
        return _typed_value(label, self._secrets.masked(text))

    def _default(self, found: Declaration) -> str:
        if found.default is None or found.default in _EMPTY_DEFAULTS:
            return ""
        if found.default in _PLAIN_DEFAULTS:
            return found.default
        start, end = default_span(self._after.script, found)
        shown = masked_text(self._after, start, end, header_spans(self._after))
        try:
            return decode_text(shown)
        except ValueError:
            return shown

    def _description(self, found: Declaration) -> str:
        name = found.name.casefold()
        for variable in self._after.variables:
            if variable.local_to is None and variable.name.casefold() == name:
                return shown_description(self._after, variable)
        return ""


def _sorts(row: Row) -> list[tuple[Kind, str]]:
    return [(one.statement.kind, one.statement.action) for one in row.settings]


def _typed_value(label: str | Message, text: str) -> Value:
    if not text:
        return Value(label, "", EMPTY(label=label))
    if MASK in text:
        return Value(label, text, KEEP(label=label, value=text, mask=MASK))
    return Value(label, text, TYPE(label=label, value=text))
