"""A member of JSON text is found, taken out and added without touching any other character."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from padguard.exports.jsonspans import insert_member_edit, member_span, remove_member_edit
from padguard.exports.payloads import encode_json
from padguard.foundation.edits import apply_edits
from padguard.foundation.errors import EditError

Path = tuple[str | int, ...]

NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.text(), VALUES, max_size=5)
COMPACT = {"separators": (",", ":")}
LAYOUTS = st.sampled_from([COMPACT, {}, *({"indent": indent} for indent in (1, 2, 4, "\t"))])
BREAKS = st.sampled_from(["\n", "\r\n"])
MARKS = st.sampled_from(["", "\ufeff"])


def written(value: Any, layout: dict[str, Any], line_break: str) -> str:
    return json.dumps(value, ensure_ascii=False, **layout).replace("\n", line_break)


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of a value, and of every value within."""
    yield path
    held = value.items() if isinstance(value, dict) else ()
    for step, inner in enumerate(value) if isinstance(value, list) else held:
        yield from paths(inner, (*path, step))


def at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def without(value: Any, path: Path) -> Any:
    smaller = copy.deepcopy(value)
    del at(smaller, path[:-1])[path[-1]]
    return smaller


def with_member(value: Any, path: Path, key: str, added: Any) -> Any:
    larger = copy.deepcopy(value)
    at(larger, path)[key] = added
    return larger


def path_to(data: st.DataObject, value: Any, *, an_object: bool) -> Path:
    found = [
        path for path in paths(value) if (isinstance(at(value, path), dict) if an_object else path)
    ]
    return data.draw(st.sampled_from(found))


@st.composite
def untidy(draw: st.DrawFn, value: Any) -> str:
    """Return JSON with white space anywhere, and letters escaped at will."""

    def space() -> str:
        return draw(st.sampled_from(["", " ", "\n", "\r\n  ", "\t\t", "\n\n "]))

    def text(value: str) -> str:
        if draw(st.booleans()):
            return json.dumps(value, ensure_ascii=draw(st.booleans()))
        units = value.encode("utf-16-be", "surrogatepass")
        pairs = zip(units[::2], units[1::2], strict=True)
        return '"' + "".join(f"\\u{high:02X}{low:02x}" for high, low in pairs) + '"'

    def noise(value: Any) -> str:
        if isinstance(value, dict):
            members = [
                f"{space()}{text(key)}{space()}:{noise(held)}" for key, held in value.items()
            ]
            inner = f"{{{','.join(members)}{space()}}}"
        elif isinstance(value, list):
            inner = f"[{','.join(map(noise, value))}{space()}]"
        else:
            inner = text(value) if isinstance(value, str) else json.dumps(value)
        return f"{space()}{inner}{space()}"

    return noise(value)


@given(OBJECTS.filter(bool), LAYOUTS, BREAKS, MARKS, st.data())
def test_what_is_left_is_laid_out_as_before(
    value: Any, layout: dict[str, Any], line_break: str, mark: str, data: st.DataObject
) -> None:
    text = mark + written(value, layout, line_break)
    path = path_to(data, value, an_object=False)
    result = apply_edits(text, [remove_member_edit(text, path)])
    assert result == mark + written(without(value, path), layout, line_break)


@given(OBJECTS, LAYOUTS, BREAKS, MARKS, st.text(), VALUES, st.data())
def test_what_is_added_is_laid_out_as_the_rest(
    value: Any,
    layout: dict[str, Any],
    line_break: str,
    mark: str,
    key: str,
    added: Any,
    data: st.DataObject,
) -> None:
    layout = layout if value else COMPACT  # of {} nobody can tell how it would be laid out
    text = mark + written(value, layout, line_break)
    path = path_to(data, value, an_object=True)
    if key in at(value, path):
        with pytest.raises(EditError, match="already"):
            insert_member_edit(text, path, key, "1")
        return
    edit = insert_member_edit(text, path, key, json.dumps(added, ensure_ascii=False))
    result = apply_edits(text, [edit])
    if encode_json(key) == json.dumps(key, ensure_ascii=False):
        expected = written(with_member(value, path, key, added), layout, line_break)
        assert result == mark + expected
    assert json.loads(result.removeprefix("\ufeff")) == with_member(value, path, key, added)


