"""Cloud flows are read as they are: nested, secured, or nothing like what is expected."""

import pytest

from padguard.analysis.cloud import desktop_runs
from padguard.analysis.secrets.model import HOLE
from padguard.exports.model import CloudFlow


def action(parameters, *, secured=(), api="/providers/Microsoft.PowerApps/apis/shared_uiflow"):
    found = {
        "type": "OpenApiConnection",
        "inputs": {
            "host": {"apiId": api, "operationId": "RunUIFlow_V2"},
            "parameters": parameters,
        },
    }
    if secured:
        found["runtimeConfiguration"] = {"secureData": {"properties": list(secured)}}
    return found


def runs(actions):
    definition = {"properties": {"definition": {"actions": actions}}}
    return list(desktop_runs(CloudFlow("cloud", "Nightly", "Workflows/x.json", definition)))


def test_what_is_passed():
    (run,) = runs(
        {
            "Run_it": action(
                {
                    "uiFlowId": "{ABC}",
                    "runMode": "attended",
                    "item/User": "robot",
                    "item/Number": 7,
                    "item/Flag": True,
                    "item/Whole": "@triggerBody()['text']",
                    "item/Part": "x-@{variables('y')}-z",
                    "item/Only": "@{variables('y')}",
                    "item/At": "@@handle",
                    "item/List": ["a", {"b": "c", "d": None}],
                }
            )
        }
    )
    assert (run.action, run.flow_id) == ("Run it", "abc")
    assert not run.secure_inputs
    assert not run.secure_outputs
    assert {passed.name: passed.literals for passed in run.passed} == {
        "User": ("robot",),
        "Number": ("7",),
        "Flag": (),
        "Whole": (),
        "Part": (f"x-{HOLE}-z",),
        "Only": (),
        "At": ("@handle",),
        "List": ("a", "c"),
    }


@pytest.mark.parametrize(
    ("secured", "inputs", "outputs"),
    [((), False, False), (("inputs",), True, False), (("Inputs", "outputs"), True, True)],
)
def test_secure_inputs_and_outputs(secured, inputs, outputs):
    (run,) = runs({"Run": action({}, secured=secured)})
    assert (run.secure_inputs, run.secure_outputs) == (inputs, outputs)


def test_actions_within_actions():
    deep = {"Run": action({"uiFlowId": "x"})}
    found = runs(
        {
            "If": {"actions": deep, "else": {"actions": deep}},
            "Switch": {"cases": {"one": {"actions": deep}}, "default": {"actions": deep}},
            "Scope": {"actions": {"Each": {"type": "Foreach", "actions": deep}}},
        }
    )
    assert len(found) == 5


def test_the_input_given_as_one_object():
    (run,) = runs({"Run": action({"item": {"Password": "x"}})})
    assert [(passed.name, passed.literals) for passed in run.passed] == [("Password", ("x",))]


def test_a_flow_that_an_expression_chooses():
    (run,) = runs({"Run": action({"uiFlowId": "@parameters('flow')"})})
    assert run.flow_id == ""


@pytest.mark.parametrize(
    "actions",
    [
        None,
        [],
        "text",
        {"Run": None},
        {"Run": []},
        {"Run": {"inputs": []}},
        {"Run": {"inputs": {"host": "x"}}},
        {"Run": {"inputs": {"host": {"apiId": 3, "operationId": None}}}},
        {"Other": action({}, api="/providers/Microsoft.PowerApps/apis/shared_office365")},
    ],
)
def test_what_is_not_as_expected_is_passed_over(actions):
    assert runs(actions) == []


def test_wrong_types_within_an_action():
    strange = action({"uiFlowId": 5, "item/A": {"x": [1.5]}})
    strange["runtimeConfiguration"] = {"secureData": {"properties": "inputs"}}
    (run,) = runs({"Run": strange})
    assert (run.flow_id, run.secure_inputs) == ("", False)
    assert run.passed[0].literals == ("1.5",)


def test_json_without_end():
    deep: object = {"Run": action({})}
    for _ in range(5000):
        deep = {"actions": deep}
    assert len(runs(deep)) == 1


def test_real_cloud_flows(corpus):
    from padguard.exports.open import open_export

    export = open_export(corpus / "solutions" / "ConstructionFunding_1_0_0_5.zip")
    found = [run for cloud in export.cloud_flows for run in desktop_runs(cloud)]
    flows = {flow.id for flow in export.desktop_flows}
    assert {run.flow_id for run in found} == flows
    passed = {one.name: one.literals for run in found for one in run.passed}
    assert passed["Password"] == ("pass@word1",)
    assert passed["LoanNumber"] == ()
