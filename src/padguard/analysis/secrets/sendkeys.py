"""Finds passwords in texts that a flow types as keys."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from padguard.analysis.secrets.judging import (
    FINDING,
    Position,
    password_likeness,
    value_confidence,
    weigh,
)
from padguard.analysis.secrets.model import HOLE, Carrier, SecretPart
from padguard.analysis.secrets.names import NameVerdict, element_verdict
from padguard.analysis.secrets.reasons import TYPED, TYPED_INTO
from padguard.analysis.secrets.vocabulary import Vocabulary

_KEY = re.compile(r"\{[^{}\r\n]{1,40}\}|[\t\r\n]+")
_SHORTCUT = re.compile(
    r"\{(?:l|r|left|right)?(?:control|ctrl|alt|menu|win|windows|shift|strg|umschalt|cmd)\}",
    re.IGNORECASE,
)
_NEXT_FIELD = re.compile(r"\{tab(?::1)?\}|\t", re.IGNORECASE)
_CONFIRM = re.compile(r"\{(?:enter|return|numpadenter)\}|[\r\n]+", re.IGNORECASE)
_SIGN_IN = re.compile(
    r"""log\s?[io]n|log\s?in\b|sign\s?[io]n|sign\s?on|anmeld|einlogg|connexion|connect|identif|authenti
      |iniciar|inicio\s?de\s?ses|sesi[oó]n|acceso|accesso|acesso|entrar|accedi|aanmeld|inlogg|zaloguj
      |logowani|ログイン|サインイン|ログオン|认证|登录|登入|登錄|sicherheit|security|credential|authoriz
      |passw|kennwort|mot\sde\spasse|contrase|senha|wachtwoord|has[łl]o|saplogon|sap\s|sapgui|citrix|rdp
      |remote\sdesktop|putty|vpn|terminal|mainframe|session""",
    re.VERBOSE | re.IGNORECASE,
)
_PASSWORD = NameVerdict(secret=True, strength="strong", word="password", kind="password")


class _Typed(NamedTuple):
    """A stretch of typed text, with the key before and the key after it (empty at the ends)."""

    start: int
    end: int
    before: str
    after: str


def typed_secret(
    text: str, window_or_element: str, vocabulary: Vocabulary | None = None
) -> SecretPart | None:
    """Return the password in a text that is typed, or None where there is none.

    Keys in braces, such as ``{Tab}`` and ``{Control}({A})``, are no text. A password is what is
    typed into an element whose name says so, or what follows a user name and ``{Tab}``; the latter
    is surer in a window for signing in.

    Args:
        text: What is typed, as `Send keys` or `Populate text field` has it, decoded.
        window_or_element: The names of the window and the element, as far as they are known.
        vocabulary: Whose words say what is secret.
    """
    pieces = list(_pieces(text))
    verdict = element_verdict(window_or_element, vocabulary)
    into = verdict.strength == "strong" and not _names_window_only(window_or_element)
    if into and len(pieces) == 1:
        first = pieces[0]
        reason = TYPED_INTO(name=window_or_element)
        return weigh(
            text,
            (first.start, first.end),
            verdict,
            Position.SLOT,
            Carrier.KEYS,
            reason,
            verdict.word,
        )
    signing_in = verdict.secret or bool(_SIGN_IN.search(window_or_element))
    return _after_user_name(text, pieces, signing_in=signing_in)


def _names_window_only(name: str) -> bool:
    """Return whether a name is that of a window: a password is but one of the things typed there."""
    return name.lstrip().lower().startswith(("window", "fenster", "ウィンドウ", "窗口"))


def _pieces(text: str) -> Iterator[_Typed]:
    """Yield the stretches of text between keys; what is pressed with a held key is no text."""
    position, before = 0, ""
    for match in [*_KEY.finditer(text), None]:
        end = match.start() if match else len(text)
        if end > position and not _SHORTCUT.fullmatch(before):
            yield _Typed(position, end, before, match.group() if match else "")
        if match is None:
            return
        position, before = match.end(), match.group()


def _after_user_name(text: str, pieces: list[_Typed], *, signing_in: bool) -> SecretPart | None:
    """Return the text typed after a user name and ``{Tab}``, before Enter or the end."""
    for user, secret in zip(pieces, pieces[1:], strict=False):
        if not _NEXT_FIELD.fullmatch(secret.before) or user.after != secret.before:
            continue
        ends = not secret.after or _CONFIRM.fullmatch(secret.after)
        if not (ends or (_NEXT_FIELD.fullmatch(secret.after) and signing_in)):
            continue
        value, name = text[secret.start : secret.end], text[user.start : user.end]
        if not _could_be_user(name):
            continue
        if signing_in or (ends and _looks_chosen(value)):
            span = secret.start, secret.end
            part = weigh(text, span, _PASSWORD, Position.SLOT, Carrier.KEYS, TYPED, "password")
            if part:
                return _with_doubt(part, certain=signing_in)
    return None


def _could_be_user(name: str) -> bool:
    """Return whether a text can be a user name: one word, a mail address, a variable."""
    return HOLE in name or (len(name.split()) == 1 and len(name) <= 100)


def _looks_chosen(value: str) -> bool:
    return HOLE not in value and (
        password_likeness(value) >= 0.65 and value_confidence(value, _PASSWORD) >= FINDING
    )


def _with_doubt(part: SecretPart, *, certain: bool) -> SecretPart:
    if certain:
        return part
    return SecretPart(
        part.start,
        part.end,
        part.carrier,
        part.kind,
        0.6,
        part.reason,
        part.is_reference,
        part.name,
    )
