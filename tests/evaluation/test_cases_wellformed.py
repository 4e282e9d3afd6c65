"""The evaluation set is what it claims to be: sound scripts, sure places, balance."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from tests.evaluation.judge import Report, judge
from tests.evaluation.loader import CASES, CaseError, load_cases, read_cases
from tests.evaluation.model import BY_VARIABLE, Case, Label

from padguard.catalog.lookup import load
from padguard.flow.build import build_flow
from padguard.flow.model import Flow
from padguard.robin.tree import Role

RULES = (
    *(f"PG10{number}" for number in range(1, 10)),
    *(f"PG20{number}" for number in range(1, 9)),
    *(f"PG30{number}" for number in range(1, 8)),
)
FAMILIES = [
    *(f"carrier-{name}" for name in ("actions", "calls", "child-flows", "elements", "indexing")),
    *(f"carrier-{name}" for name in ("interpolation", "lists", "local-scope", "loops")),
    *(f"carrier-{name}" for name in ("objects", "operators", "set", "tables")),
    *(f"flow-{name}" for name in ("cleared", "disabled", "errors", "exit", "goto", "if")),
    *(f"flow-{name}" for name in ("loops", "overwritten", "retry", "switch")),
    *("bare-text", "credentials", "stops"),
]
LANGUAGES = {"de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "zh"}
TOKENS = re.compile(
    r"AKIA[0-9A-Z]{16}|gh[pousr]_\w{36}|xox[abp]-\d+-\w+|-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|Account?Key=[\w+/]{40,}|SharedAccessKey=[\w+/]{40,}|eyJ\w{20,}\.eyJ"
)


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return load_cases()


@pytest.fixture(scope="module")
def models(cases: tuple[Case, ...]) -> dict[tuple[str, str], Flow]:
    return {
        (case.id, part.name): build_flow(part.id, part.name, part.script)
        for case in cases
        for part in case.flows
    }


def labels(case: Case) -> Iterator[Label]:
    yield from (*case.expect, *case.decoys, *case.either)


def is_secret_rule(label: Label) -> bool:
    return label.rules[0].startswith("PG1")


def test_every_script_is_understood(models: dict[tuple[str, str], Flow]) -> None:
    unclear = {key: flow.script.diagnostics for key, flow in models.items()}
    assert {key: found for key, found in unclear.items() if found} == {}


def test_every_action_and_parameter_is_real(models: dict[tuple[str, str], Flow]) -> None:
    catalog = load()
    unknown = []
    for (case, _), flow in models.items():
        for action in flow.actions:
            statement = action.statement
            if not statement.action or statement.action.endswith(".GetCredential"):
                continue
            form = catalog.form(statement.action)
            if form is None:
                unknown.append((case, statement.action))
                continue
            names = {parameter.name for parameter in form.inputs}
            results = {parameter.name for parameter in form.outputs}
            for clause in statement.clauses:
                known = {Role.ARGUMENT: names, Role.RESULT: results}.get(clause.role)
                if known is not None and not clause.dynamic and clause.name not in known:
                    unknown.append((case, f"{statement.action} {clause.name}"))
    assert unknown == []


def test_every_label_names_a_place_that_exists(
    cases: tuple[Case, ...], models: dict[tuple[str, str], Flow]
) -> None:
    wrong = []
    for case in cases:
        for label in labels(case):
            flow = models.get((case.id, label.part))
            if flow is None:
                parts = (*case.cloud_flows, *case.environment)
                names = {getattr(p, "name", "") or getattr(p, "schema_name", "") for p in parts}
                if label.part not in names:
                    wrong.append((case.id, label.part))
                continue
            variables = {variable.name.casefold() for variable in flow.variables}
            if label.variable and label.variable.casefold() not in variables:
                wrong.append((case.id, label.variable))
            rows = {(a.subflow.name, a.row) for a in flow.actions}
            if label.row is not None and (label.subflow, label.row) not in rows:
                wrong.append((case.id, str(label.row)))
    assert wrong == []


def test_labels_of_rules_about_variables_name_one(cases: tuple[Case, ...]) -> None:
    without = [
        (case.id, label)
        for case in cases
        for label in labels(case)
        if BY_VARIABLE & set(label.rules) and not label.variable
    ]
    assert without == []


def test_labels_name_rules_that_exist_and_no_place_twice(cases: tuple[Case, ...]) -> None:
    for case in cases:
        assert {rule for label in labels(case) for rule in label.rules} <= set(RULES), case.id
        places = [
            (label.rules, label.part, label.subflow, label.row, label.variable)
            for label in labels(case)
            if label.part in {part.name for part in case.flows} and label.row
        ]
        assert len(places) == len(set(places)), case.id


def test_a_case_has_the_labels_of_its_kind(cases: tuple[Case, ...]) -> None:
    for case in cases:
        secret = [label for label in case.expect if is_secret_rule(label)]
        leaks = [label for label in case.expect if not is_secret_rule(label)]
        decoys = [label for label in case.decoys if is_secret_rule(label)]
        harmless = [label for label in case.decoys if not is_secret_rule(label)]
        sound = {
            "secret": bool(secret),
            "decoy": bool(decoys) and not secret,
            "leak": bool(leaks),
            "nonleak": bool(harmless),
        }
        assert sound[case.kind], case.id
        assert case.about, case.id
        assert all(label.why for label in case.decoys), case.id


def test_as_many_decoys_as_secrets_and_harmless_cases_as_leaks(cases: tuple[Case, ...]) -> None:
    kinds = Counter(case.kind for case in cases)
    assert kinds["secret"] == kinds["decoy"]
    assert kinds["leak"] == kinds["nonleak"]
    assert len(cases) >= 330
    assert len({case.id for case in cases}) == len(cases)


def test_a_third_is_hard_and_every_language_is_there(cases: tuple[Case, ...]) -> None:
    hard = sum(case.hard for case in cases) / len(cases)
    assert 0.3 <= hard <= 0.4
    assert {case.language for case in cases} == LANGUAGES
    assert min(Counter(case.language for case in cases).values()) >= 15


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_family_and_labels_both_ways(cases: tuple[Case, ...], rule: str) -> None:
    family = {case.kind for case in cases if case.family == rule.lower()}
    assert family in ({"secret", "decoy"}, {"leak", "nonleak"})
    assert sum(label.rules[0] == rule for case in cases for label in case.expect) >= 6
    assert sum(label.rules[0] == rule for case in cases for label in case.decoys) >= 6


@pytest.mark.parametrize("family", FAMILIES)
def test_every_carrier_has_a_family_both_ways(cases: tuple[Case, ...], family: str) -> None:
    kinds = {case.kind for case in cases if case.family == family}
    assert {"leak", "nonleak"} <= kinds


def test_no_file_holds_a_token_in_one_piece() -> None:
    whole = {
        file.name: found.group()
        for file in CASES.glob("*/*.cases")
        if (found := TOKENS.search(file.read_text(encoding="utf-8")))
    }
    assert whole == {}


def test_the_joined_texts_are_whole_in_the_scripts(cases: tuple[Case, ...]) -> None:
    scripts = [part.script for case in cases for part in case.flows]
    assert not any("{{join" in script or "{{dpapi" in script for script in scripts)
    assert sum(bool(TOKENS.search(script)) for script in scripts) >= 5


def case_of(cases: tuple[Case, ...], name: str) -> Case:
    return next(case for case in cases if case.id == name)


def test_a_perfect_result_is_judged_perfect(cases: tuple[Case, ...]) -> None:
    for case in cases:
        reports = [
            Report(label.rules[0], label.part, label.subflow, label.row, (label.variable,))
            for label in case.expect
        ]
        verdict = judge(case, reports)
        assert not verdict.missed, case.id
        assert not verdict.wrong, case.id


def test_findings_on_decoys_are_judged_wrong(cases: tuple[Case, ...]) -> None:
    for case in cases:
        for label in case.decoys:
            report = Report(label.rules[0], label.part, label.subflow, label.row, (label.variable,))
            assert judge(case, [report]).wrong == (report,), (case.id, label)


def test_a_group_counts_once_wherever_it_is_found(cases: tuple[Case, ...]) -> None:
    case = case_of(cases, "pg102-cut-in-pieces")
    second = Report("PG102", case.flows[0].name, "Main", 2)
    verdict = judge(case, [second])
    assert (len(verdict.found), verdict.missed, verdict.wrong) == (1, (), ())
    assert len(judge(case, []).missed) == 1


def test_an_alternative_rule_satisfies_a_label(cases: tuple[Case, ...]) -> None:
    case = case_of(cases, "pg102-name-not-marked")
    name = case.flows[0].name
    literal = Report("PG102", name, "Main", 2)
    verdict = judge(case, [literal, Report("PG201", name, "Main", 2, ("CONTRASEÑA",))])
    assert (len(verdict.found), verdict.missed, verdict.wrong) == (2, (), ())


@pytest.mark.parametrize(
    "text",
    [
        "=== a | secret | en | sap\nAbout.\n--- flow F\nWAIT 1 <<< PG1\n",
        "=== a | riddle | en | sap\nAbout.\n--- flow F\nWAIT 1 <<< PG101\n",
        "=== a | secret | en | sap\nAbout.\n--- flow F\nWAIT 1\n <<< PG101\n",
        "=== a | secret | en | sap | easy\nAbout.\n--- flow F\nWAIT 1 <<< PG101\n",
        "=== a | secret | en | sap\nAbout.\n--- page F\nWAIT 1 <<< PG101\n",
    ],
)
def test_a_broken_case_is_refused_with_its_name(tmp_path, text: str) -> None:
    file = tmp_path / "broken.cases"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=r"broken\.cases, case 'a "):
        list(read_cases(file))
