"""Values give way to words, and what stands around them stays."""

import pytest

from padguard.fixes.texts import emptied, is_all, literal_at, without_values
from padguard.foundation.edits import apply_edits
from padguard.robin.expressions import parse_expression

TAKEN = [
    ("Pin", "$'''(hidden)'''"),
    ("Pin.Value", "$'''(hidden)'''"),
    ("Pin['a']['b']", "$'''(hidden)'''"),
    ("$'''Signed in with %Pin%.'''", "$'''Signed in with (hidden).'''"),
    ("$'''%Pin% and %Other%'''", "$'''(hidden) and %Other%'''"),
    ("$'''100%% of %Pin['x']%'''", "$'''100%% of (hidden)'''"),
    (r"$'''C:\\%Pin%'''", r"$'''C:\\(hidden)'''"),
    ("$'''It is %'[' + Pin + ']'% now'''", "$'''It is %'[' + '(hidden)' + ']'% now'''"),
    ("$'''It is %Pin * 2% now'''", "$'''It is (hidden) now'''"),
    ("'Code ' + Pin", "'Code ' + $'''(hidden)'''"),
    ("Pin + 1 + ' x'", "$'''(hidden)''' + ' x'"),
    ("Pin * 2", "$'''(hidden)'''"),
    ("['a', Pin]", "['a', $'''(hidden)''']"),
    ("{ 'Code': Pin, 'Name': Other }", "{ 'Code': $'''(hidden)''', 'Name': Other }"),
    ("{ ^['Code'], [Pin] }", "{ ^['Code'], [$'''(hidden)'''] }"),
    ("$fx'Code ${Pin} is it'", "$fx'Code (hidden) is it'"),
    ("""$fx'="Code " & Pin & "!"'""", """$fx'="Code " & "(hidden)" & "!"'"""),
    ("""$fx'="Code " & Pin.Value'""", """$fx'="Code " & "(hidden)"'"""),
    ("$fx'=Pin'", "$fx'(hidden)'"),
    ("$fx'=Len(Pin)'", "$fx'(hidden)'"),
]


@pytest.mark.parametrize(("before", "after"), TAKEN)
def test_a_value_gives_way(before: str, after: str) -> None:
    edits = without_values(before, 0, len(before), [before.find("Pin")], "(hidden)")
    assert apply_edits(before, edits) == after
    assert parse_expression(after, 0, len(after)) is not None


def test_all_uses_give_way_and_nothing_stands_in() -> None:
    text = "$'''%Pin% or %Pin%'''"
    edits = without_values(text, 0, len(text), [5, 14], "")
    assert apply_edits(text, edits) == "$''' or '''"


def test_words_are_escaped() -> None:
    text = "$'''It is %Pin%'''"
    edits = without_values(text, 0, len(text), [11], "100% 'mine'")
    assert apply_edits(text, edits) == r"$'''It is 100%% \'mine\''''"


@pytest.mark.parametrize(
    ("text", "everything"),
    [
        ("Pin", True),
        ("$'''%Pin%'''", True),
        ("$''' %Pin% '''", True),
        ("$'''a %Pin%'''", False),
        ("'a' + Pin", False),
        ("$fx'=Pin'", True),
    ],
)
def test_whether_anything_is_left(text: str, everything: bool) -> None:
    edits = without_values(text, 0, len(text), [text.find("Pin")], "(hidden)")
    assert is_all(text, 0, len(text), edits) is everything


@pytest.mark.parametrize(
    ("text", "after"),
    [("$'''a'''", "$''''''"), ("'a'", "''"), ("$fx'a'", "$fx''"), ("47", "$''''''")],
)
def test_a_literal_is_emptied(text: str, after: str) -> None:
    whole = f"[1, {text}]"
    literal = literal_at(whole, 0, len(whole), 4)
    assert literal is not None
    assert apply_edits(whole, [emptied(literal)]) == f"[1, {after}]"
