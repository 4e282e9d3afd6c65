"""What findings are about: the variables, with the flows that own them, and the secret."""

from padguard.analysis.hits import Hit
from padguard.analysis.holdings import Holding
from padguard.analysis.trace import Exposure
from padguard.fixes.case import Case
from padguard.flow.model import Flow, Sensitivity, Variable

Owned = tuple[Flow, Variable]


def main_variable(case: Case) -> Owned | None:
    """Return the variable that a finding is about, with its flow, or None."""
    subject = case.finding.subject
    if isinstance(subject, Holding):
        return _owned(subject)
    if isinstance(subject, Exposure):
        return _owned(subject.holding)
    if isinstance(subject, Hit):
        return (subject.flow, subject.variable) if subject.variable else None
    return (case.flow, subject) if isinstance(subject, Variable) else None


def path_variables(case: Case) -> list[Owned]:
    """Return the variables on the way of a finding, from the source on, each once."""
    subject = case.finding.subject
    holding = subject.holding if isinstance(subject, Exposure) else subject
    if not isinstance(holding, Holding):
        return []
    return list(dict.fromkeys(_owned(one) for one in holding.path()))


def unmarked(variables: list[Owned]) -> list[Owned]:
    """Return those of some variables that hold sensitive data without a mark."""
    return [
        (flow, variable)
        for flow, variable in variables
        if variable.sensitivity in (Sensitivity.EXPOSED, Sensitivity.CLEAN)
    ]


def _owned(holding: Holding) -> Owned:
    return holding.procedure.flow, holding.fact.variable
