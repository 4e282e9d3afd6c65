"""A what-if in words: what is tried out, and what comes of it."""

from collections.abc import Sequence

from padguard.foundation.messages import mark
from padguard.governance.policy import CLASSES, Policy
from padguard.ui.views.dlp_shown import Shown
from padguard.ui.views.dlp_whatif import WhatIf, key_of
from padguard.ui.words import translate

MOST_CHANGES = 3
"""How many changes are named."""

CHANGED = mark("dlp", "{group}: {classification} in “{policy}”")
FURTHER = mark("dlp", "{changes}; {count} more")
BANNER = mark(
    "dlp",
    "This is a what-if, not what your policies say. {changes}. New violations: {new}, gone: "
    "{gone}.",
)
NOT_LOADED = mark(
    "dlp",
    "Nothing of it is loaded: findings and reports go by your policies as before, and only “Save "
    "as a draft…” writes anything.",
)
DRAFT_ONLY = mark("dlp", "Tried out: “{policy}”, with all groups as Non-business")


def trial_words(shown: Shown | None, what_if: WhatIf, tried: Sequence[Policy]) -> str:
    """Return what is tried out and what comes of it, or "" where nothing is.

    Args:
        shown: What comes of it; None where that is not worked out yet.
        what_if: What is tried out.
        tried: The policies with it.
    """
    if not what_if or shown is None:
        return ""
    titles = {key_of(policy): policy.title for policy in tried}
    names = {line.key: line.name for line in shown.groups}
    changes = [
        CHANGED(
            group=names.get(group, group),
            classification=CLASSES[found],
            policy=titles.get(key, ""),
        )
        for (key, group), found in what_if.classes.items()
    ]
    if not changes and what_if.draft is not None:
        changes = [DRAFT_ONLY(policy=what_if.draft.title)]
    words = "; ".join(map(translate, changes[:MOST_CHANGES]))
    if len(changes) > MOST_CHANGES:
        words = translate(FURTHER(changes=words, count=len(changes) - MOST_CHANGES))
    _, new, gone = shown.counts()
    return translate(BANNER(changes=words, new=new, gone=gone))
