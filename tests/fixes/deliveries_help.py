"""Flows for the tests of deliveries, and a person who follows steps to the letter."""

from padguard.fixes.deliveries import sentences
from padguard.fixes.deliveries.rows import rows_of
from padguard.flow.build import build_flow

HEADER = "@SENSITIVE: []\n"


def flow_of(text, *secrets):
    """Return the model of a text, CRLF as exports have it; ``secrets`` are its found secrets."""
    script = text.replace("\n", "\r\n")
    flow = build_flow("f", "Flow", script)
    found = []
    for secret in secrets:
        start = script.find(secret)
        while start >= 0:
            found.append((start, start + len(secret)))
            start = script.find(secret, start + 1)
    flow.secrets = tuple(sorted(found))
    return flow


def subflow_of(flow, name):
    return next(one for one in flow.subflows if one.name.casefold() == name.casefold())


def says(row):
    """Return what a row says and whether it is switched off."""
    return row.lines, row.switches[-1 - len(row.settings) :][0] if row.settings else row.switches[-1]


def contents(flow, name):
    return [says(row) for row in rows_of(flow, subflow_of(flow, name))]


DELETING = {sentences.DELETE_ROW.text, sentences.DELETE_ROWS.text}
ADDING = {
    sentences.ADD_ROW.text,
    sentences.ADD_FILLED_ROW.text,
    sentences.CLOSING_ROW.text,
}
CHANGING = {
    sentences.CHANGE_ROW.text,
    sentences.HANDLER.text,
    sentences.BLOCK_HANDLER.text,
    sentences.NO_HANDLER.text,
}
SWITCHING = {
    sentences.DISABLE_ROW.text: True,
    sentences.DISABLE_ROWS.text: True,
    sentences.ENABLE_ROW.text: False,
    sentences.ENABLE_ROWS.text: False,
}


def followed(before, after, steps, name):
    """Return the rows of a subflow when a person has done the steps in order.

    What a person fills in is taken for what the row with the same number says after the change,
    so the result shows whether every step names the right row.
    """
    target = contents(after, name)
    rows = contents(before, name)
    for step in steps:
        if step.subflow.casefold() != name.casefold() or step.row is None:
            continue
        assert 1 <= step.row <= step.last_row
        words, first, last = step.message.text, step.row - 1, step.last_row
        if words in ADDING or words == sentences.UNCLEAR_ROW.text and not target_at(rows, target, first):
            rows.insert(first, (target[first][0], False))
            continue
        assert last <= len(rows), "a step names a row that is not there"
        if words in DELETING:
            assert step.before
            del rows[first:last]
        elif words in CHANGING or words == sentences.UNCLEAR_ROW.text:
            rows[first] = (target[first][0], rows[first][1])
        else:
            off = SWITCHING[words]
            assert all(row[1] is not off for row in rows[first:last])
            rows[first:last] = [(row[0], off) for row in rows[first:last]]
    return rows


def target_at(rows, target, place):
    """Tell whether a row that is not understood stands in its place already."""
    return len(rows) >= len(target) and place < len(rows)
