"""A search in a process of its own, which whoever asked can stop at any moment."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from qda.errors import QdaError
from qda.tui.hits.finding import find_here
from qda.tui.report.counting import Door


def main() -> None:
    """Answer one question: JSON comes in, JSON goes out."""
    asked = json.loads(sys.stdin.buffer.read())
    try:
        found = find_here(Door(Path(asked["file"]), asked["coder"]), asked["words"], asked["mode"])
        answer = found._asdict()
    except QdaError as error:
        answer = {"refused": str(error)}
    sys.stdout.write(json.dumps(answer))
