"""What is shown of a script, and where each of its characters is shown."""

from hypothesis import given
from hypothesis import strategies as st

from padguard.foundation.masked import MASK
from padguard.ui.views.projection import LONGEST_LINE, Projection

CUT = " … (cut)"


def project(script, masked=()):
    projection = Projection()
    for _ in projection.build(script, masked, CUT):
        pass
    return projection


def test_line_breaks_become_line_feeds_and_places_stay():
    script = "SET A TO 1\r\nSET B TO 2\rSET C TO 3\n"
    projection = project(script)
    assert projection.text == "SET A TO 1\nSET B TO 2\nSET C TO 3\n"
    for name in "ABC":
        shown = projection.to_shown(script.index(name))
        assert projection.text[shown] == name
        assert projection.to_script(shown) == script.index(name)


def test_characters_that_qt_takes_for_breaks_are_shown_as_signs():
    projection = project("a\u2029b\u2028c\x00d\ufdd0e")
    assert projection.text == "a¶b↵c␀d\ufffde"
    assert projection.lines == 1


def test_secrets_are_masked_whatever_their_length():
    script = "SET Key TO $'''hunter2'''\r\nSET B TO 1\r\n"
    start = script.index("hunter2")
    projection = project(script, [(start, start + 7)])
    assert projection.text == f"SET Key TO $'''{MASK}'''\nSET B TO 1\n"
    assert projection.to_script(projection.text.index("B")) == script.index("B")
    assert projection.text[projection.to_shown(start + 3) :].startswith(MASK)


def test_long_lines_are_cut():
    projection = project("x" * (LONGEST_LINE + 100) + "\r\nSET B TO 1")
    first, second = projection.text.split("\n")
    assert first == "x" * LONGEST_LINE + CUT
    assert second == "SET B TO 1"


def test_a_secret_at_the_cut_does_not_show():
    script = "x" * (LONGEST_LINE - 2) + "hunter2" + "y" * 50
    projection = project(script, [(LONGEST_LINE - 2, LONGEST_LINE + 5)])
    assert "hunter2" not in projection.text
    assert "hu" not in projection.text


def test_columns_count_what_qt_counts():
    projection = project("SET A TO $'''💡'''\nSET B TO 1")
    line, column = projection.line_column(projection.text.index("'''\n"))
    assert (line, column) == (0, len("SET A TO $'''") + 2)
    assert projection.offset(0, column) == projection.text.index("'''\n")


SCRIPTS = st.text(alphabet="ab \r\n\x00\u2028\u2029\ufdd0💡パ'", max_size=60)


@given(SCRIPTS, st.data())
def test_every_character_is_found_again(script, data):
    ends = sorted(data.draw(st.sets(st.integers(0, len(script)), max_size=6)))
    spans = [(first, last) for first, last in zip(ends[::2], ends[1::2], strict=False)]
    projection = project(script, spans)
    hidden = {offset for first, last in spans for offset in range(first, last)}
    for offset, character in enumerate(script):
        shown = projection.to_shown(offset)
        assert projection.offset(*projection.line_column(shown)) == shown
        if offset not in hidden and character in "ab 💡パ'":
            assert projection.text[shown] == character
            assert projection.to_script(shown) == offset
