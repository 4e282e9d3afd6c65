"""Real scripts: all of every export is understood, and every header form."""

from padguard.foundation.edits import apply_edits
from padguard.robin.header import mark_edit
from padguard.robin.parser import parse, parse_header
from padguard.robin.paste import SUBFLOW, paste_problems
from padguard.robin.tokens import tokenize
from padguard.robin.tree import Kind
from padguard.robin.values import literal_value


def test_every_exported_script_is_understood(exported_scripts: list[str]) -> None:
    for text in exported_scripts:
        script = parse(text)
        assert script.diagnostics == []
        assert not any(script.of_kind(Kind.OPAQUE))
        assert "".join(map(script.source, script.statements)) == text
        assert "".join(text[start:end] for _, start, end in tokenize(text)) == text


def test_every_copied_text_keeps_its_text(copied_texts: dict[str, str]) -> None:
    for text in copied_texts.values():
        script = parse(text)
        assert "".join(map(script.source, script.statements)) == text


def test_every_header_is_read(exported_scripts: list[str]) -> None:
    types, with_default, lines = set(), 0, 0
    for text in exported_scripts:
        script = parse(text)
        header = script.header
        assert header == parse_header(text)
        assert header.sensitive is not None
        declarations = header.inputs + header.outputs
        assert len(declarations) == text.count("\r\n@INPUT ") + text.count("\r\n@OUTPUT ")
        for declaration in declarations:
            types.add(declaration.type)
            lines += "\r\n" in declaration.description
            if declaration.default is not None:
                with_default += 1
                literal_value(declaration.default)
    assert types == {"String", "Numeric", "Bool", "List", "CustomObject"}
    assert with_default
    assert lines


def test_every_variable_of_every_header_can_be_marked(exported_scripts: list[str]) -> None:
    for text in exported_scripts:
        script = parse(text)
        marked = {name.casefold() for name in script.header.sensitive or ()}
        for declaration in script.header.inputs + script.header.outputs:
            known = declaration.name.casefold() in marked
            edit = mark_edit(script, {declaration.name: not known})
            assert edit is not None
            header = parse_header(apply_edits(text, [edit]))
            now = {name.casefold() for name in header.sensitive or ()}
            assert now ^ marked == {declaration.name.casefold()}


# Two texts are not as the designer copies them: one has an END too many, the other a line that is
# continued by "_", and it is a whole subflow.
EDITED_BY_HAND = {
    "onto-iq/10-capstone-sales-ops.robin": ["This END closes nothing."],
    "packt/system-info-screen.txt": [
        str(SUBFLOW),
        "_ is not expected here.",
    ],
}


def test_copied_texts_can_be_pasted_again(copied_texts: dict[str, str]) -> None:
    refused = {
        path: [str(problem.message) for problem in problems]
        for path, text in copied_texts.items()
        if (problems := paste_problems(parse(text)))
    }
    assert refused == EDITED_BY_HAND
