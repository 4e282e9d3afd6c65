"""Reads an environment part by part; a part that cannot be read does not stop the others."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, TypeVar

import padguard
from padguard.collecting import answers
from padguard.collecting.answers import Taken
from padguard.collecting.client import NOT_UNDERSTOOD, Client
from padguard.collecting.errors import PartError
from padguard.collecting.journal import Journal
from padguard.collecting.listings import (
    LISTINGS,
    ORGANIZATION,
    ROLES,
    TABLES,
    Listing,
    holders_questions,
    privileges_question,
)
from padguard.collecting.people import People
from padguard.exports.payloads import Json
from padguard.foundation.messages import Message, mark
from padguard.foundation.progress import Progress
from padguard.governance.snapshot import (
    ROW_WORDS,
    AuditSettings,
    Part,
    PartState,
    ReadAllRole,
    Row,
    Share,
    Snapshot,
    Table,
)

GIVE_UP_AFTER: Final = 20
"""Rows of a kind whose shares are refused before the first that is not: more will be as well."""
MOST_PAGES: Final = 10_000

SETTINGS = mark("collecting", "audit settings")
TABLE_SETTINGS = mark("collecting", "tables")
SECURITY_ROLES = mark("collecting", "security roles")
SHARES = mark("collecting", "shares")
ENDLESS = mark("collecting", "The pages have no end.")
ELSEWHERE = mark("collecting", "The next page would be at another address.")
SOME_REFUSED = mark("collecting", "{refused} of {count} could not be read. {reason}")

T = TypeVar("T")


@dataclass(slots=True)
class Collector:
    """Asks what makes a snapshot, one question after the other.

    Answers that the journal has are not asked for again; what is refused is not kept there, so
    that it is asked for anew when reading goes on.

    Attributes:
        client: Whom to ask.
        journal: What was answered before.
        progress: Told of every question; may be cancelled.
    """

    client: Client
    journal: Journal
    progress: Progress
    _parts: list[Part] = field(default_factory=list)
    _people: People = field(default_factory=People)

    def collect(self, policies: Sequence[Json] | None, *, with_shares: bool) -> Snapshot:
        """Return a snapshot of the environment.

        Args:
            policies: Data loss prevention policies to put into it, or None.
            with_shares: Whether to ask for every row with whom it is shared.

        Raises:
            StoppedError: The service cannot be asked any more, for now.
            CancelledError: The work was cancelled.
            SaveError: The journal could not be written.
        """
        audit = self._audit()
        tables = self._tables()
        rows = [row for listing in LISTINGS for row in self._rows(listing, with_shares=with_shares)]
        roles = self._roles()
        self._people.name_all(self._asked, self.progress)
        state = PartState.NOT_ASKED if policies is None else PartState.COMPLETE
        self._parts.append(Part("policies", state))
        return Snapshot(
            started=self.journal.started,
            finished=datetime.now(UTC),
            organisation=self.client.organisation.origin,
            made_by=f"padguard {padguard.__version__}",
            parts=tuple(self._parts),
            audit=audit,
            tables=tables,
            principals=self._people.by_id,
            rows=tuple(rows),
            read_all_roles=roles,
            policies=None if policies is None else tuple(policies),
        )

    def _audit(self) -> AuditSettings | None:
        self.progress.step(0, 0, SETTINGS)
        found = self._listed("audit", ORGANIZATION, answers.settings_row)
        return AuditSettings(**found[0]) if found else None

    def _tables(self) -> dict[str, Table]:
        self.progress.step(0, 0, TABLE_SETTINGS)
        found = self._listed("tables", TABLES, answers.table_row)
        return {row["name"]: Table(**row) for row in found if row["name"]}

    def _rows(self, listing: Listing, *, with_shares: bool) -> Iterator[Row]:
        words = ROW_WORDS[listing.kind]
        kind = listing.kind.value
        self.progress.step(0, 0, words)
        found = {
            row["id"]: row
            for row in self._listed(f"rows:{kind}", listing.question, answers.row_of(listing))
        }
        shares = self._shares(listing, list(found)) if with_shares and listing.shared else {}
        if not (with_shares and listing.shared):
            self._parts.append(Part(f"shares:{kind}", PartState.NOT_ASKED))
        for row_id, row in found.items():
            self._people.meet(row["owner"], row["owner_kind"], row["owner_name"])
            yield Row(
                kind=listing.kind,
                id=row_id,
                name=row["name"],
                owner=row["owner"],
                shares=shares.get(row_id),
                unique_name=row["unique_name"],
                value_type=row["value_type"],
            )

    def _shares(self, listing: Listing, row_ids: list[str]) -> dict[str, tuple[Share, ...]]:
        found: dict[str, tuple[Share, ...]] = {}
        refused = 0
        reason: Message | None = None
        for number, row_id in enumerate(row_ids):
            self.progress.step(number, len(row_ids), SHARES)
            try:
                listed = self._asked(listing.shares_question(row_id), answers.shares)
            except PartError as error:
                refused, reason = refused + 1, error.message
                if refused == GIVE_UP_AFTER and not found:
                    break
                continue
            for share in listed:
                self._people.meet(share["id"], share["kind"], "")
            found[row_id] = tuple(Share(one["id"], tuple(one["rights"])) for one in listed)
        missing = len(row_ids) - len(found)
        self._note(f"shares:{listing.kind.value}", missing, len(row_ids), reason)
        return found

    def _roles(self) -> tuple[ReadAllRole, ...] | None:
        self.progress.step(0, 0, SECURITY_ROLES)
        listed = [role for role in self._listed("roles", ROLES, answers.role_row) if role["root"]]
        found: list[ReadAllRole] = []
        refused = 0
        reason: Message | None = None
        for number, role in enumerate(listed):
            self.progress.step(number, len(listed), SECURITY_ROLES)
            try:
                question = privileges_question(role["id"])
                reads_all = self._asked(question, answers.reads_all)
            except PartError as error:
                refused, reason = refused + 1, error.message
                continue
            if reads_all:
                found.append(ReadAllRole(role["id"], role["name"], self._holders(role["id"])))
        if not listed:
            return None
        self._note("role-privileges", refused, len(listed), reason)
        return None if refused == len(listed) else tuple(found)

    def _holders(self, role_id: str) -> tuple[str, ...] | None:
        users, teams = holders_questions(role_id)
        try:
            holders = [
                *self._pages(users, answers.user_row),
                *self._pages(teams, answers.team_row),
            ]
        except PartError as error:
            self._parts.append(
                Part(f"holders:{role_id}", PartState.NOT_READABLE, str(error.message))
            )
            return None
        for holder in holders:
            self._people.meet(holder["id"], holder["kind"], holder["name"])
        return tuple(holder["id"] for holder in holders)

    def _listed(self, about: str, question: str, take: Callable[[Taken], Taken]) -> list[Taken]:
        """Return all rows that a question lists, and note how much of it could be read."""
        found: list[Taken] = []
        state, reason = PartState.COMPLETE, ""
        try:
            found.extend(self._pages(question, take))
        except PartError as error:
            state = PartState.PARTLY if found else PartState.NOT_READABLE
            reason = str(error.message)
        self._parts.append(Part(about, state, reason))
        return found

    def _pages(self, question: str, take: Callable[[Taken], Taken]) -> Iterator[Taken]:
        asked: str | None = question
        seen: set[str] = set()
        while asked is not None:
            if asked in seen or len(seen) == MOST_PAGES:
                raise PartError(ENDLESS)
            seen.add(asked)
            page = self._asked(asked, lambda answer: self._page(answer, take))
            yield from page["rows"]
            asked = page["next"]

    def _page(self, answer: Json, take: Callable[[Taken], Taken]) -> Taken:
        link = answer.get("@odata.nextLink")
        following = None
        if link is not None:
            if not isinstance(link, str):
                raise PartError(NOT_UNDERSTOOD)
            following = self.client.organisation.question(link)
            if following is None:
                raise PartError(ELSEWHERE)
        return {"rows": answers.rows(answer, take), "next": following}

    def _asked(self, question: str, take: Callable[[Json], T]) -> T:
        """Return what is taken of an answer; from the journal where it is there."""
        if question in self.journal.known:
            kept: T = self.journal.known[question]
            return kept
        taken = take(self.client.ask(question))
        self.journal.keep(question, taken)
        return taken

    def _note(self, about: str, missing: int, count: int, reason: Message | None) -> None:
        if not missing:
            self._parts.append(Part(about, PartState.COMPLETE))
            return
        state = PartState.PARTLY if missing < count else PartState.NOT_READABLE
        words = SOME_REFUSED(refused=missing, count=count, reason=reason or "")
        self._parts.append(Part(about, state, str(words)))
