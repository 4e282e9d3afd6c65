"""The report as a page: it stands alone, holds no script, keeps secrets and escapes everything."""

import datetime as dt
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reports.hostile import NAMES, SECRET, hostile_report

from padguard.foundation.paths import resources_dir
from padguard.reports.html import HtmlWriter
from padguard.reports.html_text import brief, fit
from padguard.reports.model import ExportReport, Failure, Triage
from padguard.rules.triage import Decisions, State, decide

MADE = dt.datetime(2026, 1, 5, 9, 30, tzinfo=dt.UTC)
IN_SAMPLE = (
    "Paper-Lantern-17",
    "nfd_demo_4pQ8vL2xW9mZ7tRc1K",
    "Silver-Spoon-26",
    "Winter-Harbour-40",
    "Copper-Kettle-63",
    "Blue-Bicycle-18",
    "Garden-Gate-77",
)
VOID = {"meta", "br", "link", "img", "input", "hr"}
TAGS = frozenset(
    {
        *("html", "head", "meta", "title", "style", "body", "svg", "symbol", "path", "circle"),
        *("use", "rect", "a", "header", "h1", "h2", "h3", "h4", "bdi", "p", "nav", "ul", "ol"),
        *("li", "main", "section", "dl", "dt", "dd", "table", "caption", "thead", "tbody"),
        *("tfoot", "tr", "th", "td", "div", "details", "summary", "span", "strong", "br", "pre"),
        "footer",
    }
)
"""All elements that a page may hold."""


