"""What copied rows show of the actions that retrieve secrets; plain work without a window."""

from collections.abc import Sequence
from dataclasses import dataclass

from padguard.analysis.options import Options
from padguard.analysis.scan import scan_flow
from padguard.fixes.template import Retrieval, Template, check_template
from padguard.fixes.template_learning import is_retrieval, learn_from_text, name_texts
from padguard.flow.build import build_flow
from padguard.flow.model import Action, Flow
from padguard.foundation.errors import EditError
from padguard.foundation.messages import Message, mark
from padguard.robin.tree import Kind, Role

TOO_LONG = mark(
    "templates", "This is too long to be the row of one action. Copy only that row, and paste it."
)
HOLDS_SECRET = mark(
    "templates",
    "Something in this action looks like a secret, so it is not kept. Copy the row of the action "
    "that retrieves the secret, not the row that uses it.",
)
LONGEST = 20_000  # characters of a template; the rows of these actions have a few hundred
EXAMPLE = "Example credential"
EXAMPLE_VARIABLE = "ExampleCredential"
_NAME, _VARIABLE = "Name", "Variable"


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What is what in a template: inputs that hold the name, the output that is the variable's."""

    inputs: tuple[str, ...]
    output: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of learning from a text.

    Attributes:
        template: What was learned, or None.
        reason: Why nothing was, and what to do; None where something was.
        inputs: The inputs with a fixed text, where several could hold the name.
    """

    template: Template | None = None
    reason: Message | None = None
    inputs: tuple[str, ...] = ()


def read(text: str, retrieval: Retrieval, input_name: str = "") -> Reading:
    """Learn how an action is written from rows that were copied in the designer.

    Args:
        text: The rows as Robin text.
        retrieval: Which action to learn.
        input_name: The input that holds the name, or "" where a person has not said.
    """
    inputs = _inputs(text, retrieval)
    try:
        template = learn_from_text(text, retrieval, input_name=input_name)
        judge(template)
    except EditError as error:
        return Reading(reason=error.message, inputs=inputs)
    return Reading(template, inputs=inputs)


def judge(template: Template) -> None:
    """Make sure that a template can be kept.

    Raises:
        EditError: It is not what it must be, or holds a secret; the message says what to mend.
    """
    if len(template.text) > LONGEST:
        raise EditError(TOO_LONG)
    check_template(template)
    flow = build_flow("", "", template.render(_NAME, _VARIABLE))
    if scan_flow(flow, Options()):
        raise EditError(HOLDS_SECRET)


def anatomy(template: Template) -> Anatomy:
    """Return what is what in a template that `judge` let pass."""
    flow = build_flow("", "", template.render(_NAME, _VARIABLE))
    action = flow.actions[-1]
    outputs = [one.name for one in action.statement.clauses if one.role is Role.RESULT]
    inputs = tuple(text.input for text in name_texts(flow, action) if text.value == _NAME)
    return Anatomy(inputs, next(iter(outputs), ""))


def example(template: Template) -> str:
    """Return how the action would be written for a credential of some name.

    Raises:
        EditError: The template cannot hold that name.
    """
    return template.render(EXAMPLE, EXAMPLE_VARIABLE)


def _inputs(text: str, retrieval: Retrieval) -> tuple[str, ...]:
    """Return which inputs of the action could hold the name, where there are several."""
    flow = build_flow("", "", text)
    for action in _candidates(flow, retrieval):
        names = tuple(found.input for found in name_texts(flow, action))
        if len(names) > 1:
            return names
    return ()


def _candidates(flow: Flow, retrieval: Retrieval) -> Sequence[Action]:
    if retrieval is Retrieval.CREDENTIAL:
        return [action for action in flow.actions if is_retrieval(action)]
    calls = [action for action in flow.actions if action.statement.kind is Kind.ACTION]
    return calls if len(calls) == 1 else ()
