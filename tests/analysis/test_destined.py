"""A text is a secret where it gets to a parameter that takes one, whatever its name and looks."""

import pytest

OPEN = "FTP.OpenConnection Host: $'''h''' Port: 21 Username: $'''u''' Password: {} Connection=> Ftp"
INPUT = "@INPUT {0} : {{ 'FriendlyName': '{0}', 'DefaultValue': '{1}', 'Type': 'String' }}"

CASES = {
    "through one variable": (
        f"SET A TO $'''lantern'''\n{OPEN.format('A')}",
        ["lantern"],
    ),
    "through several": (
        f"SET A TO $'''lantern'''\nSET B TO A\nSET C TO $'''%B%'''\n{OPEN.format('C')}",
        ["lantern"],
    ),
    "in pieces": (
        f"SET A TO $'''lan'''\nSET B TO $'''tern'''\nSET C TO A + B\n{OPEN.format('C')}",
        ["lan", "tern"],
    ),
    "not what was overwritten": (
        f"SET A TO $'''harbour'''\nSET A TO $'''lantern'''\n{OPEN.format('A')}",
        ["lantern"],
    ),
    "either branch": (
        "IF X = 1 THEN\nSET A TO $'''lantern'''\nELSE\nSET A TO $'''harbour'''\nEND\n"
        + OPEN.format("A"),
        ["harbour", "lantern"],
    ),
    "by a subflow": (
        (
            f"CALL Open\nFUNCTION Open GLOBAL\n{OPEN.format('A')}\nEND FUNCTION\n"
            "FUNCTION Unused GLOBAL\nSET A TO $'''harbour'''\nEND FUNCTION"
        ),
        [],
    ),
    "as a parameter of a local-scope subflow": (
        (
            "CALL 'Open' key: $'''lantern'''\n"
            f"FUNCTION 'Open' key\n@SENSITIVE: []\n{OPEN.format('key')}\nEND FUNCTION"
        ),
        ["lantern"],
    ),
    "an item of a list": (
        "Variables.CreateNewList List=> L\nVariables.AddItemToList Item: $'''lantern''' List: L\n"
        + OPEN.format("L[0]"),
        ["lantern"],
    ),
    "the default of an input": (
        f"{INPUT.format('A', 'lantern')}\n{OPEN.format('A')}",
        ["lantern"],
    ),
    "an empty default": (f"{INPUT.format('A', '')}\n{OPEN.format('A')}", []),
    "a default that is overwritten": (
        f"{INPUT.format('A', 'lantern')}\nSET A TO B\n{OPEN.format('A')}",
        [],
    ),
    "placeholders": (f"SET A TO $'''<password>'''\n{OPEN.format('A')}", []),
    "a user name": (
        (
            "SET A TO $'''robot'''\n"
            "FTP.OpenConnection Host: $'''h''' Port: 21 Username: A Password: P Connection=> Ftp"
        ),
        [],
    ),
    "a disabled row": (f"DISABLE SET A TO $'''lantern'''\n{OPEN.format('A')}", []),
}


@pytest.mark.parametrize("name", CASES)
def test_texts_that_get_there(name, story):
    script, expected = CASES[name]
    told = story(f"@SENSITIVE: []\n{script}")
    assert sorted(hit.value.reveal() for hit in told.travel.destined) == expected


def test_a_text_that_is_passed_to_another_flow(story):
    told = story(
        {
            "parent": "External.RunFlow FlowId: 'child' @Word: $'''lantern'''",
            "child": f"""
                @SENSITIVE: []
                {INPUT.format("Word", "")}
                {OPEN.format("Word")}
                """,
        }
    )
    (hit,) = told.travel.destined
    assert (hit.flow.id, hit.value.reveal()) == ("parent", "lantern")
    assert told.path("Word") == ["Word"]


def test_what_reached_it_is_told(story):
    told = story(f"@SENSITIVE: []\nSET A TO $'''lantern'''\nSET B TO A\n{OPEN.format('B')}")
    (reached,) = told.travel.destined.values()
    assert [holding.fact.variable.name for holding in reached.holding.path()] == ["A", "B"]
    assert reached.use.variable.name == "B"
