"""UI elements are read from binaries and from copied text, whatever is in them."""

import json

import pytest

from padguard.analysis.elements import copied_repositories, read_screens


def control(name, *, type_name="Edit", attributes=(), **more):
    elements = [{"Name": name, "CustomValue": None, "Attributes": list(attributes)}]
    return {
        "Name": name,
        "ElementTypeName": type_name,
        "Selectors": [{"CustomSelector": None, "Elements": elements}],
        **more,
    }


def screen(name, *controls):
    return {"Name": name, "Selectors": [], "Controls": list(controls)}


def test_texts_and_screenshots():
    attributes = [
        {"Name": "Id", "Value": "user"},
        {"Name": "Enabled", "Value": True},
        {"Name": "Class", "Value": None},
    ]
    button = control("Button 'Go'", ScreenshotPath="controlRepo-screenshots\\1.png")
    found = list(
        read_screens(
            {
                "Screens": [
                    screen(
                        "Window 'Portal'",
                        control("Edit 'User'", attributes=attributes, ScreenShot="aGk="),
                        button,
                    )
                ]
            }
        )
    )
    window, edit, go = found[0].elements
    assert window.name == found[0].name == "Window 'Portal'"
    assert edit.texts == ("Edit 'User'", "user")
    assert edit.embedded
    assert go.screenshot == "controlRepo-screenshots\\1.png"
    assert not go.embedded


@pytest.mark.parametrize(
    ("name", "controls", "takes"),
    [
        ("Window 'Invoices'", [control("Edit 'Total'")], False),
        ("Window 'Invoices'", [control("Input 'x'", type_name="Input password")], True),
        ("Window 'Invoices'", [control("Edit 'Password:'")], True),
        (
            "Window 'Invoices'",
            [control("Edit", attributes=[{"Name": "Password", "Value": True}])],
            True,
        ),
        (
            "Window 'Invoices'",
            [control("Edit", attributes=[{"Name": "Password", "Value": False}])],
            False,
        ),
        ("Window 'Sign in'", [], True),
        ("Web Page 'https://portal.example.com/login.aspx'", [], True),
        ("Fenster 'Anmelden'", [], True),
        ("Window 'Logistics'", [], False),
        ("Window 'Blog entries'", [], False),
    ],
)
def test_screens_for_signing_in(name, controls, takes):
    (found,) = read_screens({"Screens": [screen(name, *controls)]})
    assert found.takes_passwords is takes


@pytest.mark.parametrize(
    ("attributes", "custom", "filled"),
    [
        ([], None, ()),
        ([{"Name": "Value", "Value": "lantern"}], None, ("lantern",)),
        ([{"Name": "Id", "Value": "pw"}], 'input[id="pw"][value="lantern"]', ("lantern",)),
        ([], "edit[Text='it is']", ("it is",)),
        ([], 'input[data-value="x"][type="password"]', ()),
        ([{"Name": "Text", "Value": True}], "", ("",)),
    ],
)
def test_what_stood_in_a_field(attributes, custom, filled):
    record = control("Input password", type_name="Input password", attributes=attributes)
    record["Selectors"][0]["CustomSelector"] = custom
    (found,) = read_screens({"Screens": [screen("Window", record)]})
    assert found.elements[1].filled == filled


@pytest.mark.parametrize(
    "repository",
    [
        None,
        [],
        7,
        {},
        {"Screens": None},
        {"Screens": {"Name": "x"}},
        {"Screens": [None, 3, []]},
    ],
)
def test_no_repository(repository):
    assert list(read_screens(repository)) == []


def test_wrong_types_within():
    strange = {
        "Name": 3,
        "Controls": [
            {"Name": None, "Selectors": {"Elements": 1}, "ScreenshotPath": []},
            {"Name": "Edit", "Selectors": [{"Elements": [{"Attributes": "x"}]}, None]},
        ],
    }
    (found,) = read_screens({"Screens": [strange]})
    assert [element.name for element in found.elements] == ["", "", "Edit"]


def test_copied_text():
    repository = json.dumps({"Screens": [screen("Window 'Portal'")]})
    footer = "# [ControlRepository][PowerAutomateDesktop]\n\n" + json.dumps(
        {"ControlRepositorySymbols": [{"Repository": repository}, {"Repository": "no JSON"}]}
    )
    one, none = copied_repositories(footer)
    assert [found.name for found in read_screens(one)] == ["Window 'Portal'"]
    assert none is None


@pytest.mark.parametrize("footer", ["", "# [ControlRepository]", "{", "[" * 100_000, "{}"])
def test_a_damaged_footer(footer):
    assert list(copied_repositories(footer)) == []
