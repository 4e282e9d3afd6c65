"""Finds passwords in texts that a flow types as keys."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from padguard.analysis.secrets.judging import Position, password_likeness, weigh
from padguard.analysis.secrets.model import HOLE, Carrier, SecretPart
from padguard.analysis.secrets.names import PASSWORD, NameVerdict, element_verdict
from padguard.analysis.secrets.reasons import TYPED, TYPED_INTO
from padguard.analysis.secrets.vocabulary import Vocabulary
from padguard.foundation.messages import Message

_PRESSED = re.compile(r"\{[^{}\r\n]{1,40}\}(?:\([^()\r\n]{0,80}\))?|[\t\r\n]+")
_NEXT_FIELD = re.compile(r"\{tab(?::\d)?\}|\t", re.IGNORECASE)
_CONFIRM = re.compile(r"\{(?:enter|return|numpadenter)\}|[\r\n]+", re.IGNORECASE)
_SIGN_IN = re.compile(
    r"""log\s?[io]n|sign\s?[io]n|anmeld|einlogg|connexion|identif|authenti|iniciar|inicio\s?de\s?ses
      |acceso|accesso|acesso|entrar|accedi|aanmeld|inlogg|zaloguj|logowani|ログイン|サインイン|ログオン
      |认证|登录|登入|登錄|credential|passw|kennwort|mot\sde\spasse|contrase|senha|wachtwoord|has[łl]o
      |windows\s(?:security|sicherheit)|\bsap\W*\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_WINDOW = re.compile(
    r"\s*(?:window|fenster|fenêtre|ventana|janela|finestra|venster|okno|ウィンドウ|窗口)\s*'(?:[^'\\]|\\.)*'?",
    re.IGNORECASE,
)
_SAP_CLIENT = re.compile(r"\d{3}")
"""SAP asks for its client before the user name."""


_LIKELY: Final = 0.65
"""How much a word must look like a password where nothing else tells that it is one."""
_DOUBTFUL: Final = 0.6


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
        window_or_element: The names of the window and the element as the flow has them
            (``Window 'SAP'``, ``Input password 'pwd'``, or both), as far as they are known.
        vocabulary: Whose words say what is secret.
    """
    pieces = list(_pieces(text))
    element = _WINDOW.sub("", window_or_element)
    verdict = element_verdict(element, vocabulary)
    if verdict.strength == "strong" and len(pieces) == 1:
        return _weighed(text, pieces[0], verdict, TYPED_INTO(name=element.strip()))
    signing_in = verdict.secret or bool(_SIGN_IN.search(window_or_element))
    if signing_in and len(pieces) > 2 and _SAP_CLIENT.fullmatch(text, *pieces[0][:2]):
        pieces = pieces[1:]
    for user, secret in pairwise(pieces):
        part = _after_user_name(text, user, secret, signing_in=signing_in)
        if part:
            return part
    return _alone(text, pieces[0]) if signing_in and len(pieces) == 1 else None


def _pieces(text: str) -> Iterator[_Typed]:
    """Yield the stretches of text between keys."""
    position, before = 0, ""
    for match in _PRESSED.finditer(text):
        if match.start() > position:
            yield _Typed(position, match.start(), before, match.group())
        position, before = match.end(), match.group()
    if position < len(text):
        yield _Typed(position, len(text), before, "")


def _after_user_name(
    text: str, user: _Typed, secret: _Typed, *, signing_in: bool
) -> SecretPart | None:
    """Return the text typed after a user name and ``{Tab}``, before Enter or the end."""
    if not _NEXT_FIELD.fullmatch(secret.before) or not _NEXT_FIELD.fullmatch(user.after):
        return None
    name, value = text[user.start : user.end], text[secret.start : secret.end]
    if HOLE not in name and len(name.split()) != 1:
        return None
    ends = not secret.after or bool(_CONFIRM.fullmatch(secret.after))
    if signing_in and (ends or _NEXT_FIELD.fullmatch(secret.after)):
        return _weighed(text, secret, PASSWORD, TYPED)
    if ends and HOLE not in value and password_likeness(value) >= _LIKELY:
        part = _weighed(text, secret, PASSWORD, TYPED)
        return replace(part, confidence=_DOUBTFUL) if part else None
    return None


def _alone(text: str, piece: _Typed) -> SecretPart | None:
    """Return what is typed alone into a window for signing in, if it looks like a password."""
    value = text[piece.start : piece.end]
    after_user = bool(_NEXT_FIELD.fullmatch(piece.before))
    if not _CONFIRM.fullmatch(piece.after) or HOLE in value:
        return None
    if password_likeness(value) < (_LIKELY if after_user else 1.0):
        return None
    part = _weighed(text, piece, PASSWORD, TYPED)
    return replace(part, confidence=_DOUBTFUL) if part else None


def _weighed(text: str, piece: _Typed, verdict: NameVerdict, reason: Message) -> SecretPart | None:
    span = piece.start, piece.end
    return weigh(text, span, verdict, Position.SLOT, Carrier.KEYS, reason, verdict.word)
