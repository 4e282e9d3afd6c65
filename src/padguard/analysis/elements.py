"""The UI elements that travel with a flow: their texts, and the screenshots of them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from padguard.analysis.secrets.names import element_verdict
from padguard.exports.payloads import Json

_PASSWORD_TYPE: Final = "input password"  # noqa: S105 - a type of control, no password
_CONTENT: Final = frozenset({"value", "text", "innertext", "content"})
_LOOKS_FOR: Final = re.compile(
    r"""\[\s*@?(?:value|text|innertext|content)\s*[~^$*|]?=\s*(["'])(?P<content>.*?)\1\s*\]""",
    re.IGNORECASE,
)
_SIGN_IN: Final = re.compile(
    r"sign[\s_-]?(?:in|on)\b|log[\s_-]?(?:in|on)\b|anmeld|einlogg|connexion|identifi|authenti"
    r"|iniciar sesi|acceso|accesso|acesso|accedi|entrar\b|aanmeld|inlogg|zaloguj|logowani"
    r"|ログイン|サインイン|登录|登入|登錄",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Element:
    """A captured UI element.

    Attributes:
        name: What the designer calls it.
        is_password: Whether it takes a password.
        texts: What its selectors hold of the screen, each once.
        filled: What stood in the field when it was captured, if its selectors look for that.
        screenshot: The path of its screenshot, as the repository has it, or "".
        embedded: Whether a screenshot stands in the repository itself.
    """

    name: str
    is_password: bool
    texts: tuple[str, ...] = field(repr=False)
    filled: tuple[str, ...] = field(default=(), repr=False)
    screenshot: str = ""
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """A window or page with its captured elements; the first one is the screen itself.

    Attributes:
        name: What the designer calls it.
        elements: The screen as an element, and those that were captured on it.
    """

    name: str
    elements: tuple[Element, ...]

    @property
    def takes_passwords(self) -> bool:
        """Whether it is one for signing in, by its elements or by its name."""
        says_so = bool(_SIGN_IN.search(self.name)) or element_verdict(self.name).secret
        return says_so or any(element.is_password for element in self.elements)


def read_screens(repository: Json) -> Iterator[Screen]:
    """Yield the screens of a control repository; what does not look as expected is passed over.

    Args:
        repository: Its JSON, as ``ControlRepository`` binaries and copied text hold it.
    """
    if not isinstance(repository, dict):
        return
    for screen in _dicts(repository.get("Screens")):
        elements = (_element(screen), *(_element(one) for one in _dicts(screen.get("Controls"))))
        yield Screen(_text(screen, "Name"), elements)


def copied_repositories(footer: str) -> Iterator[Json]:
    """Yield the control repositories that the designer appends to copied text.

    Args:
        footer: The text from ``# [ControlRepository]`` on.
    """
    found = _json(footer[footer.find("{") :])
    if isinstance(found, dict):
        for symbol in _dicts(found.get("ControlRepositorySymbols")):
            yield _json(_text(symbol, "Repository"))


def _json(text: str) -> Json:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _element(record: dict[str, Json]) -> Element:
    name = _text(record, "Name")
    texts = dict.fromkeys(text for text in (name, *_selector_texts(record)) if text)
    return Element(
        name,
        _is_password(record, name),
        tuple(texts),
        tuple(dict.fromkeys(_filled(record))),
        _text(record, "ScreenshotPath"),
        embedded=bool(_text(record, "ScreenShot")),
    )


def _is_password(record: dict[str, Json], name: str) -> bool:
    if _text(record, "ElementTypeName").casefold() == _PASSWORD_TYPE:
        return True
    says_so = any(
        attribute.get("Name") == "Password" and attribute.get("Value") is True
        for attribute in _attributes(record)
    )
    return says_so or element_verdict(name).strength == "strong"


def _filled(record: dict[str, Json]) -> Iterator[str]:
    """Yield the content of a field that its selectors look for."""
    for attribute in _attributes(record):
        if _text(attribute, "Name").casefold() in _CONTENT:
            yield _text(attribute, "Value")
    for selector in _dicts(record.get("Selectors")):
        custom = _text(selector, "CustomSelector")
        yield from (match["content"] for match in _LOOKS_FOR.finditer(custom))


def _selector_texts(record: dict[str, Json]) -> Iterator[str]:
    for selector in _dicts(record.get("Selectors")):
        yield _text(selector, "CustomSelector")
        for element in _dicts(selector.get("Elements")):
            yield _text(element, "Name")
            yield _text(element, "CustomValue")
    yield from (_text(attribute, "Value") for attribute in _attributes(record))


def _attributes(record: dict[str, Json]) -> Iterator[dict[str, Json]]:
    for selector in _dicts(record.get("Selectors")):
        for element in _dicts(selector.get("Elements")):
            yield from _dicts(element.get("Attributes"))


def _dicts(value: Json) -> Iterator[dict[str, Json]]:
    """Yield the objects of a list."""
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def _text(record: dict[str, Json], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""
