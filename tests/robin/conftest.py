"""Real scripts for the tests of the language."""

import base64
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree


def _definitions(archive: zipfile.ZipFile) -> Iterator[str]:
    if "customizations.xml" in archive.namelist():
        root = etree.fromstring(archive.read("customizations.xml"))
        for element in root.iter("Definition"):
            if element.text:
                yield json.loads(element.text)


def _packages(archive: zipfile.ZipFile) -> Iterator[str]:
    for name in archive.namelist():
        if name.startswith("Workflows/") and name.endswith(".json"):
            stub = json.loads(archive.read(name).decode("utf-8-sig"))
            package = stub["properties"]["definition"].get("package")
            if package:
                with zipfile.ZipFile(io.BytesIO(base64.b64decode(package))) as inner:
                    yield inner.read("script.robin").decode("utf-16-le")


@pytest.fixture(scope="session")
def exported_scripts(corpus: Path) -> list[str]:
    """Return the script of every flow of every real export, each distinct one once."""
    scripts: dict[str, None] = {}
    for path in sorted((corpus / "solutions").glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            scripts.update(dict.fromkeys(_definitions(archive)))
            scripts.update(dict.fromkeys(_packages(archive)))
    assert scripts
    return list(scripts)


@pytest.fixture(scope="session")
def copied_texts(corpus: Path) -> dict[str, str]:
    """Return every text that was copied from the designer or written for it, by its path."""
    folder = corpus / "scripts"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8-sig")
        for path in sorted(folder.rglob("*.*"))
    }
