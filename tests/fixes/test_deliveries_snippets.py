"""Rows to paste: whole blocks, accepted by the designer, without secrets."""

import pytest
from tests.fixes.deliveries_help import HEADER, contents, flow_of, pasted

from padguard.fixes.deliveries import snippets as module
from padguard.fixes.deliveries.snippets import snippets
from padguard.flow.build import build_flow
from padguard.flow.snippet import check_snippet

SECRET = "Kx8!pomelo"
BLOCK = "IF A = 1 THEN\n    {}\nELSE\n    WAIT 7\nEND\n"


def cut(before, after, *secrets, header=HEADER):
    return snippets(flow_of(header + before, *secrets), flow_of(header + after, *secrets))


def test_one_row_is_replaced():
    found = cut("SET A TO 1\nWAIT 1\n", "SET A TO 1\nWAIT 2\n")
    (snippet,) = found.offered
    assert (snippet.subflow, snippet.first, snippet.last) == ("Main", 2, 2)
    assert snippet.text == "WAIT 2\r\n"
    assert "delete row 2" in str(snippet.message)
    assert found.refused == ()


def test_a_row_within_a_block_is_enough():
    (snippet,) = cut(
        "SET A TO 1\n" + BLOCK.format("WAIT 1"), "SET A TO 1\n" + BLOCK.format("WAIT 2")
    ).offered
    assert snippet.text == "    WAIT 2\r\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("IF A = 1 THEN\n", "IF A = 2 THEN\n"),
        ("ELSE\n", "DISABLE ELSE\n"),
        ("\nEND\n", "\nDISABLE END\n"),
    ],
)
def test_a_block_whose_frame_changes_is_pasted_whole(old, new):
    before = "SET A TO 1\n" + BLOCK.format("WAIT 1") + "WAIT 9\n"
    (snippet,) = cut(before, before.replace(old, new, 1)).offered
    assert (snippet.first, snippet.last) == (2, 6)
    assert len(contents(build_flow("", "", snippet.text), "Main")) == 5


@pytest.mark.parametrize(
    "block",
    [
        "SWITCH A\n    CASE = 1\n        WAIT 1\n    DEFAULT\n        WAIT 2\nEND\n",
        "LOOP FROM 1 TO 2 STEP 1\n    CASE\nEND\n".replace("CASE", "WAIT 1"),
        "BLOCK Safe\nON BLOCK ERROR\n    SET E TO 1\nEND\n    WAIT 1\nEND\n",
        "**REGION r\nWAIT 1\n**ENDREGION\n",
    ],
)
def test_every_sort_of_block_stays_whole(block):
    lines = block.splitlines(keepends=True)
    after = "SET A TO 1\n" + "DISABLE " + block
    if "ON BLOCK" in block:
        after = "SET A TO 1\n" + block.replace("E TO 1", "E TO 2")
    (snippet,) = cut("SET A TO 1\n" + block, after).offered
    assert snippet.text.endswith(lines[-1].replace("\n", "\r\n"))
    assert snippet.first == 2


def test_error_handlers_and_annotations_go_with_their_action():
    row = (
        "@@flowname: 'Child'\nExternal.RunFlow FlowId: 'b1b933bf-5746-4c79-9b99-12da65958023' "
        "WaitToComplete: True @Pin: {}\nON ERROR\n\n    SET E TO 1\nEND\n"
    )
    (snippet,) = cut(
        "SET A TO 1\nSET B TO 1\n" + row.format("A"), "SET A TO 1\nSET B TO 1\n" + row.format("B")
    ).offered
    assert snippet.text == row.format("B").replace("\n", "\r\n")
    assert (snippet.first, snippet.last) == (3, 3)


def test_rows_that_follow_each_other_are_one_snippet_others_are_not():
    before = "".join(f"SET V{place} TO {place}\n" for place in range(9))
    after = (
        before.replace("TO 1\n", "TO 11\n")
        .replace("TO 2\n", "TO 12\n")
        .replace("TO 7\n", "TO 17\n")
    )
    found = cut(before, after).offered
    assert [(snippet.first, snippet.last) for snippet in found] == [(2, 3), (8, 8)]


def test_numbers_count_on_what_was_pasted_before():
    before = "".join(f"SET V{place} TO {place}\n" for place in range(9))
    lines = before.splitlines(keepends=True)
    after = (
        lines[0]
        + "SET N TO 1\nSET M TO 1\n"
        + "".join(lines[1:4])
        + "".join(lines[6:8])
        + "SET V8 TO 0\n"
    )
    old, new = flow_of(HEADER + before), flow_of(HEADER + after)
    found = snippets(old, new)
    assert [(one.first, one.last, bool(one.text)) for one in found.offered] == [
        (2, 1, True),
        (7, 8, False),
        (9, 9, True),
    ]
    assert pasted(old, found.offered, "Main") == contents(new, "Main")
    assert "Nothing is pasted" in str(found.offered[1].message)