@given(OBJECTS, st.data())
def test_any_layout_and_any_escapes(value: Any, data: st.DataObject) -> None:
    text = data.draw(untidy(value))
    for path in filter(None, paths(value)):
        span = member_span(text, path)
        assert span is not None
        if isinstance(path[-1], str):
            assert json.loads(text[slice(*span.key)]) == path[-1]
        assert json.loads(text[slice(*span.value)]) == at(value, path)
        edit = remove_member_edit(text, path)
        assert (edit.start, edit.end) == span.whole
        assert json.loads(apply_edits(text, [edit])) == without(value, path)
        removed = text[edit.start : span.key.start] + text[span.value.end : edit.end]
        assert removed.replace(",", "", 1).strip(" \t\r\n") == ""
        assert removed.count(",") == (len(at(value, path[:-1])) > 1)
    path = path_to(data, value, an_object=True)
    if "new" not in at(value, path):
        edit = insert_member_edit(text, path, "new", '[1,{"a":{}}]')
        assert text[edit.start : edit.end].strip(" \t\r\n") == ""
        larger = with_member(value, path, "new", [1, {"a": {}}])
        assert json.loads(apply_edits(text, [edit])) == larger


def edited(text: str, edit: Any) -> str:
    return apply_edits(text, [edit])


@pytest.mark.parametrize(
    ("text", "path", "left"),
    [
        ('{"a":1,"b":2,"c":3}', ["b"], '{"a":1,"c":3}'),
        ('{"a":1,"b":2}', ["b"], '{"a":1}'),
        ('{ "a" : 1 }', ["a"], "{}"),
        ('{\r\n  "a": 1,\r\n  "b": {}\r\n}\r\n', ["a"], '{\r\n  "b": {}\r\n}\r\n'),
        ('{\r\n  "a": 1,\r\n  "b": {}\r\n}\r\n', ["b"], '{\r\n  "a": 1\r\n}\r\n'),
        ('{\n  "a": {\n    "b": 1\n  }\n}', ["a", "b"], '{\n  "a": {}\n}'),
        ('{"x":[{"a":1},{"a":2,"b":"}]"}]}', ["x", 1, "a"], '{"x":[{"a":1},{"b":"}]"}]}'),
        ('[1, "two", [3]]', [1], "[1, [3]]"),
        (r'{"\u0041":1,"B":2}', ["A"], '{"B":2}'),
        (r'{"a\"b\\":"\\\"","B":2}', ['a"b\\'], '{"B":2}'),
        ('{"\U0001f511":1,"b":2}', ["\U0001f511"], '{"b":2}'),
        (r'{"\ud83d\udd11":1,"b":2}', ["\U0001f511"], '{"b":2}'),
        (f'{{"a":1,"n":{"9" * 5000},"e":-1E+999}}', ["a"], f'{{"n":{"9" * 5000},"e":-1E+999}}'),
        ('{"a":{"k":1,"k":2},"b":1}', ["b"], '{"a":{"k":1,"k":2}}'),
    ],
)  # fmt: skip
def test_removal(text: str, path: list[str | int], left: str) -> None:
    assert edited(text, remove_member_edit(text, path)) == left
    assert edited("\ufeff" + text, remove_member_edit("\ufeff" + text, path)) == "\ufeff" + left


