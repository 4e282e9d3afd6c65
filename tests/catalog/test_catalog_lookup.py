"""The catalogue holds the reference facts, and finds them whatever the case."""

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from padguard.catalog.forms import ActionForm, Parameter
from padguard.catalog.lookup import Catalog, load
from padguard.catalog.names import readable
from padguard.foundation.paths import resources_dir

PROJECT = Path(__file__).resolve().parents[2]
Fact = dict[str, Any]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


@pytest.fixture(scope="module")
def facts(reference: Path) -> list[Fact]:
    lines = (reference / "actions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    path = PROJECT / "packaging" / "build_catalog.py"
    spec = importlib.util.spec_from_file_location("build_catalog", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def of(catalog: Catalog, action_id: str) -> ActionForm:
    form = catalog.form(action_id)
    assert form is not None, action_id
    return form


def test_every_form_of_the_reference_is_there_and_no_other(
    catalog: Catalog, facts: list[Fact]
) -> None:
    assert sorted(form.id for form in catalog.forms()) == sorted(fact["id"] for fact in facts)
    assert len(facts) == 1104


def test_inputs_equal_the_reference(
    catalog: Catalog, facts: list[Fact], builder: ModuleType
) -> None:
    for fact in facts:
        known: dict[str, Parameter] = {p.name: p for p in of(catalog, fact["id"]).inputs}
        folded = {name.lower() for name in known}
        assert folded == {source["name"].lower() for source in fact["inputs"]}, fact["id"]
        for source in fact["inputs"]:
            if source["name"] not in known:
                assert fact["id"] == "Text.Replace"  # twice the same, in two spellings
                continue
            parameter = known[source["name"]]
            assert parameter.type == source.get("type")
            assert parameter.required is source.get("required", False)
            assert parameter.default == source.get("default")
            assert parameter.secret is source.get("secret", False)
            assert parameter.may_hold_secret is source.get("may_hold_secret", False)
            values = source.get("enum")
            expected = None if values is None else () if values is True else tuple(values)
            assert parameter.enum == expected
            if source.get("label"):
                assert parameter.label == builder.LABELS.get(source["label"], source["label"])


def test_outputs_and_the_rest_equal_the_reference(
    catalog: Catalog, facts: list[Fact], builder: ModuleType
) -> None:
    for fact in facts:
        form = of(catalog, fact["id"])
        assert [(o.name, o.type, o.variable) for o in form.outputs] == [
            (o["name"], o.get("type"), o.get("variable")) for o in fact["outputs"]
        ]
        assert form.kind == builder.KINDS.get(form.id, fact["kind"])
        assert form.title == builder.TITLES.get(form.id, fact["action"])
        assert list(form.roles) == fact.get("roles", [])
        assert form.needs_ui_element is fact.get("needs_ui_element", False)
        assert form.observed_only is fact.get("observed_only", False)
        if "dlp_group" in fact:
            assert form.dlp_group == fact["dlp_group"]


def test_the_files_are_what_the_script_makes_of_the_reference(
    reference: Path, builder: ModuleType, tmp_path: Path
) -> None:
    builder.build(reference, tmp_path)
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    kept = resources_dir() / "catalog"
    assert {kept / path for path in made} >= set((kept / "forms").iterdir())
    for path in made:
        assert (kept / path).read_bytes() == (tmp_path / path).read_bytes(), path


def test_lines_are_sorted_by_id() -> None:
    folder = resources_dir() / "catalog"
    for path in (*folder.glob("*.jsonl"), *folder.glob("forms/*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        ids = [json.loads(line)["id"] for line in lines]
        assert ids == sorted(ids, key=lambda key: (key.lower(), key)), path.name
        assert len({key.lower() for key in ids}) == len(ids), path.name


@pytest.mark.parametrize("spelling", [str.lower, str.upper, str.swapcase])
def test_look_ups_ignore_case(catalog: Catalog, spelling: Callable[[str], str]) -> None:
    form = of(catalog, spelling("Email.SendEmail.AuthenticateAndSend"))
    assert form.id == "Email.SendEmail.AuthenticateAndSend"
    assert form.title == "Send email"
    assert form.module == "Email"
    assert form.dlp_group == "DesktopFlow.Email"
    password = form.input(spelling("Password"))
    assert password is not None
    assert password.secret
    server = form.input(spelling("SMTPServer"))
    assert server is not None
    assert server.required
    assert server.label == "SMTP server"
    session = of(catalog, "AWS.CreateEc2Session.CreateEc2SessionWithAccessKeys")
    client = session.output(spelling("Ec2Client"))
    assert client is not None
    assert client.type == "Ec2ClientObject"
    assert client.label == "EC2 client"


def test_what_is_not_known_is_none(catalog: Catalog) -> None:
    for action_id in ("", "Nowhere.Nothing", "Excel", "Excel.Nothing.AtAll", "../version", "."):
        assert catalog.form(action_id) is None
    form = of(catalog, "Excel.Attach")
    assert form.input("Nothing") is None
    assert form.output("Nothing") is None
    assert catalog.module_name("Nowhere.Nothing") is None
    assert catalog.dlp_group("Nowhere.Nothing") is None
    assert catalog.enum_values("Nowhere", "Nothing") == ()


def test_a_module_is_known_where_the_form_is_not(catalog: Catalog) -> None:
    get_credential = "PowerAutomateSecretVariables.GetCredential"
    assert catalog.form(get_credential) is None
    assert catalog.module_name(get_credential) == "Power Automate secret variables"
    assert catalog.dlp_group(get_credential) == "DesktopFlow.PowerAutomateSecretVariables"
    assert catalog.dlp_group("excel.somethingnew") == "DesktopFlow.Excel"


def test_modules_are_the_first_parts_of_ids(catalog: Catalog) -> None:
    assert {form.id.partition(".")[0].lower() for form in catalog.forms()} < catalog.modules
    assert {"uiautomation", "webautomation", "powerautomatesecretvariables"} < catalog.modules


def test_forms_by_dlp_group(catalog: Catalog) -> None:
    short = catalog.in_dlp_group("desktopflow.cyberark")
    full = catalog.in_dlp_group(
        "/providers/Microsoft.ProcessSimple/operationGroups/DesktopFlow.CyberArk"
    )
    assert [form.id.partition(".")[0] for form in short] == ["Cyberark"] * 3
    assert short == full
    assert [form.id for form in catalog.in_dlp_group("DesktopFlow.Runflow")] == ["External.RunFlow"]
    assert catalog.in_dlp_group("DesktopFlow.Nothing") == ()


def test_enumerations(catalog: Catalog) -> None:
    values = catalog.enum_values("webautomation", "POPULATETEXTMODE")
    assert "Replace" in values
    assert catalog.enum_values("WebAutomation", "String") == ()
    mode = of(catalog, "WebAutomation.PopulateTextField.PopulateTextField").input("mode")
    assert mode is not None
    assert mode.enum == values
    assert mode.enum_value("rePLACE") == "Replace"
    assert mode.enum_value("Nothing") is None


def test_kinds_say_where_an_action_may_stand(catalog: Catalog) -> None:
    assert of(catalog, "File.IfFile.Exists").kind == "Condition"
    assert of(catalog, "System.WaitForProcess.ProcessToStop").kind == "Wait"
    assert of(catalog, "UIAutomation.WaitForImage.ToAppearOnScreen").kind == "Wait"
    assert of(catalog, "WorkQueues.ProcessWorkQueueItem").kind == "While"
    assert of(catalog, "Excel.Attach").kind == "Action"


def test_loading_reads_nothing_and_a_form_reads_its_module_only(tmp_path: Path) -> None:
    source = resources_dir() / "catalog"
    (tmp_path / "forms").mkdir()
    catalog = Catalog(tmp_path)
    for name in ("modules.jsonl", "forms/Excel.jsonl"):
        (tmp_path / name).write_bytes((source / name).read_bytes())
    assert catalog.form("Excel.Attach") is not None
    assert catalog.form("Word.Attach") is None  # the file of its module is not there


def test_the_version_names_the_build(catalog: Catalog) -> None:
    assert catalog.version == "3.3.0 (Power Automate for desktop 2.73.00155.26278)"


def test_the_credit_travels_with_the_data() -> None:
    readme = (resources_dir() / "catalog" / "README.md").read_text(encoding="utf-8")
    for credit in ("Joe Green", "JoeG592/pad-robin-action-kb", "CC BY 4.0", "Changes were made"):
        assert credit in readme


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("BrowserInstance", "Browser instance"),
        ("SMTPServer", "SMTP server"),
        ("IsBodyHtml", "Is body HTML"),
        ("Ec2Client", "EC2 client"),
        ("SubstractDate", "Subtract date"),
        ("X1", "X1"),
        ("SortBy1", "Sort by 1"),
        ("LeftClick", "Left click"),
        ("Input_LogPath", "Input log path"),
        ("Base64Text", "Base64 text"),
        ("行高", "行高"),
        ("_", "_"),
        ("", ""),
    ],
)
def test_names_become_words(name: str, words: str) -> None:
    assert readable(name) == words
