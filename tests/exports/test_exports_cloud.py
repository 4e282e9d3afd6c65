"""The texts of cloud flows change, and nothing else does."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from padguard.exports.cloud import with_cloud_texts
from padguard.exports.jsonspans import insert_member_edit, member_span, remove_member_edit
from padguard.exports.model import Export
from padguard.exports.open import open_bytes, open_export, read_member
from padguard.exports.reconcile import changed_members, rewritten_members
from padguard.exports.save import render_export, save_export
from padguard.foundation.edits import apply_edits
from padguard.foundation.errors import EditError, SaveError

RUN = ["properties", "definition", "actions", "Run"]
PASSWORD = [*RUN, "inputs", "parameters", "item/Password"]
SECURE = '{"secureData":{"properties":["inputs","outputs"]}}'


def cloud_json(**layout: Any) -> str:
    """Return the text of a cloud flow that runs a desktop flow."""
    parameters = {"uiFlowId": "x", "item/User": "Ada", "item/Password": "Tr0mbone!", "item/Ü": 1.50}
    run = {"type": "OpenApiConnection", "inputs": {"parameters": parameters}, "runAfter": {}}
    content = {"properties": {"definition": {"actions": {"Run": run}}}, "schemaVersion": "1.0.0.0"}
    return json.dumps(content, ensure_ascii=False, **layout)


def pretty() -> str:
    return cloud_json(indent=2).replace("\n", "\r\n")


def without_password(text: str) -> str:
    return apply_edits(text, [remove_member_edit(text, PASSWORD)])


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def parameters_of(export: Export) -> dict[str, Any]:
    definition = export.cloud_flows[0].definition["properties"]["definition"]
    found: dict[str, Any] = definition["actions"]["Run"]["inputs"]["parameters"]
    return found


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_the_member_of_the_cloud_flow_changes(made: Any, mark: str) -> None:
    text = mark + pretty()
    path = made.solution(made.Flow(), made.Cloud(text))
    export = open_export(path)
    cloud = export.cloud_flows[0]
    assert (cloud.id, cloud.text, export.problems) == (made.Cloud(text).id, text, ())
    assert "Tr0mbone!" not in repr(cloud)

    new = without_password(text)
    assert new == text.replace(next(line for line in lines(text) if "item/Password" in line), "")
    rendered = render_export(export, {}, {cloud.id: new})
    before, after = contents(path.read_bytes()), contents(rendered)
    assert [name for name in before if before[name] != after[name]] == [cloud.member]
    assert after[cloud.member] == new.encode()
    again = open_bytes(rendered, "again.zip")
    assert (again.cloud_flows[0].text, again.problems) == (new, ())
    assert "item/Password" not in parameters_of(again)
    assert changed_members(again, {}, {cloud.id: text})[cloud.member] == text.encode()


def test_what_stays_is_not_written(made: Any, tmp_path: Path) -> None:
    path = made.solution(made.Flow(), made.Cloud(pretty()), made.Cloud(pretty(), 8, "Daily"))
    export = open_export(path)
    texts = {cloud.id: cloud.text for cloud in export.cloud_flows}
    assert changed_members(export, {}, texts) == {}
    assert changed_members(export, {}, {"unknown": "{}"}) == {}
    first, second = export.cloud_flows
    texts[second.id] = without_password(second.text)
    assert list(changed_members(export, {}, texts)) == [second.member]
    save_export(export, {}, tmp_path / "new.zip", cloud=texts)
    assert open_export(tmp_path / "new.zip").cloud_flows[0] == first


def test_scripts_and_cloud_flows_change_together(made: Any) -> None:
    export = open_export(made.solution(made.Flow(), made.Cloud(pretty())))
    flow, cloud = export.desktop_flows[0], export.cloud_flows[0]
    new = apply_edits(
        cloud.text, [insert_member_edit(cloud.text, RUN, "runtimeConfiguration", SECURE)]
    )
    changed = changed_members(export, {flow.id: made.script("User")}, {cloud.id: new})
    assert sorted(changed) == [cloud.member, "customizations.xml"]
    assert '\r\n          "runtimeConfiguration": {\r\n            "secureData": {\r\n' in new


def test_new_text_is_read_and_saved(made: Any) -> None:
    export = open_export(made.solution(made.Flow(), made.Cloud(pretty())))
    cloud = export.cloud_flows[0]
    new = without_password(cloud.text)
    later = with_cloud_texts(export, {cloud.id: new, "unknown": "no JSON"})
    assert (later.cloud_flows[0].text, later.cloud_flows[0].member) == (new, cloud.member)
    assert "item/Password" not in parameters_of(later)
    assert "item/Password" in parameters_of(export)
    assert later.desktop_flows is export.desktop_flows
    assert later.source is export.source
    assert changed_members(later, {}) == {cloud.member: new.encode()}
    assert changed_members(later, {}, {cloud.id: cloud.text}) == {}
    back = with_cloud_texts(later, {cloud.id: cloud.text})
    assert back == export
    assert changed_members(back, {}) == {}
    assert with_cloud_texts(export, {}).cloud_flows[0] is cloud


@pytest.mark.parametrize("text", ["", "{", '{"a":' * 300 + "1" + "}" * 300, "[]]"])
def test_text_that_cannot_be_read_again_is_refused(made: Any, text: str) -> None:
    export = open_export(made.solution(made.Flow(), made.Cloud(pretty())))
    cloud_id = export.cloud_flows[0].id
    with pytest.raises(EditError, match="Nightly"):
        with_cloud_texts(export, {cloud_id: text})
    with pytest.raises(SaveError, match="Nightly"):
        changed_members(export, {}, {cloud_id: text})


def test_text_that_cannot_be_stored_is_refused(made: Any) -> None:
    export = open_export(made.solution(made.Flow(), made.Cloud(pretty())))
    with pytest.raises(SaveError, match="character 7"):
        changed_members(export, {}, {export.cloud_flows[0].id: '{"a":"\ud800"}'})


def test_a_file_that_two_flows_share_is_not_changed(made: Any) -> None:
    class Twin(made.Cloud):  # type: ignore[misc]  # the fixture has no type
        json_member = made.Cloud("").json_member

    export = open_export(made.solution(made.Flow(), made.Cloud(pretty()), Twin(pretty(), 8)))
    first, second = export.cloud_flows
    assert first.member == second.member
    assert changed_members(export, {}) == {}
    new = without_password(pretty())
    with pytest.raises(SaveError, match="another flow"):
        changed_members(export, {}, {first.id: new})
    both = changed_members(export, {}, {first.id: new, second.id: new})
    assert both == {first.member: new.encode()}


@pytest.mark.parametrize("layout", [{"indent": 2}, {"separators": (",", ":")}])
def test_unpacked_for_source_control(made: Any, layout: dict[str, Any]) -> None:
    made_cloud = made.Cloud(cloud_json(**layout))
    element = f'<?xml version="1.0"?>{made_cloud.element("").strip()}'
    members = {
        made_cloud.json_member: made_cloud.text.encode(),
        f"{made_cloud.json_member}.data.xml": element.encode(),
        "Other/Solution.xml": made.members()["solution.xml"],
    }
    root = made.unpack({f"src/{name}": data for name, data in members.items()})
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    export = open_export(root)
    cloud = export.cloud_flows[0]
    assert (cloud.id, export.problems) == (made_cloud.id, ())
    save_export(export, {}, root, cloud={cloud.id: without_password(cloud.text)})
    after = {path: path.read_bytes() for path in before}
    assert [path.name for path in before if before[path] != after[path]] == [
        Path(cloud.member).name
    ]
    assert open_export(root).cloud_flows[0].text == without_password(made_cloud.text)
    save_export(export, {}, root)
    assert {path: path.read_bytes() for path in before} == before


def test_without_its_element_the_id_is_that_of_the_file_name(made: Any) -> None:
    text = pretty()
    member = made.Cloud(text).json_member
    root = made.unpack({member: text.encode()})
    export = open_export(root)
    cloud = export.cloud_flows[0]
    assert (cloud.id, cloud.text) == (made.Cloud(text).id, text)
    changed = changed_members(export, {}, {cloud.id: without_password(text)})
    assert changed == {member: without_password(text).encode()}


def test_an_argument_of_a_real_cloud_flow_is_taken_out(corpus: Path, tmp_path: Path) -> None:
    path = corpus / "solutions" / "ConstructionFunding_1_0_0_5.zip"
    export = open_export(path)
    cloud = next(cloud for cloud in export.cloud_flows if '"item/Password"' in cloud.text)
    for name, data in rewritten_members(export).items():
        assert data == read_member(export, name), name
    where = next(paths_to("item/Password", cloud.definition))
    new = apply_edits(cloud.text, [remove_member_edit(cloud.text, where)])
    line = next(line for line in lines(cloud.text) if '"item/Password"' in line)
    assert new == cloud.text.replace(line, "")

    target = tmp_path / "new.zip"
    save_export(export, {}, target, cloud={cloud.id: new})
    again = open_export(target)
    before, after = contents(path.read_bytes()), contents(target.read_bytes())
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == [cloud.member]
    assert next(c for c in again.cloud_flows if c.id == cloud.id).text == new
    assert (again.problems, again.desktop_flows) == ((), export.desktop_flows)

    restored = changed_members(again, {}, {cloud.id: cloud.text})
    assert restored == {cloud.member: before[cloud.member]}
    save_export(export, {}, target, cloud={cloud.id: cloud.text})
    assert target.read_bytes() == path.read_bytes()


def test_what_is_taken_out_of_real_cloud_flows_and_put_back_is_laid_out_as_it_was(
    corpus: Path,
) -> None:
    for name in ("ConstructionFunding_1_0_0_2.zip", "ConstructionFunding_1_0_0_5.zip"):
        for cloud in open_export(corpus / "solutions" / name).cloud_flows:
            for where in paths_to("inputs", cloud.definition):
                span = member_span(cloud.text, where)
                assert span is not None
                new = apply_edits(cloud.text, [remove_member_edit(cloud.text, where)])
                value = cloud.text[slice(*span.value)]
                edit = insert_member_edit(new, where[:-1], where[-1], value)
                again = apply_edits(new, [edit])
                assert json.loads(again) == cloud.definition
                assert len(again) == len(cloud.text)


def paths_to(key: str, value: Any, path: tuple[Any, ...] = ()) -> Any:
    """Yield the path of every member of that name, in the order of the text."""
    if isinstance(value, dict):
        items = list(value.items())
    else:
        items = list(enumerate(value)) if isinstance(value, list) else []
    for step, held in items:
        if step == key:
            yield (*path, step)
        yield from paths_to(key, held, (*path, step))
