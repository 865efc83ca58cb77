"""What somebody says about a project of another tool where the project itself does not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class KnownText(NamedTuple):
    """A source of the study: its uid, its name, and a function that gives its text."""

    uid: bytes
    name: str
    text: Callable[[], str]


@dataclass(frozen=True)
class Asked:
    """Which labels become turns; who coded where nobody is named; the columns of a table; the texts of the study."""

    speakers: str | frozenset[str] = "auto"
    coder: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    texts: Callable[[], Iterable[KnownText]] = tuple
