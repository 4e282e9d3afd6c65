"""Keeps the explorer's nodes by number, and finds what of a list stayed when it is made anew."""

from collections.abc import Sequence

from padguard.ui.views.explorer_nodes import Content, Node, NodeKind


class NodeStore:
    """The nodes made so far, by id. An id is never used twice."""

    def __init__(self) -> None:
        self._nodes: dict[int, Node] = {}
        self._last_id = 0
        self.root = self._make(0, 0, Content(NodeKind.ROOT))

    def __getitem__(self, identifier: int) -> Node:
        return self._nodes[identifier]

    def children(self, node: Node) -> list[Node]:
        """Return the children of a node that were made."""
        return [self._nodes[identifier] for identifier in node.children or ()]

    def insert(self, parent: Node, row: int, contents: Sequence[Content]) -> None:
        """Make children of a node, the first of them at ``row``."""
        made = [self._make(parent.id, 0, content).id for content in contents]
        siblings = parent.children or []
        parent.children = [*siblings[:row], *made, *siblings[row:]]
        self._number(parent, row)

    def remove(self, parent: Node, start: int, end: int) -> None:
        """Forget the children ``start`` up to ``end`` of a node, and all below them."""
        siblings = parent.children or []
        for identifier in siblings[start:end]:
            self._forget(identifier)
        parent.children = siblings[:start] + siblings[end:]
        self._number(parent, start)

    def _make(self, parent: int, row: int, content: Content) -> Node:
        self._last_id += 1
        node = self._nodes[self._last_id] = Node(self._last_id, parent, row, content)
        return node

    def _forget(self, identifier: int) -> None:
        for child in self._nodes.pop(identifier).children or ():
            self._forget(child)

    def _number(self, parent: Node, start: int) -> None:
        children = parent.children or []
        for row in range(start, len(children)):
            self._nodes[children[row]].row = row


def kept_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """Return how many items at the start and at the end two lists have in common."""
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end