class Page(HTMLParser):
    """Takes a page apart: what elements there are, with what attributes, and what text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def handle_comment(self, data: str) -> None:
        message = "the page has a comment"
        raise AssertionError(message)

    @property
    def text(self) -> str:
        return "".join(text for tag, text in self.texts if tag != "style")

    @property
    def style(self) -> str:
        return "".join(text for tag, text in self.texts if tag == "style")

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for found, attributes in self.elements if found == tag]


def written(*reports: ExportReport, failures: tuple[Failure, ...] = (), secrets=False) -> str:
    writer = HtmlWriter(MADE, show_secrets=secrets)
    for report in reports:
        assert writer.add(report) == ""
    return writer.end(failures)


def stands_alone(html: str) -> Page:
    """Check all that must hold for any page, and return it taken apart."""
    page = Page(html)
    assert html.isascii()
    assert html.startswith("<!DOCTYPE html>")
    assert page.open == []
    assert {tag for tag, _ in page.elements} <= TAGS
    for tag, attributes in page.elements:
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            if name in ("href", "src", "srcset", "action", "data", "xlink:href"):
                assert value is not None
                assert value.startswith("#"), (tag, value)
        if "style" in attributes:
            assert attributes["style"] == "position:absolute"
    policy = next(one["content"] for one in page.of("meta") if one.get("http-equiv") is not None)
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    assert "url(" not in page.style
    assert "@import" not in page.style
    assert page.style.strip() == (resources_dir() / "reports/report.css").read_text("ascii").strip()
    identifiers = [one["id"] for _, one in page.elements if "id" in one]
    assert len(identifiers) == len(set(identifiers))
    targets = {one["href"] for _, one in page.elements if "href" in one}
    assert {str(target)[1:] for target in targets} <= set(identifiers)
    return page


@pytest.fixture(scope="module")
def page(sample_report: ExportReport) -> Page:
    return stands_alone(written(sample_report))


def test_the_sample_as_a_page(page: Page, sample_report: ExportReport) -> None:
    findings = [one for one in page.of("details") if one.get("class") == "finding"]
    assert len(findings) == len(sample_report.findings)
    for flow in sample_report.inspection.flows:
        assert flow.name in page.text
    for words in ("What to do first", "What could not be analysed", "Components and access"):
        assert words in page.text
    assert re.search(r"\d+ of 100", page.text)
    assert "100 × 50 ÷ (50 + points)" in page.text
    assert "2026-01-05 09:30" in page.text


def test_every_rule_that_found_something_is_explained_once(
    page: Page, sample_report: ExportReport
) -> None:
    explained = [str(one["id"]) for one in page.of("details") if "rule-" in str(one.get("id"))]
    assert sorted(explained) == sorted({f"rule-{one.rule}" for one in sample_report.findings})


def test_secrets_are_masked(page: Page) -> None:
    assert [secret for secret in IN_SAMPLE if secret.casefold() in page.text.casefold()] == []
    assert "Secrets are masked." in page.text
    assert not [one for one in page.of("p") if one.get("class") == "warning"]


def test_secrets_are_shown_with_a_warning_only(sample_report: ExportReport) -> None:
    page = stands_alone(written(sample_report, secrets=True))
    assert [secret for secret in IN_SAMPLE if secret not in page.text] == []
    assert [one["role"] for one in page.of("p") if one.get("class") == "warning"] == ["note"]
    assert "Secrets are masked." not in page.text


def test_people_who_cannot_see_find_their_way(page: Page) -> None:
    assert page.of("html")[0]["lang"] == "en"
    tags = [tag for tag, _ in page.elements]
    for landmark in ("header", "nav", "main", "footer", "h1"):
        assert tags.count(landmark) == 1, landmark
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(one.get("scope") in ("col", "row") for one in page.of("th"))
    assert page.elements[tags.index("a")][1] == {"class": "skip", "href": "#report"}


def test_severities_are_told_by_icon_and_word(page: Page) -> None:
    spans = [one for one in page.of("span") if str(one.get("class")).startswith("severity ")]
    icons = [one for one in page.of("use") if str(one["href"]).startswith("#icon-")]
    assert len(spans) == len(icons) > 0
    words = {text.strip() for tag, text in page.texts if tag == "span"}
    assert {"critical", "high", "medium", "low", "info"} <= words


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_hostile_names_are_texts(name: str) -> None:
    report = hostile_report(name)
    html = written(report, failures=(Failure(name, name),))
    page = stands_alone(html)
    assert SECRET not in page.text
    shown = brief(fit(name))
    assert shown in page.text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page.text)
    assert len(html) < 400_000


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.text(st.sampled_from("<>&\"'`/=;{}%#-! \n\ta\u202e\u2028\x00\ud800é密")).map(
        lambda text: f"x{text}"
    )
)
def test_any_name_is_a_text(name: str) -> None:
    stands_alone(written(hostile_report(name), failures=(Failure(name, name),)))


def test_an_exports_own_texts_are_never_templates(report_of_text) -> None:
    report = replace(report_of_text("SET Password TO $'''Vy4!quince'''\n"), path="{{ 7 * 7 }}.txt")
    assert "{{ 7 * 7 }}.txt" in stands_alone(written(report)).text


def test_several_exports_and_failures_on_one_page(
    sample_report: ExportReport, report_of_text: Callable[[str], ExportReport]
) -> None:
    other = report_of_text("@SENSITIVE: []\nSET Total TO 1\n")
    page = stands_alone(
        written(sample_report, other, sample_report, failures=(Failure("gone.zip", "No file."),))
    )
    exports = [one for one in page.of("section") if one.get("class") == "export"]
    assert len(exports) == 3
    assert "gone.zip" in page.text
    assert "No file." in page.text
    assert "No finding is open." in page.text


def test_only_failures() -> None:
    page = stands_alone(written(failures=(Failure("gone.zip", "No file."),)))
    assert "No export could be opened" in page.text


def test_what_was_decided_stands_apart(sample_report: ExportReport) -> None:
    today = dt.date(2026, 1, 5)
    decision = decide(
        sample_report.findings[0],
        State.ACCEPTED,
        flow_name="x",
        today=today,
        reason="Agreed <b>with</b> Ada",
    )
    triage = Triage(Decisions([decision]), today)
    page = stands_alone(written(replace(sample_report, triage=triage)))
    assert "Accepted, and false positives (1)" in page.text
    assert "Reason: Agreed <b>with</b> Ada" in page.text


def test_policies_are_part_of_it() -> None:
    page = stands_alone(written(hostile_report("Contoso")))
    assert "Judged by: Contoso" in page.text
    assert "Violation" in page.text


def test_a_secret_that_is_wanted_is_whole(report_of_text) -> None:
    long = "Vy4!quince" * 100
    report = report_of_text(f"SET Password TO $'''{long}'''\n")
    assert long in stands_alone(written(report, secrets=True)).text
    assert "quince" not in stands_alone(written(report)).text


COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6})")


def luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_are_readable_in_light_and_dark() -> None:
    style = (resources_dir() / "reports/report.css").read_text("ascii")
    light, dark = re.findall(r":root \{([^}]*--text[^}]*)\}", style)
    for block in (light, dark):
        colours = dict(COLOUR.findall(block))
        for name in set(colours) - {"page", "panel", "line", "accent"}:
            for ground in ("page", "panel"):
                one, two = luminance(colours[name]), luminance(colours[ground])
                ratio = (max(one, two) + 0.05) / (min(one, two) + 0.05)
                assert ratio >= 4.5, (name, ground, ratio)


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


def browse(chromium: str, tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [
            chromium,
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *("--no-first-run", "--disable-background-networking", "--disable-sync"),
            *("--disable-component-update", "--disable-default-apps"),
            f"--user-data-dir={tmp_path / 'profile'}",
            *arguments,
        ],
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_a_browser_shows_it_without_errors_and_requests(
    chromium: str, tmp_path: Path, sample_report: ExportReport
) -> None:
    path = tmp_path / "report.html"
    hostile = [hostile_report(name) for name in NAMES]
    path.write_text(written(sample_report, *hostile), encoding="ascii", newline="")
    log = tmp_path / "net.json"
    result = browse(
        chromium,
        tmp_path,
        "--enable-logging=stderr",
        f"--log-net-log={log}",
        "--dump-dom",
        path.as_uri(),
    )
    assert b"Invoice Desk" in result.stdout
    assert b"CONSOLE" not in result.stderr, result.stderr.decode(errors="replace")[-2000:]
    asked = set(re.findall(r'"url":"([^"]*)"', log.read_text(encoding="utf-8", errors="replace")))
    assert not [url for url in asked if "evil.example" in url]


def test_a_browser_prints_what_is_folded(
    chromium: str, tmp_path: Path, sample_report: ExportReport
) -> None:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("no pdftotext on this machine")
    path, pdf = tmp_path / "report.html", tmp_path / "report.pdf"
    path.write_text(written(sample_report), encoding="ascii", newline="")
    browse(chromium, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", path.as_uri())
    text = subprocess.run([reader, str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    assert text.count("What can be done") >= len(sample_report.findings)
    assert "Source" in text
