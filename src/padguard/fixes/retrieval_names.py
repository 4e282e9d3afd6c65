"""Names for credentials and for the variables that hold them, as a person would give them."""

import re
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from typing import Final

from padguard.analysis.hits import Hit, HitKind, name_strength
from padguard.analysis.inspection import Inspection
from padguard.analysis.literals import element_keys, written_texts
from padguard.analysis.secrets.model import HOLE
from padguard.analysis.secrets.names import phrases
from padguard.analysis.secrets.words import fold
from padguard.catalog.lookup import load
from padguard.fixes.fix import NotPossibleError
from padguard.flow.model import Action, Flow, Variable
from padguard.foundation.masked import Masked
from padguard.foundation.messages import mark
from padguard.robin.tokens import KEYWORDS, WORD
from padguard.robin.tree import Role

TAKEN = mark("fixes", "The flow has a variable {name} already. Choose another name.")
NO_NAME = mark(
    "fixes",
    "{name} cannot be the name of a variable: it must be one word of letters, digits and "
    "underscores that starts with a letter and is no word of the language.",
)
HOLDS_SECRET = mark("fixes", "The name holds the secret itself. Choose another one.")

LONGEST_VARIABLE: Final = 25  # what the flow checker allows by default
LONGEST_CREDENTIAL: Final = 60
ROW_HITS: Final = (
    HitKind.ARGUMENT, HitKind.VALUE, HitKind.PART, HitKind.TYPED, HitKind.ENCRYPTED,
)  # fmt: skip
"""How secrets are written into rows that run."""
_SHORTEST_SECRET: Final = 3  # shorter ones stand in many names by chance
_HOSTS: Final = frozenset(
    {"host", "hostname", "server", "serveraddress", "smtpserver", "imapserver"}
)
_HOST_IN_TEXT: Final = re.compile(
    r"://(?:[^/@\s]*@)?(?P<url>[^/:?#\s'\"]+)|\b(?:server|data source|host)\s*=\s*(?P<db>[^;'\"]+)",
    re.IGNORECASE,
)
_IN_QUOTES: Final = re.compile(r"'([^']+)'")
_SAYS_NOTHING: Final = frozenset(
    """
    a access acceso accesso acesso adm admin api as auth authorization basic bearer body code
    command connection content credential credentials current custom data de default del encrypted
    field final flow form header headers http https id in input is json key list login my name new
    number obj of or out output param parameter part plain pre query request row script sign signed
    static statement str string text the tmp temp tok txt type typed uri url use user username usr
    val valeur valor value var varname variabile variable x xml 变量 值
    """.split()  # noqa: SIM905 - a table of words
)


def row_hits(inspection: Inspection) -> Iterator[Hit]:
    """Yield the secrets that are written into rows that run."""
    return (hit for hit in inspection.hits_of(*ROW_HITS) if hit.action is not None)


def name_for_hit(
    inspection: Inspection,
    hit: Hit,
    taken: Collection[str],
    given: Mapping[Hashable, str] | None = None,
) -> str:
    """Return a name for the credential that shall hold a secret; another secret has another one.

    Args:
        inspection: What is known of the export.
        hit: The secret.
        taken: Names of credentials in lower case that hold other secrets.
        given: The names that some secrets have got already.
    """
    names = given or {}
    own = names.get(hit.value, "")
    if own and own.casefold() not in taken:
        return own
    used = set(taken)
    hints = inspection.known(_hints_of_secrets, lambda: _hints_of_secrets(inspection))
    for value, decent in hints.items():
        if value not in names:
            name = _free(decent, used)
            used.add(name.casefold())
            if value == hit.value:
                return name
    return _free(_decent(inspection, _hints(inspection, hit)), used)


def _hints_of_secrets(inspection: Inspection) -> dict[Masked, list[str]]:
    """Return what the secrets in rows might be called after, each secret once."""
    first: dict[Masked, Hit] = {}
    for hit in row_hits(inspection):
        first.setdefault(hit.value, hit)
    return {
        value: list(_decent(inspection, _hints(inspection, hit))) for value, hit in first.items()
    }


def name_for_input(
    inspection: Inspection, flow: Flow, variable: Variable, taken: Collection[str]
) -> str:
    """Return a name for the credential that shall take the place of an input.

    ``taken`` are names of credentials in lower case that hold other secrets.
    """
    hints = (
        _own_words(inspection, variable.external_name),
        _own_words(inspection, variable.name),
        flow.name,
    )
    return _free(_decent(inspection, hints), taken)


def refuse_secret(inspection: Inspection, name: str) -> None:
    """Make sure that a name that a person chose holds no secret.

    Raises:
        NotPossibleError: It does.
    """
    if not any(_decent(inspection, [name])):
        raise NotPossibleError(HOLDS_SECRET)


