"""Replaces secrets that are written into rows by the password of a credential."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from padguard.analysis.hits import Hit, HitKind
from padguard.analysis.secrets.model import HOLE, Carrier
from padguard.analysis.trace import Source
from padguard.catalog.roles import Channel, roles_of
from padguard.fixes.case import Case
from padguard.fixes.draft import Draft
from padguard.fixes.drop_default import CHANGE_IT
from padguard.fixes.fix import Applicability, NotPossibleError, Recipe
from padguard.fixes.plan import Plan
from padguard.fixes.replace_secret_text import Place, replacing_edits
from padguard.fixes.retrieval import Retrieved, retrieve
from padguard.fixes.retrieval_carriers import given_to, mark_carriers
from padguard.fixes.retrieval_existing import Wanted, free_name, is_only_secret
from padguard.fixes.retrieval_names import name_for_hit, row_hits
from padguard.fixes.rows import in_words
from padguard.fixes.user_names import says_user_name
from padguard.fixes.uses import noted_secret
from padguard.flow.model import Action, Subflow
from padguard.foundation.edits import Edit
from padguard.foundation.messages import Message, mark
from padguard.robin.tree import Role

TITLE = mark("fixes", "Retrieve the secret with Get credential")
TITLE_ALL = mark("fixes", "Retrieve the secret with Get credential, in all its {count} places")
TITLE_ENVIRONMENT = mark("fixes", "Retrieve the secret with Retrieve environment variable")
TITLE_ENVIRONMENT_ALL = mark(
    "fixes", "Retrieve the secret with Retrieve environment variable, in all its {count} places"
)
SAME_SECRET = mark(
    "fixes",
    "The same secret stands in {count} places of this flow ({rows}). One secret is one "
    "credential, so all of them are replaced.",
)
ENCRYPTED = mark(
    "fixes",
    "The password is encrypted and cannot be read here. Type it into the credential yourself.",
)
PUT_TOGETHER = mark(
    "fixes",
    "In row {row} of {subflow} the secret is put together from text and variables. The credential "
    "must hold what results from it.",
)
IN_SCRIPT = mark(
    "fixes",
    "Row {row} of {subflow} now builds a script or command from the credential. Whoever can read "
    "the command lines of the machine can read it there; pass it to the program in another way "
    "where you can.",
)
BESIDE = mark(
    "fixes",
    "The user name stands in row {row} of {subflow} as well. If the credential holds it too, you "
    "can use {user_name} there.",
)

_SCRIPTS: Final = frozenset(
    {Carrier.COMMAND, Carrier.POWERSHELL, Carrier.VBSCRIPT, Carrier.JAVASCRIPT, Carrier.PYTHON}
    | {Carrier.DOTNET, Carrier.DOS}
)
_RUNS: Final = frozenset({Channel.COMMAND_LINE, Channel.SCRIPT})


def places_of(case: Case) -> list[Hit]:
    """Return where the secret of a finding can be replaced in rows of its flow, in their order."""
    subject = case.finding.subject
    if not isinstance(subject, Hit):
        return []
    found = {
        hit.start: hit
        for hit in row_hits(case.inspection)
        if hit.flow is subject.flow and hit.value == subject.value and _is_replaceable(hit)
    }
    found[subject.start] = subject
    return [found[start] for start in sorted(found)]


def _is_replaceable(hit: Hit) -> bool:
    place = _place(hit)
    try:
        return place is not None and bool(list(replacing_edits(hit.flow.script.text, [place], "")))
    except NotPossibleError:
        return False


def _place(hit: Hit) -> Place | None:
    if hit.action is None or hit.clause is None:
        return None
    start = hit.action.statement.start
    return Place((start + hit.clause.start, start + hit.clause.end), (hit.start, hit.end))


def _plan(case: Case) -> Plan:
    draft, hits = case.draft(), places_of(case)
    flow = hits[0].flow
    list(_edits(hits, lambda _: ""))  # refuse now what would fail after a person's work
    retrieved = retrieve(case, draft, _wanted(case, hits))
    if retrieved is None:
        return draft.plan()
    for edit in dict.fromkeys((*_edits(hits, retrieved.password), *_noted(hits, retrieved))):
        draft.replace(flow, edit.start, edit.end, edit.text)
    sources = [source for hit in hits for source in _given(case, hit)]
    mark_carriers(draft, case.inspection.travel_of(flow).program, sources)
    _say(draft, hits, retrieved)
    return draft.plan()


def _edits(hits: Sequence[Hit], expression: Callable[[Subflow], str]) -> Iterator[Edit]:
    """Yield the edits for some places; what reads the password may differ between subflows."""
    for subflow in dict.fromkeys(hit.action.subflow for hit in hits if hit.action is not None):
        own = [hit for hit in hits if hit.action is not None and hit.action.subflow is subflow]
        places = [place for place in map(_place, own) if place is not None]
        yield from replacing_edits(hits[0].flow.script.text, places, expression(subflow))


def _noted(hits: Sequence[Hit], retrieved: Retrieved) -> Iterator[Edit]:
    """Yield the edits for the ``@@`` lines of the rows, where they repeat the secret."""
    for hit in hits:
        if hit.action is not None and hit.kind is not HitKind.ENCRYPTED:
            for span in noted_secret(hit.flow, hit.action, hit.value.reveal()):
                yield Edit(*span, f"%{retrieved.password(hit.action.subflow)}%")


def _wanted(case: Case, hits: Sequence[Hit]) -> Wanted:
    """Return what has to be retrieved for some places of one secret."""
    subject, flow = hits[0], hits[0].flow
    given = {claim.holds: claim.credential for claim in case.claims}
    credential = case.choices.credential.strip() or free_name(
        case,
        subject.value,
        lambda taken: name_for_hit(case.inspection, subject, taken, given),
    )
    uses = [hit.action for hit in hits if hit.action is not None]
    only = is_only_secret(case, flow)
    return Wanted(flow, uses, credential, subject.value, any_unused=only)


def _given(case: Case, hit: Hit) -> list[Source]:
    if hit.action is None or hit.clause is None:
        return []
    return given_to(case.inspection, hit.flow, hit.action, hit.clause)


def _say(draft: Draft, hits: Sequence[Hit], retrieved: Retrieved) -> None:
    """Say what a person should know, and what becomes of the secret."""
    if len(hits) > 1:
        draft.note(SAME_SECRET(count=len(hits), rows=in_words(hit.action for hit in hits)))
    for message in _remarks(hits, retrieved):
        draft.note(message)
    if hits[0].kind is HitKind.ENCRYPTED:
        draft.note(ENCRYPTED)
    elif HOLE not in hits[0].value.reveal():
        draft.remove_secret(hits[0].flow, hits[0].value, retrieved.credential)
        draft.note(CHANGE_IT)


def _remarks(hits: Sequence[Hit], retrieved: Retrieved) -> Iterator[Message]:
    for hit in hits:
        if hit.action is None:
            continue
        where = {"row": hit.action.row, "subflow": hit.action.subflow.name}
        if HOLE in hit.value.reveal():
            yield PUT_TOGETHER(**where)
        if _is_run(hit):
            yield IN_SCRIPT(**where)
        if _has_user_name(hit.action):
            user_name = retrieved.user_name(hit.action.subflow)
            if user_name != retrieved.password(hit.action.subflow):
                yield BESIDE(user_name=user_name, **where)


def _is_run(hit: Hit) -> bool:
    """Tell whether a secret stands in a text that is run as a script or command."""
    if hit.carrier in _SCRIPTS:
        return True
    if hit.action is None or hit.clause is None or not hit.action.statement.action:
        return False
    return roles_of(hit.action.statement.action).input(hit.clause.name).channel in _RUNS


def _has_user_name(action: Action) -> bool:
    return any(
        clause.role is Role.ARGUMENT and says_user_name(clause.name)
        for clause in action.statement.clauses
    )


def _title(case: Case) -> Message:
    count = len(places_of(case))
    if case.choices.from_environment:
        return TITLE_ENVIRONMENT_ALL(count=count) if count > 1 else TITLE_ENVIRONMENT
    return TITLE_ALL(count=count) if count > 1 else TITLE


RECIPE = Recipe(
    "replace-secret",
    ("PG101", "PG102", "PG103", "PG104", "PG108"),
    Applicability.REVIEW,
    _title,
    _plan,
    lambda case: isinstance(case.finding.subject, Hit) and case.finding.subject.action is not None,
)
