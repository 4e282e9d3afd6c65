"""Files of the DLP view: policies that are read, drafts that are written."""

from collections.abc import Sequence
from pathlib import Path

from padguard.exports.atomic import saving, write_file
from padguard.foundation.errors import ConfigError
from padguard.foundation.progress import Progress
from padguard.governance.policy import Policy
from padguard.governance.policy_draft import draft_json
from padguard.governance.policy_reading import joined, load_policies
from padguard.ui.views.dlp_whatif import key_of

POLICY_SUFFIX = ".json"


def read_policies(
    paths: Sequence[Path], loaded: Sequence[Policy], progress: Progress
) -> tuple[tuple[Policy, ...], list[ConfigError]]:
    """Read policy files; what cannot be read leaves the others.

    Args:
        paths: The files.
        loaded: The policies that are loaded; one that is read again takes its old place.
        progress: May be cancelled.

    Returns:
        All policies that are loaded then, and why files could not be read.

    Raises:
        CancelledError: The work was cancelled.
    """
    found = tuple(loaded)
    errors: list[ConfigError] = []
    for done, path in enumerate(paths):
        progress.step(done, len(paths))
        try:
            policies = load_policies([path])
        except ConfigError as error:
            errors.append(error)
            continue
        found = with_policies(found, policies)
    return found, errors


def with_policies(loaded: Sequence[Policy], read: Sequence[Policy]) -> tuple[Policy, ...]:
    """Return policies with others added; one that is there already is replaced in its place."""
    found = list(loaded)
    for policy in read:
        keys = [key_of(one) for one in found]
        if key_of(policy) in keys:
            found[keys.index(key_of(policy))] = policy
        else:
            found.append(policy)
    return joined(found)


def write_draft(policy: Policy, path: Path) -> None:
    """Write a policy with what is tried out as JSON.

    Raises:
        SaveError: It could not be written; what stood there is whole.
    """
    with saving(path):
        write_file(draft_json(policy).encode(), path)


def are_policies(paths: Sequence[Path]) -> bool:
    """Tell whether paths may be those of policy files, by their names."""
    return bool(paths) and all(path.suffix.casefold() == POLICY_SUFFIX for path in paths)