def variable_name(
    flow: Flow,
    wanted: str,
    credential: str,
    ending: str = "Credential",
    spoken_for: Collection[str] = (),
) -> str:
    """Return a name for the variable that shall hold a credential, which the flow does not have.

    Args:
        flow: The flow.
        wanted: What a person wants it to be called, or "".
        credential: The name of the credential.
        ending: What the name ends with, unless a person chose it.
        spoken_for: Names of variables that the flow is about to have.

    Raises:
        NotPossibleError: The wanted name cannot be, or is taken.
    """
    taken = {variable.name.casefold() for variable in flow.variables}
    taken |= {name.casefold() for name in (*flow.script.header.imports, *spoken_for)}
    taken |= {"appmask", "imgrepo"}
    if wanted:
        if not re.fullmatch(WORD, wanted) or wanted.upper() in KEYWORDS:
            raise NotPossibleError(NO_NAME(name=wanted))
        if wanted.casefold() in taken:
            raise NotPossibleError(TAKEN(name=wanted))
        return wanted
    name = usual_variable_name(credential, ending)
    taken |= {module.casefold() for module in load().modules}
    number = 1
    found = name
    while found.casefold() in taken:
        number += 1
        found = f"{name[: LONGEST_VARIABLE - len(str(number))]}{number}"
    return found


def usual_variable_name(credential: str, ending: str = "Credential") -> str:
    """Return what a variable with a credential is called where nothing else is called so."""
    words = re.findall(r"[^\W_]+", credential)
    joined = "".join(word[:1].upper() + word[1:] for word in words)
    found = re.search(WORD, joined)
    stem = found[0] if found else ""
    if ending.casefold() in stem.casefold():
        return stem[:LONGEST_VARIABLE]
    return stem[: LONGEST_VARIABLE - len(ending)] + ending


def _hints(inspection: Inspection, hit: Hit) -> Iterator[str]:
    """Yield what a secret might be called after, the best first."""
    if hit.kind is HitKind.VALUE or (hit.clause is not None and hit.clause.dynamic):
        yield _own_words(inspection, hit.name)  # what parameters are called says little
    if hit.variable is not None:
        yield _own_words(inspection, hit.variable.name)
    if hit.action is not None:
        yield from _places(hit.flow, hit.action)
    yield hit.flow.name


def _own_words(inspection: Inspection, name: str) -> str:
    """Return what is left of a name without the words that say that it is a secret."""
    words = _words(name)
    folded = [fold(word).lower() for word in words]
    telling = {
        place
        for phrase in (phrases(folded, inspection.options.vocabulary) if folded else ())
        for place in range(phrase.start, phrase.end)
    }
    left = [
        word
        for place, word in enumerate(words)
        if place not in telling
        and folded[place] not in _SAYS_NOTHING
        and not name_strength(word, inspection.options)
    ]
    found = " ".join(left)
    shortest = 3 if found.isascii() else 2
    return found[:1].upper() + found[1:] if len(found) >= shortest else ""


def _words(name: str) -> list[str]:
    """Return the words of a name as they are spelt, without numbers."""
    words: list[str] = []
    for part in re.findall(r"[^\W\d_]+", name):
        start = 0
        for place in range(1, len(part)):
            after = part[place - 1].islower() and part[place].isupper()
            ends = part[place - 1].isupper() and part[place].isupper()
            if after or (ends and place + 1 < len(part) and part[place + 1].islower()):
                words.append(part[start:place])
                start = place
        words.append(part[start:])
    return words


def _places(flow: Flow, action: Action) -> Iterator[str]:
    """Yield the machines and screens that an action works with, as far as they are written out."""
    text = flow.script.text
    for clause in action.statement.clauses:
        if clause.role not in (Role.ARGUMENT, Role.VALUE):
            continue
        start, end = action.statement.start + clause.start, action.statement.start + clause.end
        for found in written_texts(text, start, end):
            if clause.name.casefold() in _HOSTS:
                yield found.value
            for host in _HOST_IN_TEXT.finditer(found.value):
                yield host["url"] or host["db"]
        for key in list(element_keys(text, start, end))[:1]:
            yield from _IN_QUOTES.findall(key)


def _decent(inspection: Inspection, hints: Iterable[str]) -> Iterator[str]:
    """Yield those of some names that a credential can have, and that hold no secret."""
    telling = inspection.known(_telling_secrets, lambda: _telling_secrets(inspection))
    for hint in hints:
        name = hint.strip()
        usable = name and name.isprintable() and HOLE not in name and "..." not in name
        folded = name.casefold()
        if usable and not any(secret in folded for secret in telling):
            yield name[:LONGEST_CREDENTIAL]


def _telling_secrets(inspection: Inspection) -> frozenset[str]:
    """Return the secrets of an export in lower case, without those that stand in many names."""
    hits = [*row_hits(inspection), *(hit for hits in inspection.hits.values() for hit in hits)]
    secrets = {hit.value.reveal().casefold() for hit in hits}
    return frozenset(secret for secret in secrets if len(secret) >= _SHORTEST_SECRET)


def _free(names: Iterable[str], taken: Collection[str]) -> str:
    """Return the first name that is not taken; where all are, the last one with a number."""
    last = "Credential"
    for last in names:
        if last.casefold() not in taken:
            return last
    number = 2
    if last.casefold() not in taken:
        return last
    while f"{last} {number}".casefold() in taken:
        number += 1
    return f"{last} {number}"
