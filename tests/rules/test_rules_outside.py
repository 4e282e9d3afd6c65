"""Rules that look beside the scripts: cloud flows, environment variables, UI elements."""

import json
from pathlib import PurePosixPath

import pytest

from padguard.exports.model import Binary, CloudFlow, EnvironmentVariable
from padguard.foundation.errors import OpenError
from padguard.foundation.messages import mark

CHILD = """@SENSITIVE: [Secret, Answer]
@INPUT Secret : { 'FriendlyName': 'The secret', 'Type': 'String' }
@INPUT Used : { 'FriendlyName': 'Used', 'Type': 'String' }
@INPUT Town : { 'FriendlyName': 'Town', 'Type': 'String' }
@OUTPUT Answer : { 'FriendlyName': 'Answer', 'Type': 'String' }
@OUTPUT Plain : { 'FriendlyName': 'Plain', 'Type': 'String' }
SET Copy TO Used
FTP.OpenConnection Host: $'''h''' Port: 21 Username: $'''u''' Password: Copy Connection=> Ftp
"""


class Members:
    """A container of some members."""

    def __init__(self, members):
        self.members = members

    def read(self, name):
        if name not in self.members:
            raise OpenError(mark("test", "missing"))
        return self.members[name]


def cloud(passed, *, secured=(), flow="child"):
    run = {
        "inputs": {
            "host": {"apiId": "/apis/shared_uiflow", "operationId": "RunUIFlow_V2"},
            "parameters": {"uiFlowId": flow, **{f"item/{k}": v for k, v in passed.items()}},
        },
        "runtimeConfiguration": {"secureData": {"properties": list(secured)}},
    }
    return CloudFlow("c", "Nightly", "Workflows/c.json", {"actions": {"Run_the_flow": run}})


def about(found):
    """Return what findings are about: their secret, or the variables they name."""
    return sorted(
        finding.secret.reveal() if finding.secret else ",".join(finding.variables)
        for finding in found
    )


@pytest.mark.parametrize(
    ("passed", "secrets"),
    [
        ({"The secret": "Vx4-lantern"}, ["Vx4-lantern"]),
        ({"Used": "lantern"}, ["lantern"]),
        ({"Town": "Rotterdam"}, []),
        ({"Town": "Server=x;Uid=sa;Pwd=Vx4lantern;"}, ["Vx4lantern"]),
        ({"The secret": "@triggerBody()['text']"}, []),
        ({"The secret": ""}, []),
        ({"The secret": "<password>"}, []),
        ({"Used": 4711}, ["4711"]),
    ],
)
def test_texts_that_a_cloud_flow_passes(passed, secrets, findings):
    found = findings({"child": CHILD}, select=["PG107"], cloud_flows=(cloud(passed),))
    assert about(found) == secrets
    assert all("Nightly" in str(finding.place.where) for finding in found)


def test_the_way_to_where_it_is_used(findings):
    (found,) = findings(
        {"child": CHILD}, select=["PG107"], cloud_flows=(cloud({"Used": "lantern"}),)
    )
    assert [str(step.place.where is not None) for step in found.path][:2] == ["True", "False"]
    assert len(found.path) == 4


def test_a_desktop_flow_that_is_elsewhere(findings):
    flows = (cloud({"Password": "lantern", "Town": "Rotterdam"}, flow="elsewhere"),)
    found = findings({"child": CHILD}, select=["PG1", "PG2"], cloud_flows=flows)
    own = [finding for finding in found if not finding.place.flow_id]
    assert {(finding.rule, *about([finding])) for finding in own} == {
        ("PG107", "lantern"),
        ("PG206", "Password"),
    }


@pytest.mark.parametrize(
    ("passed", "secured", "expected"),
    [
        ({"The secret": "@x()"}, (), ["Answer", "The secret"]),
        ({"The secret": "@x()"}, ("inputs",), ["Answer"]),
        ({"The secret": "@x()"}, ("outputs",), ["The secret"]),
        ({"The secret": "@x()", "Used": "@y()"}, ("outputs",), ["The secret,Used"]),
        ({"Town": "@x()"}, ("inputs", "outputs"), []),
        ({"Town": "@x()"}, ("outputs",), []),
    ],
)
def test_secure_inputs_and_outputs(passed, secured, expected, findings):
    flows = (cloud(passed, secured=secured),)
    found = findings({"child": CHILD}, select=["PG206"], cloud_flows=flows)
    assert about(found) == expected


@pytest.mark.parametrize(
    ("name", "type_name", "value", "secrets"),
    [
        ("cf_PortalPassword", "String", "lantern", ["lantern"]),
        ("cf_PortalPassword", "String", "", []),
        ("cf_PortalPassword", "String", None, []),
        ("cf_PortalPassword", "Secret", "/subscriptions/1/vaults/v/secrets/portal", []),
        ("cf_PortalUrl", "String", "https://portal.example.com", []),
        ("cf_PortalUrl", "String", "https://robot:Vx4lantern@portal.example.com", ["Vx4lantern"]),
        ("cf_Settings", "JSON", '{"user": "robot", "password": "Vx4lantern"}', ["Vx4lantern"]),
        ("cf_UsePassword", "Boolean", "yes", []),
        ("cf_PasswordDays", "Number", "90", []),
    ],
)
def test_environment_variables(name, type_name, value, secrets, findings):
    variable = EnvironmentVariable(name, name, type_name, value=value)
    found = findings({}, select=["PG107"], environment_variables=(variable,))
    assert about(found) == secrets


