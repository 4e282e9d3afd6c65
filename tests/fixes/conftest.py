"""Every real export and script, one test each."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def real_exports() -> list[Path]:
    """Return the real exports, unpacked solutions and scripts; empty where there are none."""
    solutions = sorted(SHARED.glob("solutions/*.zip"))
    folders = sorted(path for path in SHARED.glob("unpacked/*") if path.is_dir())
    scripts = sorted(
        path for path in SHARED.glob("scripts/**/*") if path.suffix in (".txt", ".robin")
    )
    return [*solutions, *folders, *scripts]


def _named(path: Path | None) -> str:
    return path.name if path else "none"


@pytest.fixture(params=[*real_exports()] or (None,), ids=_named)
def real_export(request: pytest.FixtureRequest) -> Path:
    """Return a real export, one after the other."""
    if request.param is None:
        pytest.skip("no ../shared/corpus beside this checkout")
    found: Path = request.param
    return found
