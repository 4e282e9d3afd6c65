"""Those who are met while an environment is read, each once, and their names."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from padguard.collecting import answers
from padguard.collecting.errors import PartError
from padguard.collecting.listings import team_question, user_question
from padguard.exports.payloads import Json
from padguard.foundation.messages import mark
from padguard.foundation.progress import Progress
from padguard.governance.snapshot import Principal, PrincipalKind

NAMES = mark("collecting", "names")

Ask = Callable[[str, Callable[[Json], str]], str]
"""Asks a question, and returns what is taken of the answer."""

_QUESTIONS: Final = {PrincipalKind.USER: user_question, PrincipalKind.TEAM: team_question}


@dataclass(slots=True)
class People:
    """The principals by id; a name that was learnt once is kept."""

    _known: dict[str, Principal] = field(default_factory=dict)

    @property
    def by_id(self) -> dict[str, Principal]:
        """All of them, in the order of their ids."""
        return dict(sorted(self._known.items()))

    def meet(self, principal_id: str, kind: str, name: str) -> None:
        """Take note of somebody; an empty id is nobody.

        Args:
            principal_id: Their id.
            kind: What they are, in the words of `PrincipalKind`.
            name: Their name, or "" where it is not known yet.
        """
        known = self._known.get(principal_id)
        if not principal_id or (known and (known.name or not name)):
            return
        self._known[principal_id] = Principal(principal_id, PrincipalKind(kind), name)

    def name_all(self, ask: Ask, progress: Progress) -> None:
        """Ask for the names that are not known yet; where there is none the id will do."""
        nameless = [one for one in self._known.values() if not one.name and one.kind in _QUESTIONS]
        for number, one in enumerate(nameless):
            progress.step(number, len(nameless), NAMES)
            try:
                name = ask(_QUESTIONS[one.kind](one.id), answers.name_of)
            except PartError:
                continue
            self._known[one.id] = Principal(one.id, one.kind, name)
