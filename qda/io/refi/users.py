"""Who coded: the users of a project, and who it was where an element does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.io.refi.guids import guid_of, made
from qda.io.refi.names import one_line
from qda.model.nouns import id_of
from qda.model.project import ProjectUser

if TYPE_CHECKING:
    from qda.io.refi.events import Node

_BY = ("creatingUser", "modifyingUser", "creatingUserGUID", "modifyingUserGUID")
UNKNOWN = made("unknown user")


class Users:
    """The users of a project; those that are only referred to are found on the way."""

    def __init__(self, nodes: list[Node]) -> None:
        self.all: dict[bytes, ProjectUser] = {}
        self.strangers = 0
        for number, node in enumerate(nodes, 1):
            guid = guid_of(node.get("guid")) or made("user", node.get("name"), str(number))
            name = one_line(node.get("name") or node.get("id")) or f"user {number}"
            self.all.setdefault(guid, ProjectUser(guid, name.replace("|", "/")))

    def of(self, *nodes: Node) -> bytes:
        """Who made the first of some elements, from the inmost outwards, that says who did."""
        for node in nodes:
            for name in _BY:
                if guid := guid_of(node.get(name)):
                    if guid not in self.all:
                        self.strangers += 1
                        self.all[guid] = ProjectUser(guid, f"user {id_of(guid)[:8]}")
                    return guid
        self.all.setdefault(UNKNOWN, ProjectUser(UNKNOWN, "unknown"))
        return UNKNOWN
