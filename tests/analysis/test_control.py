"""The graph of a subflow: what follows what, where errors go, where it ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from padguard.analysis.control import Control
from padguard.flow.build import build_flow

GRAPHS = {
    "rows in a line are one block": (
        """
        SET A TO 1
        WAIT 1
        SET B TO 2
        """,
        ["1-3: returns fails"],
    ),
    "a condition": (
        """
        IF X = 1 THEN
            SET A TO 1
        ELSE
            SET A TO 2
        END
        SET B TO 1
        """,
        ["1-1: 2 3 fails", "2-2: 5", "3-4: 5", "5-6: returns"],
    ),
    "a condition without ELSE": (
        """
        IF X = 1 THEN
            SET A TO 1
        END
        """,
        ["1-1: 2 3 fails", "2-2: 3", "3-3: returns"],
    ),
    "a loop with both ways out of it": (
        """
        LOOP WHILE X = 1
            EXIT LOOP
            NEXT LOOP
        END
        """,
        ["1-1: 2 returns fails", "2-2: returns", "3-3: 1", "4-4: 1"],
    ),
    "early exit": (
        """
        EXIT Code: 1
        SET A TO 1
        EXIT FUNCTION
        SET B TO 2
        """,
        ["1-1: stops", "2-3: returns", "4-4: returns"],
    ),
    "a handler of an action": (
        """
        WAIT 1
        ON ERROR
            SET A TO 1
        END
        SET B TO 2
        """,
        ["1-1: on error 2, 5", "2-4: 5", "5-5: returns"],
    ),
    "a handler that is for some errors": (
        """
        WAIT 1
        ON ERROR TimeoutError
            SET A TO 1
        END
        SET B TO 2
        """,
        ["1-1: on error 2, 5", "2-2: 3 fails", "3-4: 5", "5-5: returns"],
    ),
    "a block and its handler": (
        """
        BLOCK
        ON BLOCK ERROR all
            SET A TO 1
        END
            SET B TO C
            WAIT 1
        END
        SET D TO 1
        """,
        ["1-1: 5", "2-3: 4", "4-4: on error 2, 8", "5-6: on error 2, 7", "7-7: 8", "8-8: returns"],
    ),
    "THROW": (
        """
        THROW ERROR
        SET A TO 1
        """,
        ["1-1: fails", "2-2: returns"],
    ),
    "an empty subflow": ("", []),
}


def control_of(text):
    flow = build_flow("", "", "\n".join(line.strip() for line in text.strip("\n").split("\n")))
    return Control(flow.script, flow.subflows[0])


def described(control):
    """Return the blocks in words, with places counted from 1."""
    found = []
    for block in control.blocks:
        words = [str(control.blocks[target].first + 1) for target in block.successors]
        words += ["returns"] if block.returns else []
        words += ["stops"] if block.stops else []
        unhandled = block.handler is None and control.failing(block.first) <= block.last
        words += ["fails"] if block.fails or unhandled else []
        handled = (
            "" if block.handler is None else f"on error {control.blocks[block.handler].first + 1}, "
        )
        found.append(f"{block.first + 1}-{block.last + 1}: {handled}{' '.join(words)}")
    return found


@pytest.mark.parametrize("name", GRAPHS)
def test_graphs(name):
    text, expected = GRAPHS[name]
    assert described(control_of(text)) == expected


def test_places_are_those_of_enabled_rows():
    flow = build_flow("", "", "SET A TO 1\nDISABLE SET B TO 2\nSET C TO 3\n")
    control = Control(flow.script, flow.subflows[0])
    assert [control.place_of(action) for action in flow.actions] == [0, None, 1]


@pytest.mark.parametrize(
    ("row", "fails"),
    [
        ("SET A TO 1", False),
        ("SET A TO $'''text'''", False),
        ("SET A TO B", False),
        ("SET A TO B[0]", True),
        ("SET A['x'] TO 1", True),
        ("SET A TO B / C", True),
        ("# remark", False),
        ("LABEL Here", False),
        ("WAIT 1", True),
        ("CALL Sub", True),
        ("THROW ERROR", True),
        ("EXIT Code: 1", False),
        ("File.Delete Files: F", True),
    ],
)
def test_what_may_fail(row, fails):
    assert (control_of(row).failing(0) == 0) is fails


ROWS = [
    "SET A TO B",
    "WAIT 1",
    "IF X = 1 THEN",
    "ELSE IF X = 2 THEN",
    "ELSE",
    "SWITCH X",
    "CASE = 1",
    "DEFAULT",
    "LOOP WHILE X = 1",
    "LOOP FOREACH I IN L",
    "EXIT LOOP",
    "NEXT LOOP",
    "BLOCK",
    "ON BLOCK ERROR all",
    "ON BLOCK ERROR 'x'",
    "ON ERROR",
    "ON ERROR Some",
    "ON ERROR REPEAT 2 TIMES WAIT 1",
    "REPEAT BLOCK",
    "REPEAT ACTION",
    "THROW ERROR",
    "EXIT Code: 0",
    "EXIT FUNCTION",
    "LABEL Here",
    "GOTO Here",
    "DISABLE WAIT 2",
    "END",
    "END",
    "# remark",
]


@given(st.lists(st.sampled_from(ROWS), max_size=25))
def test_blocks_tile_whatever_stands_there(rows):
    control = control_of("\n".join(rows))
    places = [place for block in control.blocks for place in range(block.first, block.last + 1)]
    assert places == list(range(len(control.actions)))
    for number, block in enumerate(control.blocks):
        targets = [*block.successors, *([] if block.handler is None else [block.handler])]
        assert all(0 <= target < len(control.blocks) for target in targets)
        assert all(control.block_of(p) == number for p in range(block.first, block.last + 1))
        ends = block.returns or block.stops or block.fails or block.successors
        assert ends or control.failing(block.last) == block.last  # an error that is thrown
