"""What work costs: CPU seconds (user and system), wall seconds and peak memory, of a process or of a part of it."""

from __future__ import annotations

import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# Linux counts the memory of the process that starts another one into that one's peak; so a bare Python stands
# between us and what we measure. It starts the command, waits for it alone and says what the kernel counted.
_LAUNCHER = """
import os, sys, time
out, err, *words = sys.argv[1:]
flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
opened = [(os.POSIX_SPAWN_OPEN, n, name, flags, 0o600) for n, name in ((1, out), (2, err))]
begun = time.perf_counter()
child = os.posix_spawn(words[0], words, os.environ, file_actions=opened)
_, status, used = os.wait4(child, 0)
wall = time.perf_counter() - begun
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds, wall seconds and peak MB; `said` is what the work printed."""

    cpu: float
    wall: float
    peak: float
    said: str = ""

    @property
    def found(self) -> Any:
        """What a part of a process says that it found."""
        return json.loads(self.said)["found"]


class FailedError(RuntimeError):
    """A measured command did not do its work."""


def of_command(words: Sequence[str], *, env: Mapping[str, str], cwd: Path) -> Cost:
    """What a whole process costs, from its start to its end.

    Raises:
        FailedError: The command did not end well.
    """
    with tempfile.TemporaryDirectory(prefix="qda-bench-out-") as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        launched = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(out), str(err), *words],
            env=dict(env),
            cwd=cwd,
            check=True,
            capture_output=True,
            text=True,
        )
        status, cpu, wall, peak = launched.stdout.split()
        if status != "0":
            raise FailedError(f"{' '.join(words)}: exit {status}\n{err.read_text(errors='replace')}")
        return Cost(float(cpu), float(wall), float(peak), out.read_text(encoding="utf-8"))


def of_part(words: Sequence[str], *, env: Mapping[str, str], cwd: Path) -> Cost:
    """What a part of a process costs: the process measures it itself (`print_cost`), its peak is the whole's."""
    whole = of_command(words, env=env, cwd=cwd)
    part = json.loads(whole.said)
    return Cost(part["cpu"], part["wall"], whole.peak, whole.said)


def print_cost(work: Callable[[], Any]) -> None:
    """Do a part of this process's work, once and cold, and print what it cost and what it found."""
    gc.collect()
    before, begun = _cpu(), time.perf_counter()
    found = work()
    wall = time.perf_counter() - begun
    print(json.dumps({"cpu": _cpu() - before, "wall": wall, "found": found}))


def print_times(work: Callable[[int], object], times: int) -> None:
    """Do something small many times, and print what once cost: CPU on average, wall at the median and p95."""
    gc.collect()
    walls = []
    before = _cpu()
    for number in range(times):
        begun = time.perf_counter()
        work(number)
        walls.append(time.perf_counter() - begun)
    cpu = (_cpu() - before) / times
    walls.sort()
    p95 = walls[int(times * 0.95)]
    print(json.dumps({"cpu": cpu, "wall": statistics.median(walls), "found": {"p95": p95}}))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def load() -> str:
    """How busy the machine is, for reading the figures."""
    return ", ".join(f"{average:.1f}" for average in os.getloadavg())
