"""Whatever the text, tokens and statements tile it and nothing is raised."""

from hypothesis import given
from hypothesis import strategies as st

from padguard.robin.expressions import parse_expression, references
from padguard.robin.names import plain_element_reads, plain_text_reads
from padguard.robin.parser import parse, parse_header
from padguard.robin.paste import paste_problems
from padguard.robin.tokens import LINE, TokenKind, tokenize
from padguard.robin.tree import Kind

# Text that is arbitrary, and text of pieces that mean something next to each other.
WORDS = """
    SET IF THEN ELSE END LOOP FROM TO STEP FOREACH IN WHILE SWITCH CASE DEFAULT BLOCK ON ERROR
    FUNCTION GLOBAL CALL WAIT FOR EXIT LABEL GOTO DISABLE NOT AND REPEAT TIMES IMPORT AS REGION
    True Text.Trim A Row P $fx @SENSITIVE @INPUT @@x **REGION **ENDREGION => <> <= = + - * / ( )
    [ ] { } , : ^ . @ % %% ' '' ''' $''' P' $fx' \\ \\' \\\\ " # /# #/ ${ 1 2.5 1e3 é 变量 ि \x00
"""
FRAGMENTS = st.sampled_from(WORDS.split())
SPACES = st.sampled_from([" ", "\n", "\r\n", "\r", "", "\t", "\u2028", "\u00a0", "\ufeff"])
PIECES = st.lists(st.one_of(FRAGMENTS, SPACES), max_size=60).map("".join)
TEXTS = st.one_of(st.text(max_size=200), PIECES)


def check(text: str) -> None:
    """Check all that must hold of any text."""
    tokens = list(tokenize(text))
    assert "".join(text[start:end] for _, start, end in tokens) == text
    script = parse(text)
    assert "".join(map(script.source, script.statements)) == text
    for index, statement in enumerate(script.statements):
        assert statement.start < statement.end
        assert 0 <= statement.code <= statement.end - statement.start
        assert -1 <= statement.opener < index
        for clause in statement.clauses:
            assert 0 <= clause.start <= clause.end <= statement.end - statement.start
    assert all(0 <= d.start <= d.end <= len(text) for d in script.diagnostics)
    assert all(0 <= p.start <= p.end <= len(text) for p in paste_problems(script))
    parse_header(text)


@given(TEXTS)
def test_tokens_and_statements_tile_any_text(text: str) -> None:
    check(text)


@given(TEXTS)
def test_lines_end_between_tokens(text: str) -> None:
    ends = {match.end() for match in LINE.finditer(text)}
    token_ends = {token.end for token in tokenize(text)}
    assert ends <= token_ends | {0, len(text)}
    inside = (t for t in tokenize(text) if t.kind is TokenKind.NEWLINE and t.end not in ends)
    assert not list(inside)


@given(TEXTS)
def test_a_read_is_a_name_in_its_expression(text: str) -> None:
    found = parse_expression(text, 0, len(text))
    if found is not None:
        for read in references(text, found):
            assert text[read.start : read.end].strip("\\'") == read.name.strip("\\'")


READABLE = st.lists(
    st.sampled_from(
        ["A", "B.C", "From", "D.To", "%", "%%", "['x']", "[0]", "[", "\\", " ", "'", "é"]
    ),
    max_size=12,
).map("".join)


@given(READABLE)
def test_what_is_read_in_one_step_is_what_the_parser_reads(text: str) -> None:
    literal = f"$'''{text}'''"
    if [token.kind for token in tokenize(literal)] == [TokenKind.TEXT]:
        check_reads(literal, plain_text_reads(literal, 4, len(literal) - 3))
    check_reads(text, plain_element_reads(text, 0, len(text)))


def check_reads(source: str, quick: list[str] | None) -> None:
    """Check that an expression reads what a quicker way has found."""
    if quick is not None:
        found = parse_expression(source, 0, len(source))
        assert found is not None
        reads = [read.name for read in references(source, found)]
        assert reads == [name.partition(".")[0] for name in quick]


