"""What actions change in place, and what types and icons they have."""

import json

import pytest

from padguard.catalog.effects import changed_inputs, changes_in_place
from padguard.catalog.icons import ICON_NAMES, icon_name
from padguard.catalog.lookup import load
from padguard.catalog.types import type_words
from padguard.foundation.paths import resources_dir
from padguard.robin.tree import Kind


@pytest.mark.parametrize(
    ("action_id", "changed"),
    [
        ("Variables.AddItemToList", {"list"}),
        ("variables.additemtolist", {"list"}),
        ("Variables.IncreaseVariable", {"value"}),
        ("Variables.DecreaseVariable", {"value"}),
        ("Variables.AddRowToDataTable.AppendRowToDataTable", {"datatable"}),
        ("Variables.RemoveItemFromList.RemoveItemFromListByIndex", {"list"}),
        ("Variables.ModifyDataTableItem", {"datatable"}),
        ("Variables.MergeDataTables", {"firstdatatable"}),
        ("Variables.FindOrReplaceInDataTable.ReplaceItemInDataTableEverywhere", {"datatable"}),
        ("XML.SetElementValue", {"document"}),
        # These give their result in an output.
        ("Variables.FindOrReplaceInDataTable.FindItemInDataTableEverywhere", set()),
        ("Variables.MergeLists", set()),
        ("Variables.FilterDataTable", set()),
        ("Variables.CreateNewList", set()),
        ("Text.Replace.ReplaceText", set()),
        ("XML.GetXmlElementValue.GetElementValue", set()),
        ("Excel.WriteToExcel.WriteCell", set()),
        ("Nowhere.Nothing", set()),
        ("", set()),
    ],
)
def test_what_changes_in_place(action_id: str, changed: set[str]) -> None:
    assert changed_inputs(action_id) == changed


def test_one_input_at_a_time() -> None:
    assert changes_in_place("Variables.AddItemToList", "LIST")
    assert not changes_in_place("Variables.AddItemToList", "Item")


def test_effects_name_inputs_that_exist() -> None:
    path = resources_dir() / "catalog" / "effects.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        effect = json.loads(line)
        form = load().form(effect["id"])
        assert form is not None, effect
        assert form.id == effect["id"]
        assert {parameter.name for parameter in form.inputs} >= set(effect["changes"]), effect


def test_every_action_on_variables_gives_a_result_or_changes_something() -> None:
    for form in load().forms():
        if form.id.startswith("Variables."):
            assert form.outputs or changed_inputs(form.id), form.id
        if form.id.startswith("XML.") and not form.outputs:
            takes_document = form.input("Document") is not None
            assert changed_inputs(form.id) == ({"document"} if takes_document else set()), form.id


@pytest.mark.parametrize(
    ("type_name", "words"),
    [
        ("String", "Text"),
        ("Int32", "Numeric value"),
        ("Decimal", "Numeric value"),
        ("Boolean", "Boolean value"),
        ("DataTable", "Datatable"),
        ("List`1", "List"),
        ("List`1<String>", "List of text"),
        ("List`1<FileObject>", "List of files"),
        ("List`1<SomethingNew>", "List"),
        ("Nullable`1<DateTime>", "Datetime"),
        ("Nullable`1", "General value"),
        ("CustomObject", "Custom object"),
        ("FileObject", "File"),
        ("FolderObject", "Folder"),
        ("Object", "General value"),
        ("ExcelInstanceHandle", "Excel instance"),
        ("WebBrowserInstanceHandle", "Web browser instance"),
        ("UIControl", "UI element"),
        ("EncryptableObject", "Direct encrypted input"),
        ("Credential", "Credential"),
        ("Numeric", "Numeric value"),
        ("Bool", "Boolean value"),
        ("List", "List"),
        ("Datatable", "Datatable"),
        ("string", "Text"),
        ("SomethingNew", "General value"),
        ("", "General value"),
        (None, "General value"),
    ],
)
def test_types_in_the_words_of_the_designer(type_name: str | None, words: str) -> None:
    assert str(type_words(type_name)) == words


def test_every_output_has_a_word_for_its_type() -> None:
    for form in load().forms():
        for output in form.outputs:
            if output.type not in (None, "Object"):
                known = str(type_words(output.type)) != "General value"
                assert known or output.type == "ComputerUseRunStatus", (form.id, output)


def test_every_module_and_kind_has_an_icon() -> None:
    assert len(set(ICON_NAMES)) == len(ICON_NAMES)
    used = {icon_name(form.id) for form in load().forms()} | {icon_name(kind) for kind in Kind}
    used |= {icon_name(module) for module in load().modules}
    assert used | {"action"} == set(ICON_NAMES)  # and nothing is drawn for nobody
    assert "action" not in {icon_name(module) for module in load().modules}


@pytest.mark.parametrize(
    ("what", "icon"),
    [
        ("excel.LAUNCHEXCEL.launch", "excel"),
        ("External.RunFlow", "flow"),
        ("External.InvokeCloudConnector", "connector"),
        ("Workstation.PrintDocument", "print"),
        ("PowerAutomateSecretVariables.GetCredential", "key"),
        ("Nowhere.Nothing", "action"),
        (Kind.LOOP_WHILE, "loop"),
        (Kind.SET, "variable"),
        (Kind.OPAQUE, "unknown"),
    ],
)
def test_icons(what: str | Kind, icon: str) -> None:
    assert icon_name(what) == icon
