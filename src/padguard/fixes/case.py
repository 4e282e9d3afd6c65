"""What a fix is made for: a finding, all that is known of the export, what a person chose."""

from dataclasses import dataclass, field

from padguard.analysis.inspection import Inspection
from padguard.fixes.draft import Draft
from padguard.fixes.plan import Claim
from padguard.fixes.template import Templates
from padguard.flow.model import Action, Flow
from padguard.rules.finding import Finding


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose; empty texts leave it to the fix.

    Attributes:
        credential: Name of the credential, as it is called in the environment.
        variable: Name of the variable that shall hold it.
        just_before: Put what retrieves it just before its first use, not at the start of Main.
        from_environment: Use Retrieve environment variable instead of Get credential.
        with_user_name: Where an input with a secret is replaced, replace the one with the user
            name that goes with it as well.
    """

    credential: str = ""
    variable: str = ""
    just_before: bool = False
    from_environment: bool = False
    with_user_name: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """A finding, and what fixes for it are made of.

    ``claims`` are the credentials that are spoken for by fixes which are applied with this one.
    """

    inspection: Inspection = field(repr=False)
    finding: Finding
    templates: Templates = field(default_factory=Templates)
    choices: Choices = field(default_factory=Choices)
    claims: tuple[Claim, ...] = ()

    def draft(self) -> Draft:
        """Return an empty draft against the texts as they stand."""
        return Draft(self.inspection.export, self.inspection.flows)

    @property
    def flow(self) -> Flow:
        """The flow that the finding lies in.

        Raises:
            StopIteration: It lies in none.
        """
        wanted = self.finding.place.flow_id
        return next(flow for flow in self.inspection.flows if flow.id == wanted)

    @property
    def action(self) -> Action | None:
        """The action that the finding lies in, or None for headers and other parts."""
        index = self.finding.place.action
        return self.flow.actions[index] if index >= 0 else None