# A random script of the grammar that the reference describes.
NAMES = st.sampled_from(["A", "Total_2", "变量", "Straße", "ชื่อ", "Row", "P", "textValue"])
PLAIN = st.text(st.characters(exclude_characters="\\'%\"", exclude_categories=["Cs"]), max_size=12)
ESCAPES = st.sampled_from(["\\'", '\\"', "\\\\", "%%", "\\n", "\r\nEND\r\n", "# no", "", "$5"])
KEYS = st.sampled_from(["'k'", "'Window \\'A\\''", "0", "-1", "A"])


def _text(parts: list[str]) -> str:
    return "$'''" + "".join(parts) + "'''"


def _widen(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from([" = ", " <> ", " + ", "-", " * ", " AND ", " or ", " mod ", ">="])
    items = st.lists(inner, max_size=3).map(", ".join)
    return st.one_of(
        st.tuples(inner, operators, inner).map("".join),
        inner.map("({})".format),
        inner.map("NOT({})".format),
        items.map("[{}]".format),
        items.map("{{ ^['H'], [{}] }}".format),
        inner.map("{{ 'Key': {} }}".format),
        st.tuples(NAMES, KEYS).map(lambda pair: f"{pair[0]}[{pair[1]}].Count"),
        inner.map("Contains({}, 'x', False)".format),
    )


LITERALS = st.sampled_from(
    ["''", "'it\\'s'", "0", "3.14", "1E3", "True", "false", "P'AQAA='", "{{ }}"]
)
INTERPOLATED = st.tuples(PLAIN, ESCAPES, NAMES, KEYS).map(
    lambda parts: _text([parts[0], parts[1], f" %{parts[2]}[{parts[3]}]% ", parts[0]])
)
EXPRESSIONS = st.recursive(st.one_of(NAMES, LITERALS, INTERPOLATED), _widen, max_leaves=5)
BLOCKS = ("IF {0} THEN", "LOOP FOREACH X IN {0}", "LOOP WHILE ({0})", "LOOP i FROM {0} TO 2")
LINES = st.one_of(
    st.tuples(NAMES, EXPRESSIONS).map(lambda pair: f"SET {pair[0]} TO {pair[1]}"),
    EXPRESSIONS.map("Text.Trim Text: {} Option: Text.TrimOption.Both TrimmedText=> B".format),
    EXPRESSIONS.map("External.RunFlow FlowId: 'x' @'In put': {} @Out=> B".format),
    EXPRESSIONS.map("EXIT Code: {}".format),
    PLAIN.map(lambda text: f"# {' '.join(text.split())}"),
    st.sampled_from(["**REGION r # x", "**ENDREGION", "", "LABEL 'a b'", "@@k: 'v'", "CALL Sub"]),
)  # fmt: skip


def _block(parts: tuple[str, str, list[str]]) -> str:
    head, condition, body = parts
    return "\r\n".join([head.format(condition), *body, "END"])


SCRIPTS = st.recursive(
    LINES,
    lambda inner: st.tuples(st.sampled_from(BLOCKS), EXPRESSIONS, st.lists(inner, max_size=3)).map(
        _block
    ),
    max_leaves=6,
)


@given(st.lists(SCRIPTS, max_size=5), st.sampled_from(["\r\n", "\n", "\r"]))
def test_random_scripts_are_understood(lines: list[str], line_break: str) -> None:
    text = line_break.join(lines)
    check(text)
    script = parse(text)
    assert script.diagnostics == []
    assert not any(script.of_kind(Kind.OPAQUE))


@given(st.lists(SCRIPTS, max_size=4).map("\n".join), st.data())
def test_mutated_scripts_keep_their_text(text: str, data: st.DataObject) -> None:
    check(mutated(text, data))


@given(st.data())
def test_mutated_real_scripts_keep_their_text(
    exported_scripts: list[str], data: st.DataObject
) -> None:
    text = data.draw(st.sampled_from(exported_scripts))
    start = data.draw(st.integers(0, len(text)))
    check(mutated(text[start : start + 2000], data))


def mutated(text: str, data: st.DataObject) -> str:
    """Return a text with a few places cut out or overwritten."""
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 12)))
        text = text[:start] + data.draw(PIECES) + text[end:]
    return text
