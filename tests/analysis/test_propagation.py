"""Sensitive data is followed along the ways that control takes, and no further.

The stories tell small flows in shorthand; see `conftest.Story`.
"""

import re
from pathlib import Path

import pytest

STORIES = Path(__file__).parent / "stories"


def stories():
    """Yield each story: its file, its title, and its scripts by the id of the flow."""
    for file in sorted(STORIES.glob("*.stories")):
        text = file.read_text(encoding="utf-8")
        for block in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
            title, _, body = block.partition("\n")
            first, *others = re.split(r"^--- (\S+)\n", body, flags=re.MULTILINE)
            scripts = dict(zip(others[::2], others[1::2], strict=True)) or {"": first}
            yield pytest.param(scripts, id=f"{file.stem}: {title}")


@pytest.mark.parametrize("scripts", list(stories()))
def test_what_leaks_and_what_does_not(scripts, story):
    told = story(scripts)
    assert told.shown == told.expected


def test_the_shortest_way_is_told(story):
    told = story(
        """
        SET A TO Pw
        SET B TO A
        SET C TO B
        IF X = 1 THEN
            SET C TO Pw
        END
        SET D TO C
        """
    )
    assert told.path("C") == ["Pw", "C"]
    assert told.path("D") == ["Pw", "C", "D"]


def test_the_way_through_subflows_names_what_moves_only(story):
    told = story(
        """
        SET A TO Pw
        CALL One
        SET C TO B
        FUNCTION One GLOBAL
            CALL Two
        END FUNCTION
        FUNCTION Two GLOBAL
            SET B TO A
        END FUNCTION
        """
    )
    assert told.path("C") == ["Pw", "A", "B", "C"]


def test_the_way_through_flows(story):
    told = story(
        {
            "parent": """
                External.RunFlow FlowId: 'child' @Text: Pw @Answer=> R
                """,
            "child": """
                @SENSITIVE: []
                @INPUT Text : { 'FriendlyName': 'Text', 'Type': 'String' }
                @OUTPUT Answer : { 'FriendlyName': 'Answer', 'Type': 'String' }
                SET Answer TO Text
                """,
        }
    )
    assert told.path("R") == ["Pw", "Text", "Answer", "R"]


def test_who_is_exposed(story):
    told = story(
        """
        SET A TO Pw
        SET B TO A.Length
        """
    )
    assert [told.sensitivity(name) for name in ("Pw", "A", "B")] == ["MARKED", "EXPOSED", "CLEAN"]


def test_a_marked_variable_starts_anew_with_every_value(story):
    told = story(
        """
        @SENSITIVE: [Key]
        SET Key TO $''''''
        SAFE Key
        Text.Trim Text: Given TrimOption: Text.TrimOption.Both TrimmedText=> Key
        LEAK Key
        SET Count TO 0
        """
    )
    assert told.shown == told.expected


def test_pathological_flows_end():
    """Deep nesting, jumps across each other and long chains are followed within a bound."""
    from padguard.analysis.options import Options
    from padguard.analysis.travel import follow
    from padguard.flow.build import build_flow

    header = "@SENSITIVE: [V0]\n@INPUT V0 : { 'FriendlyName': 'V0', 'Type': 'String' }\n"
    deep = "IF X = 1 THEN\n" * 2000 + "SET A TO V0\n" + "END\n" * 2000
    blocks = "BLOCK\nON BLOCK ERROR 'x'\nEND\n" * 2000 + "SET A TO V0\n" + "END\n" * 2000
    jumps = "".join(f"LABEL L{i}\nGOTO L{(i * 7919) % 2000}\n" for i in range(2000))
    chain = "".join(f"SET V{i + 1} TO V{i}\n" for i in range(2000))
    calls = "CALL S0\n" + "".join(
        f"FUNCTION S{i} GLOBAL\nCALL S{i + 1}\nEND FUNCTION\n" for i in range(2000)
    )
    for body in (deep, blocks, jumps, chain, calls):
        flow = build_flow("flow", "flow", f"{header}SET A TO V0\n{body}")
        assert follow([flow], {flow: ()}, Options()).trace.holdings
