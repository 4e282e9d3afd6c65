"""Which variables an action changes in place: inputs whose old value gives way to a new one.

Everything else that an action writes stands in the script as ``Output=> Variable``. An output
that the script omits is written nowhere: no variable of the proposed name comes to be.
"""

from functools import cache

from padguard.catalog.lookup import read_lines
from padguard.foundation.paths import resources_dir


@cache
def _changes() -> dict[str, frozenset[str]]:
    lines = read_lines(resources_dir() / "catalog" / "effects.jsonl")
    return {
        line["id"].lower(): frozenset(name.lower() for name in line["changes"]) for line in lines
    }


def changed_inputs(action_id: str) -> frozenset[str]:
    """Return the inputs that an action changes in place, in lower case.

    ``Variables.AddItemToList`` changes its ``List``, ``XML.SetElementValue`` its ``Document``.
    Only a variable can be changed: where the argument is a literal or a larger expression, the
    change is lost.

    Args:
        action_id: The id as written, whatever the case.

    Returns:
        Names of inputs; empty for most actions and for unknown ones.
    """
    return _changes().get(action_id.lower(), frozenset())


def changes_in_place(action_id: str, parameter: str) -> bool:
    """Tell whether an action changes the variable that stands for this input."""
    return parameter.lower() in changed_inputs(action_id)
