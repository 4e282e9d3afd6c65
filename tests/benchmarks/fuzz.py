"""Opens and analyses mutated scripts and prints what went wrong; nothing may crash or hang.

Usage: ``python -m tests.benchmarks.fuzz [--runs 100000] [--seconds 0] [--seed 1]``. It ends at the
given number of runs, or of seconds where that is not 0, and exits with 1 when a run failed.
"""

import argparse
import random
import sys
import time
import traceback
from pathlib import Path

from padguard.analysis.inspection import Inspector
from padguard.analysis.options import Options
from padguard.exports.model import Export, ExportKind
from padguard.flow.build import build_flow
from padguard.flow.words import summary
from padguard.robin.parser import parse
from padguard.rules.engine import Selection, find

SLOW = 5.0  # seconds for one script of a few thousand characters
LONGEST = 6000  # characters that a script starts from
ROOT = Path(__file__).resolve().parents[2]
_PIECES = (
    "$'''", "'''", "'", "%", "%%", "\\", "{", "}", "[", "]", "(", ")", "=>", ":", "@@", "@",
    "#", "/#", "#/", "\r\n", "\n", "\r", "\u2028", "\ufeff", "\x00", "SET X TO ", "IF ", " THEN",
    "ELSE", "END", "LOOP WHILE (1) = (1)", "GOTO A", "LABEL A", "CALL S", "FUNCTION S GLOBAL",
    "FUNCTION 'L' a, OUTPUT b", "END FUNCTION", "ON ERROR", "ON BLOCK ERROR all", "BLOCK",
    "EXIT FUNCTION", "EXIT LOOP", "NEXT LOOP", "DISABLE ", "SWITCH X", "CASE = 1", "DEFAULT",
    "THROW ERROR", "REPEAT BLOCK", "ERROR => E", "@SENSITIVE: [Password]",
    "@INPUT Password : { 'DefaultValue': 'x', 'Type': 'String' }",
    "External.RunFlow FlowId: 'a' @Password: Password @Out=> Out", "$fx'=", "P'AQAAANCM'",
    "Password", "password=hunter22;", "Display.ShowMessageDialog.ShowMessage Message: Password",
    "ヴァリュー", "🔑",
)  # fmt: skip


def seeds() -> list[str]:
    """Return real scripts where they are at hand, and those of the sample."""
    folder = ROOT.parent / "shared" / "corpus" / "scripts"
    files = [*(ROOT / "packaging" / "sample").glob("*.robin"), *folder.rglob("*.*")]
    texts = [file.read_text(encoding="utf-8", errors="replace") for file in sorted(files)]
    return [text[:LONGEST] for text in texts]


def mutate(chance: random.Random, texts: list[str]) -> str:
    """Return a script with a few stretches cut out, doubled, swapped or put in."""
    text = chance.choice(texts)
    start = chance.randrange(max(1, len(text)))
    text = text[start : start + chance.randrange(50, 2500)]
    for _ in range(chance.randrange(1, 8)):
        place = chance.randrange(len(text) + 1)
        end = min(len(text), place + chance.randrange(40))
        kind = chance.randrange(4)
        if kind == 0:
            text = text[:place] + text[end:]
        elif kind == 1:
            text = text[:place] + chance.choice(_PIECES) + text[place:]
        elif kind == 2:
            text = text[:end] + text[place:end] + text[end:]
        else:
            text = text[:place] + chance.choice(texts)[:200] + text[end:]
    return text


def run(text: str) -> None:
    """Do with a script all that the window does.

    Raises:
        AssertionError: The statements do not tile the text.
    """
    script = parse(text)
    assert "".join(script.source(statement) for statement in script.statements) == text
    flow = build_flow("a", "Mutated", script)
    for action in flow.actions:
        assert summary(flow, action).title
    export = Export(None, ExportKind.SCRIPT, "")
    find(Inspector(Options()).inspect(export, [flow]), Selection())


def main() -> int:
    """Run until the bound; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    texts = seeds()
    failures = slow = done = 0
    began = time.monotonic()
    while done < arguments.runs:
        if arguments.seconds and time.monotonic() - began > arguments.seconds:
            break
        text = mutate(chance, texts)
        start = time.monotonic()
        try:
            run(text)
        except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
            failures += 1
            print(f"run {done} failed on {text!r}")
            traceback.print_exc()
        if time.monotonic() - start > SLOW:
            slow += 1
            print(f"run {done} took {time.monotonic() - start:.1f} s on {text!r}")
        done += 1
    print(f"{done} runs, {failures} failed, {slow} slower than {SLOW:.0f} s, seed {arguments.seed}")
    return int(bool(failures or slow))


if __name__ == "__main__":
    sys.exit(main())
