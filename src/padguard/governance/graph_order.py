"""The order of a graph: which nodes lead to each other, and how far right each belongs."""

from collections.abc import Iterable, Mapping, Sequence


def circles(keys: Sequence[str], links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the group of each node: nodes that lead to each other share one, named after one.

    Kosaraju's algorithm without recursion, as flows may run each other as deep as one likes.
    """
    outgoing: dict[str, list[str]] = {key: [] for key in keys}
    incoming: dict[str, list[str]] = {key: [] for key in keys}
    for start, end in links:
        outgoing[start].append(end)
        incoming[end].append(start)
    group: dict[str, str] = {}
    for first in reversed(_left(keys, outgoing)):
        waiting = [] if first in group else [first]
        while waiting:
            key = waiting.pop()
            if key not in group:
                group[key] = first
                waiting += incoming[key]
    return group


def _left(keys: Sequence[str], outgoing: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the nodes in the order in which a walk through all of them is done with each."""
    seen: set[str] = set()
    left: list[str] = []
    for first in keys:
        way = [] if first in seen else [(first, iter(outgoing[first]))]
        seen.add(first)
        while way:
            key, rest = way[-1]
            target = next(rest, None)
            if target is None:
                left.append(key)
                way.pop()
            elif target not in seen:
                seen.add(target)
                way.append((target, iter(outgoing[target])))
    return left


def layers(
    keys: Sequence[str], links: Iterable[tuple[str, str]], group_of: Mapping[str, str]
) -> dict[str, int]:
    """Return the layer of each node: one behind the last of those that need it."""
    pairs = {
        (group_of[start], group_of[end]) for start, end in links if group_of[start] != group_of[end]
    }
    outgoing: dict[str, list[str]] = {}
    waiting = dict.fromkeys(group_of.values(), 0)
    for start, end in sorted(pairs):
        outgoing.setdefault(start, []).append(end)
        waiting[end] += 1
    placed = dict.fromkeys(waiting, 0)
    ready = [group for group, count in waiting.items() if count == 0]
    for group in ready:  # it grows while it is gone through
        for end in outgoing.get(group, ()):
            placed[end] = max(placed[end], placed[group] + 1)
            waiting[end] -= 1
            if waiting[end] == 0:
                ready.append(end)
    return {key: placed[group_of[key]] for key in keys}
