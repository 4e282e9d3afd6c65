"""Fixtures that all tests share: the real exports, the sample, settings that touch nobody's own."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"

if sys.platform.startswith("linux") and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A slow machine is no failure: no deadlines. In CI the same examples every time.
settings.register_profile("quick", max_examples=50, deadline=None, derandomize="CI" in os.environ)
settings.register_profile("thorough", max_examples=2000, deadline=None)
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the options of this project's tests."""
    parser.addoption(
        "--every-place",
        action="store_true",
        help="try every fix wherever it applies, not at some places of each flow",
    )


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep settings and logs of every test in a folder of its own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PADGUARD_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real exports and scripts; it is no part of the project."""
    folder = SHARED / "corpus"
    if not folder.is_dir():
        pytest.skip("no ../shared/corpus beside this checkout")
    return folder


@pytest.fixture(scope="session")
def reference() -> Path:
    """Return the folder of reference facts; it is no part of the project."""
    folder = SHARED / "reference"
    if not folder.is_dir():
        pytest.skip("no ../shared/reference beside this checkout")
    return folder


@pytest.fixture(scope="session")
def sample() -> Path:
    """Return the bundled sample export."""
    return PROJECT / "resources" / "samples" / "InvoiceDesk_1_0_0_1.zip"
