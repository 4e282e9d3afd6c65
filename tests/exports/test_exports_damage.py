"""One damaged part costs only itself; what is left opens, and the problem says where and why."""

from typing import Any

import pytest

from padguard.exports.model import Export
from padguard.exports.open import open_export
from padguard.exports.reconcile import changed_members
from padguard.foundation.errors import OpenError, SaveError

HEALTHY = "Healthy"


def opened(made: Any, damaged: Any, **members: bytes) -> Export:
    healthy = made.Flow(number=2, name=HEALTHY)
    return open_export(made.solution(damaged, healthy, members=members))


def names(export: Export) -> list[str]:
    return [flow.name for flow in export.desktop_flows]


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        ('"never ends', "no valid JSON"),
        ("SET A TO 1", "no valid JSON"),
        ('{"not": "text"}', "no text"),
        ("", "no script"),
    ],
)
def test_definition(made: Any, definition: str, words: str) -> None:
    export = opened(made, made.Flow(definition=definition))
    assert names(export) == [HEALTHY]
    assert [(p.where, words in str(p.message)) for p in export.problems] == [("Greeter", True)]


@pytest.mark.parametrize("damage", ["<Note>", "</Definition>", "<a b>", "\x01", "&nbsp;"])
def test_xml_of_one_flow(made: Any, damage: str) -> None:
    export = opened(made, made.Flow(extra=damage))
    assert names(export) == [HEALTHY]
    assert [problem.where for problem in export.problems] == ["customizations.xml", "Greeter"]


def test_flow_beside_a_damaged_one_can_be_changed(made: Any) -> None:
    export = opened(made, made.Flow(extra="<Note>"))
    flow = export.desktop_flows[0]
    changed = changed_members(export, {flow.id: made.script("User")})
    assert changed["customizations.xml"].count(b"@SENSITIVE: [User]") == 1
    assert changed["customizations.xml"].count(b'"format":"password"') == 1


def test_xml_cut_off(made: Any) -> None:
    whole = made.members(made.Flow(), made.Flow(number=2, name="Second"))["customizations.xml"]
    cut = whole[: whole.index(b"Second") + 20]
    export = open_export(made.solution(members={"customizations.xml": cut}))
    assert names(export) == ["Greeter"]
    assert export.problems[0].where == "customizations.xml"


def test_payload_beside_the_script(made: Any) -> None:
    export = opened(made, made.Flow(extra="<Inputs>{</Inputs>"))
    assert names(export) == ["Greeter", HEALTHY]
    flow = made.Flow()
    broken = flow.element().replace("<Inputs>{", "<Inputs>[{", 1).encode()
    whole = made.members(flow)["customizations.xml"].replace(flow.element().encode(), broken)
    export = open_export(made.solution(members={"customizations.xml": whole}))
    assert names(export) == ["Greeter"]
    assert export.desktop_flows[0].inputs is None
    assert [problem.where for problem in export.problems] == ["Greeter"]
    with pytest.raises(SaveError, match="Greeter"):
        changed_members(export, {flow.id: made.script("User")})


@pytest.mark.parametrize("package", ["not base64!", "AAAA", "UEsDBA=="])
def test_package_beside_a_definition(made: Any, package: str) -> None:
    export = opened(made, made.Flow(package=package))
    assert names(export) == ["Greeter", HEALTHY]
    assert not export.desktop_flows[0].has_package
    assert [problem.where for problem in export.problems] == ["Greeter"]


def test_package_that_is_all_there_is(made: Any) -> None:
    export = opened(made, made.Flow(package="AAAA", with_definition=False))
    assert names(export) == [HEALTHY]
    assert [problem.where for problem in export.problems] == ["Greeter"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]"])
def test_json_of_a_flow(made: Any, content: bytes) -> None:
    flow = made.Flow()
    export = opened(made, flow, **{flow.json_member: content})
    assert names(export) == ["Greeter", HEALTHY]
    assert bool(export.problems) == (content != b"[]")


def test_json_of_a_cloud_flow_missing(made: Any) -> None:
    cloud = made.Flow(name="Cloud")
    element = cloud.element().replace("<Category>6", "<Category>5").encode()
    whole = made.members(cloud, made.Flow(number=2, name=HEALTHY))
    changed = whole["customizations.xml"].replace(cloud.element().encode(), element)
    members = {"customizations.xml": changed, cloud.json_member: None}
    export = open_export(made.solution(made.Flow(number=2, name=HEALTHY), members=members))
    assert (names(export), export.cloud_flows) == ([HEALTHY], ())
    assert [problem.where for problem in export.problems] == ["Cloud"]


def test_two_flows_with_one_id(made: Any) -> None:
    export = open_export(made.solution(made.Flow(), made.Flow(name="Double")))
    assert names(export) == ["Greeter"]
    assert [problem.where for problem in export.problems] == ["Double"]


@pytest.mark.parametrize(
    "member",
    ["solution.xml", "desktopflowbinaries/1/desktopflowbinary.xml",
     "environmentvariabledefinitions/a/environmentvariabledefinition.xml"],
)  # fmt: skip
def test_other_parts(made: Any, member: str) -> None:
    export = opened(made, made.Flow(), **{member: b"<broken"})
    assert names(export) == ["Greeter", HEALTHY]
    assert [problem.where for problem in export.problems] == [member]


def test_what_holds_nothing_of_a_solution(made: Any) -> None:
    path = made.write(made.zip({"word/document.xml": b"<w/>"}), "letter.zip")
    with pytest.raises(OpenError, match=r"letter\.zip"):
        open_export(path)
    with pytest.raises(OpenError):
        open_export(made.unpack({"letter.txt": b"Dear"}, "letters"))
    with pytest.raises(OpenError):
        open_export(made.folder / "nowhere.zip")