def test_multi_line_texts_and_japanese_names_stay_as_they_are():
    before = (
        "FUNCTION 処理 GLOBAL\n    SET 値 TO 1\n    SET 他 TO $'''a\n    END\n'''\nEND FUNCTION\n"
    )
    after = before.replace("$'''a\n", "$'''あ\n")
    (snippet,) = cut(before, after).offered
    assert snippet.subflow == "処理"
    assert snippet.text == "    SET 他 TO $'''あ\r\n    END\r\n'''\r\n"


def test_lines_of_a_text_file_become_those_of_the_designer():
    before = build_flow("", "", "SET A TO 1\n")
    after = build_flow("", "", "SET A TO $'''x\ny'''")
    before.secrets = after.secrets = ()
    (snippet,) = snippets(before, after).offered
    assert snippet.text == "SET A TO $'''x\r\ny'''\r\n"


def test_power_fx_is_pasted_as_it_is():
    (snippet,) = cut("SET A TO $fx'=1'\n", "SET A TO $fx'=Left(\"it\\'s\", 2)'\n").offered
    assert snippet.text == "SET A TO $fx'=Left(\"it\\'s\", 2)'\r\n"


def test_rows_of_a_local_scope_subflow_can_be_pasted_its_marks_cannot():
    body = "@SENSITIVE: []\nFUNCTION 'Login' u\n@SENSITIVE: [{}]\nSET Pin TO {}\nEND FUNCTION\n"
    found = snippets(flow_of(body.format("", "u")), flow_of(body.format("Pin", "$'''%u%'''")))
    assert [snippet.text for snippet in found.offered] == ["SET Pin TO $'''%u%'''\r\n"]
    assert found.refused == (module.HEADER,)


def test_marks_alone_are_no_paste():
    found = snippets(
        flow_of("@SENSITIVE: []\nSET A TO 1\n"), flow_of("@SENSITIVE: [A]\nSET A TO 1\n")
    )
    assert found.offered == ()
    assert found.refused == (module.HEADER,)


def test_subflows_are_no_paste():
    body = "@SENSITIVE: []\nWAIT 1\nFUNCTION {} GLOBAL\n    WAIT 1\nEND FUNCTION\n"
    found = snippets(flow_of(body.format("A")), flow_of(body.format("B")))
    assert [message.text for message in found.refused] == [
        module.SUBFLOW_ADDED.text,
        module.SUBFLOW_REMOVED.text,
    ]
    assert [snippet.subflow for snippet in found.offered] == ["B"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("@@source: 'Recorder'\nWAIT 2\n", "@@ line"),
        ("Vault.Fetch Name: 1 Value=> V\n", "No action is called Vault.Fetch"),
        ("SET A TO $'''50 % off'''\n", "percent"),
        ("IF A = 1 THEN\n", "never closed"),
        ("CALL Nowhere\n", "no subflow Nowhere"),
    ],
)
def test_what_the_designer_would_not_take_is_refused_with_the_reason(row, words):
    found = cut("SET A TO 1\n", f"SET A TO 1\n{row}")
    assert found.offered == ()
    (reason,) = found.refused
    assert words in str(reason)
    assert "row 2 " in str(reason)


def test_a_refused_part_is_counted_as_not_yet_made():
    before = "SET A TO 1\nWAIT 1\nWAIT 2\nSET B TO 1\n"
    after = "CALL Nowhere\nCALL Nowhere\nSET A TO 1\nWAIT 1\nWAIT 2\nSET B TO 2\n"
    found = cut(before, after)
    assert [(one.first, one.last) for one in found.offered] == [(4, 4)]
    assert len(found.refused) == 1


def test_a_secret_is_never_handed_out():
    before = (
        f"SET A TO $'''{SECRET}'''\nSET B TO 1\nIF A = 1 THEN\n    SET C TO $'''{SECRET}'''\nEND\n"
    )
    after = before.replace("B TO 1", "B TO 2").replace("A = 1", "A = 2")
    found = cut(before, after, SECRET)
    assert found.offered == ()  # the two changes stand beside each other: one stretch
    assert [message.text for message in found.refused] == [module.SECRET.text]
    assert SECRET not in repr(found)


def test_a_secret_that_only_the_flow_before_knows_is_not_handed_out_either():
    old = flow_of(HEADER + f"SET A TO $'''{SECRET}'''\n", SECRET)
    new = flow_of(HEADER + f"SET A TO $'''token {SECRET}'''\n")
    assert snippets(old, new).offered == ()


def test_a_flow_that_was_not_searched_gives_no_text():
    old, new = flow_of("SET A TO 1\n"), build_flow("", "", "SET A TO 2\r\n")
    found = snippets(old, new)
    assert found.offered == ()
    assert [message.text for message in found.refused] == [module.NOT_SEARCHED.text]


def test_five_thousand_rows():
    before = ["IF A = 1 THEN\n    WAIT 1\nEND\n" for _ in range(1700)]
    after = list(before)
    for place in range(0, 1700, 50):
        after[place] = before[place].replace("A = 1", "A = 2")
    old, new = flow_of("SET A TO 1\n" + "".join(before)), flow_of("SET A TO 1\n" + "".join(after))
    found = snippets(old, new)
    assert len(found.offered) == len(range(0, 1700, 50))
    assert all(not check_snippet(snippet.text, new) for snippet in found.offered)
    assert pasted(old, found.offered, "Main") == contents(new, "Main")