def repository(*screens):
    return json.dumps(
        {
            "Screens": [
                {
                    "Name": name,
                    "Controls": [
                        {
                            "Name": text,
                            "ElementTypeName": "Edit",
                            "ScreenshotPath": f"controlRepo-screenshots\\{shot}.png",
                        }
                        for text, shot in controls
                    ],
                }
                for name, controls in screens
            ]
        }
    ).encode()


def binary(kind, reference, member):
    return Binary(f"b-{reference}", kind, "", reference, "flow", member)


def export_parts(data, shots):
    return {
        "binaries": (
            binary("ControlRepository", "controlRepo.appmask", "repo.json"),
            *(
                binary(
                    "ControlRepositoryImageFile",
                    f"controlRepo-screenshots\\{shot}.png",
                    f"data/{shot}.txt",
                )
                for shot in shots
            ),
        ),
        "source": Members({"repo.json": data}),
    }


def test_secrets_in_the_names_of_elements_are_found_once_and_masked(findings):
    text = "Web Page 'https://robot:Vx4lantern@portal.example.com/'"
    data = repository((text, [(text, 1), ("Button 'Go'", 2)]))
    (found,) = findings("WAIT 1", select=["PG107"], **export_parts(data, []))
    assert about([found]) == ["Vx4lantern"]
    assert "Vx4lantern" not in f"{found.message}{found.place.where}{found.why}"


def test_what_stood_in_a_password_field(findings):
    def found(type_name):
        record = {
            "Name": "Input 'code'",
            "ElementTypeName": type_name,
            "Selectors": [{"CustomSelector": "input[value='lantern']"}],
        }
        data = json.dumps({"Screens": [{"Name": "Window", "Controls": [record]}]}).encode()
        return about(findings("WAIT 1", select=["PG107"], **export_parts(data, [])))

    assert found("Input password") == ["lantern"]
    assert found("Input text") == []


def test_screenshots_by_screen(findings):
    data = repository(
        ("Window 'Login'", [("Edit 'Password'", 1), ("Button 'Go'", 2)]),
        ("Window 'Invoices'", [("Edit 'Total'", 3), ("Edit 'Tax'", "not there")]),
        ("Window 'Orders'", [("Edit 'Total'", 4)]),
    )
    found = findings("WAIT 1", select=["PG109"], **export_parts(data, [1, 2, 3, 4, 5]))
    by_message = {str(finding.message): finding for finding in found}
    sign_in = by_message[
        "A screenshot of the sign-in screen “Window 'Login'” travels with the flow."
    ]
    others = by_message["Screenshots of UI elements travel with the flow: 3."]
    assert sign_in.confidence > others.confidence
    members = [step.text.params["member"] for step in (*sign_in.path, *others.path)]
    assert [PurePosixPath(str(member)).stem for member in members] == ["1", "2", "3", "4", "5"]


def test_no_screenshots(findings):
    data = repository(("Window 'Login'", [("Edit 'Password'", 1)]))
    assert findings("WAIT 1", select=["PG109"], **export_parts(data, [])) == []


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"null"])
def test_a_damaged_repository_costs_nothing_else(data, findings):
    script = "FTP.OpenConnection Host: $'''h''' Password: $'''lantern''' Connection=> F"
    found = findings(script, select=["PG1"], **export_parts(data, [1]))
    assert {finding.rule for finding in found} == {"PG101", "PG109"}


def test_screenshots_on_errors(findings):
    from padguard.exports.model import DesktopFlow

    script = """@SENSITIVE: [Pw]
@INPUT Pw : { 'FriendlyName': 'Pw', 'Type': 'String' }
Display.ShowMessageDialog.ShowMessage Message: Pw
"""

    def found(metadata):
        stored = (DesktopFlow("flow", "flow", script, metadata=metadata),)
        return len(findings(script, select=["PG307"], desktop_flows=stored))

    assert found({"disableScreenshotCaptureOnError": False}) == 1
    assert found({"disableScreenshotCaptureOnError": True}) == 0
    assert found({}) == 0
    assert found(None) == 0
    assert found(["disableScreenshotCaptureOnError"]) == 0


def test_a_real_export(corpus):
    from padguard.session.session import Session

    session = Session.open(corpus / "solutions" / "ConstructionFunding_1_0_0_5.zip")
    found = session.analyse()
    clear = [f for f in found if f.rule in ("PG105", "PG107") and f.secret]
    assert {"pass@word1"} <= {f.secret.reveal() for f in clear if f.secret}
    assert {f.rule for f in clear if f.secret and f.secret.reveal() == "pass@word1"} == {
        "PG105",
        "PG107",
    }
    assert {f.rule for f in found} >= {"PG109", "PG206", "PG307"}
