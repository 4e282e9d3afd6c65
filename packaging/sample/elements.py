"""The sample's UI elements, as the control repository of a flow holds them."""

import json
from typing import Any

from sample.scripts import SampleFlow

PORTAL = "Web Page 'Supplier portal'"
SIGN_IN = "Window 'Ledger Desk - Sign in'"
LEDGER = "Window 'Ledger Desk'"
SCREENS: dict[str, tuple[str, ...]] = {
    PORTAL: (
        "Input text 'account'",
        "Input password 'password'",
        "Input password 'pin'",
        "Button 'Sign in'",
    ),
    SIGN_IN: (
        "Edit 'User'",
        "Edit 'Password'",
        "Button 'OK'",
        "Text 'First password: Amber-Field-30'",
    ),
    LEDGER: ("Text 'Session'", "Edit 'Invoice number'", "Edit 'Amount'", "Button 'Book'"),
}
"""The controls of each screen; one of them shows a password that was on the screen."""
TAGS = {"Input text": "input", "Input password": "input"}


def screenshot_path(flow: SampleFlow) -> str:
    """Return the path by which UI elements refer to the flow's screenshot."""
    return f"controlRepo-screenshots\\{flow.part_id('screenshot file')}.png"


def _attribute(name: str, value: object, *, used: bool) -> dict[str, Any]:
    return {
        "Ignore": not used,
        "IsOrdinal": name == "Ordinal",
        "Name": name,
        "Operation": "EqualTo",
        "Value": value,
    }


def _selector(name: str, tag: str, own_name: str) -> dict[str, Any]:
    attributes = [
        _attribute("Class", None, used=False),
        _attribute("Id", own_name.lower().replace(" ", "-"), used=True),
        _attribute("Ordinal", 0, used=False),
        _attribute("Title", None, used=False),
    ]
    element = {
        "Attributes": attributes,
        "CustomValue": "domcontainer" if tag == "domcontainer" else None,
        "Ignore": False,
        "Name": name,
        "Tag": tag,
    }
    return {
        "CustomSelector": None,
        "Elements": [element],
        "Ignore": False,
        "IsCustom": False,
        "IsWindowsInstance": False,
        "Name": "Default Selector",
        "Properties": [],
    }


def _entry(flow: SampleFlow, name: str, screenshot: str | None) -> dict[str, Any]:
    kind, own_name = name.rstrip("'").split(" '")
    tag = "domcontainer" if kind == "Web Page" else TAGS.get(kind, kind.lower())
    return {
        "ScreenShot": None,
        "ElementTypeName": kind,
        "InstanceId": flow.part_id(name),
        "Name": name,
        "SelectorCount": 1,
        "Selectors": [_selector(name, tag, own_name)],
        "Tag": tag,
        "ScreenshotPath": screenshot,
    }


def control_repository(flow: SampleFlow) -> str:
    """Return the control repository with the screens that the flow's script mentions."""
    screens = []
    for screen, controls in SCREENS.items():
        if screen.replace("'", r"\'") in flow.text:
            shot = screenshot_path(flow) if screen == SIGN_IN else None
            entries = [
                {"AutomationProtocol": "uia3"} | _entry(flow, control, shot) for control in controls
            ]
            screens.append({"Controls": entries} | _entry(flow, screen, shot))
    return indented({"Screens": screens, "Version": 1})


def indented(payload: object) -> str:
    """Return JSON as the designer and the portal write it into files."""
    return json.dumps(payload, indent=2, ensure_ascii=False).replace("\n", "\r\n")
