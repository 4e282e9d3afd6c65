"""The conformance set: what the real designer did with 443 pastes."""

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from padguard.flow.snippet import Reason, check_snippet


class Probe(NamedTuple):
    """A text that was pasted, and what came of it: ``clean``, ``errors`` or ``rejected``."""

    id: str
    outcome: str
    robin: str


@pytest.fixture(scope="module")
def probes(reference: Path) -> list[Probe]:
    """Return the probes; they are no part of the project."""
    lines = (reference / "probes.jsonl").read_text(encoding="utf-8").splitlines()
    records = map(json.loads, lines)
    return [Probe(record["id"], record["outcome"], record["robin"]) for record in records]


# What a probe's name tells of the reason that it was dropped for.
KINDS = {
    r"V\d\d-(.*-pct|expr-.*|concat-.*|literal-pct)|C(21|22|28|38)-|L05-|R(01|05|24)-|B0[35]-|R9-07-":
        "Percent signs belong only inside text",
    r"S01-pct-literal|S22-pct-alone": "write %% for the sign itself",
    r"S05-apostrophe|S06-quote-end|S07-quote-doubled|S24-sql-quotes|Q5-apos-multiline|X0[479]-":
        r"An apostrophe inside text must be written \'",
    r"S12-bs-end": "backslash before the closing quotes",
    r"S31-bs-var-var": "backslash before a %variable%",
    r"KW-(prop|str|arg)-.*|KP-.*|X02-|X10-": "cannot follow a dot",
    r"KW-var-.*|KV-.*": "is a word of the language and cannot be a name",
    r".*elseif-action.*": "ELSE IF cannot ask an action",
    r"W07-case-contains": "CASE takes only a comparison",
    r"E06-onerror-goto": "below ON ERROR",
    r"E20-region-word": "A region is written **REGION",
    r"E22-meta-other": "does not accept this @@ line",
    r"F0\d-function.*": "A subflow cannot be pasted",
    r"R16-two-per-line": "A second statement starts at SET",
    r"OB9-block-ifinside": "An error handler cannot hold IF",
    r"(V-|H-|Y19).*": "only directly above an action",
}  # fmt: skip


def reasons_that_drop(probe: Probe) -> list[Reason]:
    """Return why the whole paste would be dropped."""
    return [reason for reason in check_snippet(probe.robin) if reason.drops_paste]


def test_every_clean_probe_is_accepted(probes: list[Probe]) -> None:
    clean = [probe for probe in probes if probe.outcome == "clean"]
    assert clean
    assert {probe.id: check_snippet(probe.robin) for probe in clean} == {
        probe.id: [] for probe in clean
    }


def test_every_rejected_probe_is_refused_for_its_reason(probes: list[Probe]) -> None:
    rejected = [probe for probe in probes if probe.outcome == "rejected"]
    assert rejected
    assert [probe.id for probe in rejected if not reasons_that_drop(probe)] == []
    unnamed = []
    for probe in rejected:
        words = next((w for pattern, w in KINDS.items() if re.match(pattern, probe.id)), None)
        if words is None:
            unnamed.append(probe.id)
        else:
            said = [str(reason.message) for reason in reasons_that_drop(probe)]
            assert any(words in text for text in said), (probe.id, said)
    assert unnamed == ["V40-var-digit", "FX10-nofrom"]  # a digit first, a text torn apart


def test_probes_that_land_with_errors_are_no_drops(probes: list[Probe]) -> None:
    wrong = [probe for probe in probes if probe.outcome == "errors"]
    assert [probe.id for probe in wrong if reasons_that_drop(probe)] == []
    caught = [probe.id for probe in wrong if check_snippet(probe.robin)]
    missed = sorted({probe.id for probe in wrong} - set(caught))
    print(f"{len(caught)} of {len(wrong)} probes with errors are caught")  # noqa: T201 - a measure
    # What is missed would take the properties of every type, and where the text is pasted.
    assert missed == ["E11-exit-function", "V58-list-isempty"]
