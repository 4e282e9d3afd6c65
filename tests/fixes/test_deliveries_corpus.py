"""Steps and snippets lead from every real flow to a changed one, row by row."""

import random
from functools import cache
from pathlib import Path

import pytest
from tests.fixes.deliveries_help import contents, followed, pasted

from padguard.exports.open import open_export
from padguard.fixes.deliveries import snippets as module
from padguard.fixes.deliveries.clicks import clicks
from padguard.fixes.deliveries.rows import RowState, compared_rows, rows_of
from padguard.fixes.deliveries.snippets import snippets
from padguard.flow.build import build_flow
from padguard.flow.snippet import check_snippet
from padguard.foundation.edits import Edit, apply_edits
from padguard.robin.header import mark_edit
from padguard.robin.tokens import TokenKind, tokenize
from padguard.robin.tree import Kind

MOST_ROWS = 1500


@cache
def scripts(corpus: Path) -> dict[str, str]:
    """Return the scripts of all real flows, each once, by where they are from."""
    found: dict[str, str] = {}
    for path in sorted((corpus / "solutions").glob("*.zip")):
        for flow in open_export(path).desktop_flows:
            found.setdefault(flow.script, f"{path.stem}/{flow.name}")
    for path in sorted((corpus / "scripts").rglob("*")):
        if path.suffix in (".robin", ".txt"):
            text = path.read_bytes().decode("utf-8-sig")
            found.setdefault(text, str(path.relative_to(corpus)))
    return {name: text for text, name in found.items() if text}


def starts_its_line(flow, row):
    return row.start == 0 or flow.script.text[row.start - 1] == "\n"


def disable(flow, row, _):
    statement = row.action.statement
    if not statement.disabled and statement.kind is not Kind.COMMENT:
        yield Edit(statement.start + statement.code, statement.start + statement.code, "DISABLE ")


def rewrite(flow, row, _):
    for token in tokenize(flow.script.text, row.action.statement.start, row.action.statement.end):
        if token.kind is TokenKind.TEXT:
            yield Edit(token.end - 3, token.end - 3, " neu")
            return


def insert(flow, row, _):
    if starts_its_line(flow, row):
        yield Edit(row.start, row.start, "SET 追加 TO $'''x\r\nEND'''\r\n")


def remove(flow, row, _):
    if row.action.statement.kind in (Kind.SET, Kind.ACTION) and starts_its_line(flow, row):
        yield Edit(row.start, row.end, "")


def mark_one(flow, row, chance):
    if flow.variables and flow.script.header.sensitive is not None:
        name = chance.choice(flow.variables).name
        edit = mark_edit(flow.script, {name: True})
        if edit:
            yield edit


CHANGES = {"disable": disable, "rewrite": rewrite, "insert": insert, "remove": remove}
ALL = {**CHANGES, "mark": mark_one}


def changed(flow, kinds, chance, times):
    """Return the flow with changes at random rows, each row changed once at most."""
    rows = [row for subflow in flow.subflows for row in rows_of(flow, subflow)]
    edits = []
    for row in chance.sample(rows, min(times, len(rows))):
        edits += kinds[chance.choice(sorted(kinds))](flow, row, chance)
    edits += ALL["mark"](flow, None, chance) if "mark" in kinds else ()
    unique = {(edit.start, edit.end): edit for edit in edits}
    after = build_flow(flow.id, flow.name, apply_edits(flow.script.text, unique.values()))
    after.secrets = ()
    return after


def check_steps(before, after):
    steps = clicks(before, after)
    assert all(step.values == () or str(step.message).endswith(":") for step in steps)
    for subflow in after.subflows:
        rows = followed(before, after, steps, subflow.name)
        assert rows == contents(after, subflow.name)


def check_snippets(before, after):
    """Check all snippets; return whether the whole change could be pasted."""
    found = snippets(before, after)
    for snippet in found.offered:
        assert check_snippet(snippet.text, after) == []
        assert snippet.text == "" or snippet.text.endswith("\r\n")
    if any(message.text != module.HEADER.text for message in found.refused):
        return False
    for subflow in after.subflows:
        assert pasted(before, found.offered, subflow.name) == contents(after, subflow.name)
    return True


@pytest.mark.parametrize("kind", sorted(ALL))
@pytest.mark.parametrize("times", [1, 6])
def test_every_real_flow(corpus, kind, times):
    whole = tried = 0
    for name, text in scripts(corpus).items():
        before = build_flow("", name, text)
        before.secrets = ()
        if len(before.actions) > MOST_ROWS:
            continue
        chance = random.Random(f"{name} {kind}")
        after = changed(before, {kind: ALL[kind]}, chance, times)
        if after.script.text == before.script.text:
            continue
        tried += 1
        check_steps(before, after)
        whole += check_snippets(before, after)
    assert tried > 20
    assert whole > tried / 3


def test_changes_of_all_kinds_together(corpus):
    for name, text in scripts(corpus).items():
        before = build_flow("", name, text)
        before.secrets = ()
        after = changed(before, CHANGES, random.Random(name), 25)
        check_steps(before, after)
        check_snippets(before, after)


def test_a_flow_compared_with_itself_says_nothing(corpus):
    for name, text in scripts(corpus).items():
        before, after = build_flow("", name, text), build_flow("", name, text)
        before.secrets = after.secrets = ()
        assert clicks(before, after) == ()
        assert snippets(before, after) == module.Snippets((), ())
        states = {change.state for part in compared_rows(before, after) for change in part}
        assert states <= {RowState.SAME}


def test_two_versions_of_one_export(corpus):
    """Steps also lead through everything that its maker changed from one version to the next."""
    old, new = (
        {flow.name: flow for flow in open_export(corpus / "solutions" / name).desktop_flows}
        for name in ("PADFramework_1_1_02411_2210.zip", "PADFramework_1_1_12501_241.zip")
    )
    for name in old.keys() & new.keys():
        before = build_flow("", name, old[name].script)
        after = build_flow("", name, new[name].script)
        before.secrets = after.secrets = ()
        steps = clicks(before, after)
        shared = {one.name for one in before.subflows} & {one.name for one in after.subflows}
        for subflow in shared:
            assert followed(before, after, steps, subflow) == contents(after, subflow)
