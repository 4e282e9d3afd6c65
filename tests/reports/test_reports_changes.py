"""Differences between two states of an export, for people."""

from padguard.flow.build import build_flow
from padguard.flow.model import Flow
from padguard.reports.changes import json_lines, script_lines


def flow(text: str) -> Flow:
    made = build_flow("", "Flow", text)
    made.secrets = ()
    return made


def lines(before: str, after: str) -> list[str]:
    return [str(line) for line in script_lines(flow(before), flow(after))]


def numbered(*numbers: int) -> str:
    return "".join(f"SET V{number} TO {number}\r\n" for number in numbers)


def test_equal_scripts_differ_in_nothing() -> None:
    assert lines(numbered(1, 2), numbered(1, 2)) == []


def test_a_changed_line_has_three_lines_around_it() -> None:
    before, after = numbered(*range(20)), numbered(*range(10), 99, *range(11, 20))
    assert lines(before, after) == [
        "@@ -8,7 +8,7 @@",
        " SET V7 TO 7",
        " SET V8 TO 8",
        " SET V9 TO 9",
        "-SET V10 TO 10",
        "+SET V99 TO 99",
        " SET V11 TO 11",
        " SET V12 TO 12",
        " SET V13 TO 13",
    ]


def test_changes_close_to_each_other_come_together_others_apart() -> None:
    before = numbered(*range(30))
    near = numbered(*range(2), 91, *range(3, 6), 92, *range(7, 30))
    far = numbered(*range(2), 91, *range(3, 25), 92, *range(26, 30))
    assert sum(line.startswith("@@") for line in lines(before, near)) == 1
    assert sum(line.startswith("@@") for line in lines(before, far)) == 2


def test_lines_that_come_and_go_at_the_ends() -> None:
    assert lines("", numbered(1)) == ["@@ -1,0 +1,1 @@", "+SET V1 TO 1"]
    assert lines(numbered(1), "") == ["@@ -1,1 +1,0 @@", "-SET V1 TO 1"]


def test_secrets_are_masked_in_every_line_they_reach_over() -> None:
    text = "SET A TO $'''first\r\nPIN 4711\r\nlast'''\r\nSET B TO 1\r\n"
    before, after = flow(text), flow(text.replace("SET B TO 1", "SET B TO 2"))
    start = text.index("first")
    before.secrets = after.secrets = ((start, text.index("'''\r\nSET B")),)
    shown = [str(line) for line in script_lines(before, after)]
    assert shown == [
        "@@ -1,4 +1,4 @@",
        " SET A TO $'''••••",
        " ••••",
        " ••••'''",
        "-SET B TO 1",
        "+SET B TO 2",
    ]


def test_parts_of_json_by_their_paths_without_values() -> None:
    before = {"a": {"item/Password": "pass@word1", "b": [1, 2]}, "c": "x"}
    after = {"a": {"b": [1, 3]}, "c": "x", "d": {"e": True}}
    assert [str(line) for line in json_lines(before, after)] == [
        "-/a/item/Password",
        "-/a/b/1",
        "+/a/b/1",
        "+/d/e",
    ]
