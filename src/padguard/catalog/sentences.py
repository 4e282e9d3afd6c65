"""The hand-written words of the catalogue: sentences of actions and names of connectors."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from padguard.catalog.lookup import read_lines
from padguard.catalog.names import readable
from padguard.foundation.paths import resources_dir

QUOTES = "'\"“”"
"""What may stand around a text as it is shown."""

_CONNECTOR = re.compile(r"shared_[\w-]+")


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Return sentences by id, or by how ids start and ``*``, for each module; all lower case."""
    by_module: dict[str, dict[str, str]] = defaultdict(dict)
    for line in read_lines(resources_dir() / "catalog" / "summaries.jsonl"):
        pattern = line["id"].lower()
        by_module[pattern.partition(".")[0].rstrip("*")][pattern] = line["text"]
    return by_module


@lru_cache(maxsize=4096)
def sentence(action_id: str) -> str | None:
    """Return the sentence with gaps for an action, or None where it has none.

    The sentence of the id itself wins, else the one with the longest start that fits.
    """
    folded = action_id.lower()
    own = sentences().get(folded.partition(".")[0], {})
    if folded in own:
        return own[folded]
    starts = [key for key in own if key.endswith("*") and folded.startswith(key[:-1])]
    return own[max(starts, key=len)] if starts else None


@cache
def _connectors() -> Mapping[str, str]:
    lines = read_lines(resources_dir() / "catalog" / "connectors.jsonl")
    return {line["id"]: line["name"] for line in lines}


def connector_name(connector_id: str) -> str:
    """Return a connector's name for its id, in short or as a path, in quotes or not.

    ``/providers/Microsoft.PowerApps/apis/shared_keyvault`` is "Azure Key Vault". The name of a
    connector that is not known is made from its id; other text is returned without its quotes.
    """
    match = _CONNECTOR.search(connector_id.lower())
    if not match:
        return connector_id.strip(QUOTES)
    short = match.group()
    return _connectors().get(short) or readable(short.removeprefix("shared_"))
