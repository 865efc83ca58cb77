"""A search in a process of its own, which whoever asked can stop at any moment."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from qda.errors import QdaError
from qda.model.selection import Selection
from qda.tui.hits.finding import find_here
from qda.tui.hits.state import Wanted
from qda.tui.report.counting import Door


def main() -> None:
    """Answer one question: JSON comes in, JSON goes out."""
    asked = json.loads(sys.stdin.buffer.read())
    named = asked["only"]
    sources, codes, coders = (tuple(named[name]) for name in ("sources", "codes", "coders"))
    only = Selection(sources=sources, codes=codes, coders=coders, query=named["query"])
    try:
        found = find_here(Door(Path(asked["file"]), asked["coder"]), Wanted(asked["words"], asked["mode"], only))
        answer = found._asdict()
    except QdaError as error:
        answer = {"refused": str(error)}
    sys.stdout.write(json.dumps(answer))