@pytest.mark.parametrize(
    ("text", "path", "result"),
    [
        ("{}", [], '{"k":{"v":[1,2]}}'),
        ("{ }", [], '{"k":{"v":[1,2]}}'),
        ("{\n}\n", [], '{\n  "k": {\n    "v": [\n      1,\n      2\n    ]\n  }\n}\n'),
        ('{"a":1}', [], '{"a":1,"k":{"v":[1,2]}}'),
        ('{"a": 1}', [], '{"a": 1, "k": {"v": [1, 2]}}'),
        ('{ "a": 1, "b": 2 }', [], '{ "a": 1, "b": 2, "k": {"v": [1, 2]} }'),
        ('{"a":1 , "b":{}}', ["b"], '{"a":1 , "b":{"k":{"v":[1 , 2]}}}'),
        (
            '{\r"a": {}\r}',
            ["a"],
            '{\r"a": {\r  "k": {\r    "v": [\r      1,\r      2\r    ]\r  }\r}\r}',
        ),
        ('{\n  "a": {"b": 1}\n}', ["a"], '{\n  "a": {"b": 1, "k": {"v": [1, 2]}}\n}'),
        ('[{},{"a":1}]', [0], '[{"k":{"v":[1,2]}},{"a":1}]'),
    ],
)
def test_insertion(text: str, path: list[str | int], result: str) -> None:
    assert edited(text, insert_member_edit(text, path, "k", '{"v":[1, 2]}')) == result


def test_numbers_and_texts_of_a_new_value_stay_to_the_letter() -> None:
    number = "1" * 5000
    edit = insert_member_edit("{}", [], '\ud800ü"', rf'[{number}, 1.10E+2, "\u0041/\/"]')
    assert edited("{}", edit) == rf'{{"\ud800ü\"":[{number},1.10E+2,"\u0041/\/"]}}'


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"a":1}', ["b"]),
        ('{"a":1}', [0]),
        ('{"a":1}', []),
        ('{"a":1}', ["a", "b"]),
        ('{"a":[1]}', ["a", 1]),
        ('{"a":[1]}', ["a", -1]),
        ('{"a":[1]}', ["a", "0"]),
        ("1", ["a"]),
    ],
)
def test_what_is_not_there(text: str, path: list[str | int]) -> None:
    assert member_span(text, path) is None
    with pytest.raises(EditError, match="no “"):
        remove_member_edit(text, path)
    with pytest.raises(EditError):
        insert_member_edit(text, path or ["a"], "k", "1")


@pytest.mark.parametrize("text", ['{"k":1,"k":2}', r'{"k":1,"\u006b":{"a":1}}'])
def test_a_key_that_stands_twice_is_refused(text: str) -> None:
    for path in (["k"], ["k", "a"]):
        with pytest.raises(EditError, match="twice"):
            member_span(text, path)
    with pytest.raises(EditError, match="twice"):
        insert_member_edit(text, ["k"], "b", "1")
    with pytest.raises(EditError, match="already"):
        insert_member_edit(text, [], "k", "1")


@pytest.mark.parametrize("text", ["", '{"a":1,}', "{'a':1}", '{"a":1} x', "\ufeff\ufeff{}", "[1"])
def test_what_is_no_json_is_refused(text: str) -> None:
    for call in (
        lambda: member_span(text, ["a"]),
        lambda: insert_member_edit(text, [], "b", "1"),
        lambda: insert_member_edit("{}", [], "b", text),
    ):
        with pytest.raises(EditError, match=r"no valid JSON") as caught:
            call()
        assert caught.value.__suppress_context__  # the error of the parser holds all the text


def test_deep_nesting_works_or_is_refused() -> None:
    deep = '{"a":' * 300 + '{"b":1}' + "}" * 300
    edit = remove_member_edit(deep, [*["a"] * 300, "b"])
    assert edited(deep, edit) == '{"a":' * 300 + "{}" + "}" * 300
    edit = insert_member_edit(deep, ["a"] * 300, "c", "[" * 300 + "]" * 300)
    assert edited(deep, edit).count("[") == 300
    with pytest.raises(EditError, match="too deep"):
        member_span("[" * 200_000 + "]" * 200_000, [0])
