"""Recognises user names, which a credential holds beside the password."""

from typing import Final

from padguard.analysis.secrets.words import split_words
from padguard.flow.model import Action, Flow, Variable, VariableKind

_ALONE: Final = frozenset(
    {"user", "usr", "userid", "username", "login", "logon", "loginname", "uid"}
    | {"benutzer", "benutzername", "anmeldename", "kennung"}
    | {"utilisateur", "identifiant", "usuario", "usuário", "utente", "gebruiker", "gebruikersnaam"}
    | {"użytkownik", "uzytkownik", "uživatel", "uzivatel", "användare", "anvandare", "bruger"}
    | {"用户", "用户名", "使用者名稱", "帳號", "账号", "ユーザー名", "ユーザー", "사용자"}
)
_WITH: Final = frozenset({"user", "login", "logon", "account", "sign", "benutzer", "anmelde"})
_NAME: Final = frozenset({"name", "id", "nom", "naam", "nome", "nombre"})
_NEIGHBOURS: Final = 3  # rows apart that a sign-in fills both fields


def says_user_name(name: str) -> bool:
    """Tell whether a name says that it holds the name of a user who signs in."""
    words = split_words(name)
    joined = "".join(words)
    if joined in _ALONE or (words and words[-1] in _ALONE):
        return True
    return len(words) > 1 and words[-1] in _NAME and words[-2] in _WITH


def user_name_input(flow: Flow, password: Variable) -> Variable | None:
    """Return the input with the user name that goes with a password, or None.

    It says so by its name, it is the only one, and it is used where the password is: in the same
    row or a few rows away.
    """
    found = [
        variable
        for variable in flow.variables
        if _is_text_input(variable) and variable is not password and _says(variable)
    ]
    if len(found) != 1 or not _is_used_beside(flow, found[0], password):
        return None
    return found[0]


def password_input(flow: Flow, user_name: Variable, inputs: list[Variable]) -> Variable | None:
    """Return the input with the password that goes with a user name, or None.

    Args:
        flow: The flow.
        user_name: The input with the user name.
        inputs: The inputs that carry secrets.
    """
    found = [one for one in inputs if user_name_input(flow, one) is user_name]
    return found[0] if len(found) == 1 else None


def is_user_name(variable: Variable) -> bool:
    """Tell whether an input holds a user name by its name."""
    return _says(variable)


def _says(variable: Variable) -> bool:
    return says_user_name(variable.name) or says_user_name(variable.external_name)


def _is_text_input(variable: Variable) -> bool:
    text = variable.type_name.casefold() == "string"
    return variable.kind is VariableKind.INPUT and variable.local_to is None and text


def _is_used_beside(flow: Flow, one: Variable, other: Variable) -> bool:
    first, second = _readers(flow, one), _readers(flow, other)
    return any(
        a.subflow is b.subflow and abs(a.row - b.row) <= _NEIGHBOURS for a in first for b in second
    )


def _readers(flow: Flow, variable: Variable) -> list[Action]:
    return [action for action in flow.actions if variable in action.reads]
