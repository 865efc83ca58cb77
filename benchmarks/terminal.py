"""A terminal without a window: a pseudo-terminal with a process in it, what it costs, and what it has painted."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

QUIET = 0.03
_SEQUENCE = re.compile(r"\x1b\[([<>?=]?)([0-9;:]*)([ $]*)([@-~])|\x1b\][^\x07]*\x07|\x1b[^\[\]]")
_ANSWERS = {"\x1b[?2026$p": "\x1b[?2026;2$y"}  # paints in whole frames, as today's terminals do


class Frame(NamedTuple):
    """What a key led to: seconds to the first and to the last byte, CPU seconds of the process, bytes."""

    first: float
    last: float
    cpu: float
    size: int


def _sizeless(env: Mapping[str, str]) -> dict[str, str]:
    """An environment without the size of another terminal, which would go before that of this one."""
    return {name: value for name, value in env.items() if name not in ("COLUMNS", "LINES")}


class Terminal:
    """A process in a pseudo-terminal. Nothing here waits longer than it is told to."""

    def __init__(
        self, words: Sequence[str], *, env: Mapping[str, str], cwd: Path, size: tuple[int, int] = (120, 40)
    ) -> None:
        """Start a program in a terminal of so many columns and rows."""
        self.grid = Grid(*size)
        self._said: list[str] = []
        self.begun = self.painted = time.perf_counter()
        self.pid, self._file = pty.fork()
        if not self.pid:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.chdir(cwd)
            os.execve(words[0], list(words), {**_sizeless(env), "TERM": "xterm-256color", "COLORTERM": "truecolor"})
        os.set_blocking(self._file, False)
        self._clock = (~self.pid << 3) | 2  # the process's CPU clock (clock_getcpuclockid)
        self._status: int | None = None
        self.resize(*size)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    # --- to the process ---------------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Type: all in one write where the terminal takes it, else as fast as it does."""
        left = text.encode()
        while left:
            try:
                left = left[os.write(self._file, left) :]
            except BlockingIOError:
                self.read(0.005)

    def press(self, keys: str, *, quiet: float = QUIET, limit: float = 10.0) -> Frame:
        """Type, and wait until what that paints is there: until nothing comes for `quiet` seconds."""
        before, begun = self.cpu(), time.perf_counter()
        self.write(keys)
        first, last, size = self.read(quiet, begun=begun, limit=limit)
        return Frame(first, last, self.cpu() - before, size)

    def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        self.grid.resize(width, height)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    # --- from the process -------------------------------------------------------------------------------

    def read(
        self, quiet: float = QUIET, *, begun: float | None = None, limit: float = 10.0
    ) -> tuple[float, float, int]:
        """Read until nothing comes for `quiet` seconds: seconds to the first and to the last byte, and their number.

        Where nothing comes at all, it waits ten times as long.
        """
        begun = time.perf_counter() if begun is None else begun
        first = last = 0.0
        size = 0
        while time.perf_counter() - begun < limit:
            ready, _, _ = select.select([self._file], [], [], quiet if size else 10 * quiet)
            data = self._take() if ready else b""
            if not data:
                break
            self.painted = time.perf_counter()
            last = self.painted - begun
            first = first or last
            size += len(data)
        return first, last, size

    @property
    def said(self) -> str:
        """All that came, with its sequences."""
        return "".join(self._said)

    def wait_for(self, words: str, *, limit: float = 20.0) -> float:
        """Read until words are on the screen; returns the seconds from the start to the last byte.

        Raises:
            TimeoutError: They did not come.
        """
        until = time.perf_counter() + limit
        while words not in self.grid.text():
            if time.perf_counter() > until or self.ended():
                raise TimeoutError(f"'{words}' did not come; on the screen:\n{self.grid.text()}")
            self.read(0.005, limit=0.1)
        return self.painted - self.begun

    def _take(self) -> bytes:
        try:
            data = os.read(self._file, 1 << 16)
        except BlockingIOError:
            return b""
        except OSError:  # the process has left the terminal
            return b""
        self._said.append(self.grid.feed(data))
        for question, answer in _ANSWERS.items():
            if question.encode() in data:
                os.write(self._file, answer.encode())
        return data

    # --- the process ------------------------------------------------------------------------------------

    def cpu(self) -> float:
        """CPU seconds of the process so far, all its threads."""
        return time.clock_gettime(self._clock) if self._status is None else 0.0

    def memory(self, name: str = "VmHWM") -> float:
        """Memory of the process in MB: the most that it had (`VmHWM`), or what it has now (`VmRSS`)."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(re.findall(rf"{name}:\s+(\d+)", status)[0]) / 1024

    def ended(self) -> bool:
        """Whether the process has ended."""
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = os.waitstatus_to_exitcode(status) if pid else None
        return self._status is not None

    def end(self, limit: float = 10.0) -> int:
        """Wait until the process ends; returns its exit status.

        Raises:
            TimeoutError: It does not end.
        """
        until = time.perf_counter() + limit
        while not self.ended():
            if time.perf_counter() > until:
                raise TimeoutError(f"still running; on the screen:\n{self.grid.text()}")
            self.read(0.01, limit=0.05)
        self.read(0.01, limit=0.2)
        return self._status or 0

    def kill(self) -> None:
        """End the process at once, as a power cut does; nothing where it has ended."""
        if not self.ended():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self._status = -signal.SIGKILL
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


class Grid:
    """What stands on the screen, in rows of characters; only what the screens of qda send is understood."""

    def __init__(self, width: int, height: int) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""
        self.resize(width, height)

    def resize(self, width: int, height: int) -> None:
        """Begin with an empty screen of another size."""
        self._width, self._height = width, height
        self._rows = [[" "] * width for _ in range(height)]
        self._x = self._y = 0

    def text(self) -> str:
        """All rows, white space behind them left out."""
        return "\n".join(self.row(number) for number in range(self._height))

    def row(self, number: int) -> str:
        """One row, from 0."""
        return "".join(self._rows[number]).rstrip()

    def feed(self, data: bytes) -> str:
        """Take output in and return it as text; half a character or half a sequence waits for more of it."""
        text = self._rest + self._decode(data)
        cut = text.rfind("\x1b")
        whole = cut if cut >= 0 and _SEQUENCE.match(text, cut) is None else len(text)
        self._rest = text[whole:]
        at = 0
        for found in _SEQUENCE.finditer(text, 0, whole):
            self._print(text[at : found.start()])
            self._obey(found)
            at = found.end()
        self._print(text[at:whole])
        return text[:whole]

    def _obey(self, found: re.Match[str]) -> None:
        private, numbers, _, what = found.groups()
        if what == "H" and not private:
            row, _, column = numbers.partition(";")
            self._y, self._x = int(row or 1) - 1, int(column or 1) - 1

    def _print(self, text: str) -> None:
        for character in text:
            if character == "\n":
                self._x, self._y = 0, self._y + 1
            elif character >= " " and self._y < self._height:
                self._put(character)

    def _put(self, character: str) -> None:
        row = self._rows[self._y]
        if unicodedata.combining(character) or character in "\u200d\ufe0f":
            if 0 < self._x <= self._width:
                row[self._x - 1] += character
            return
        wide = unicodedata.east_asian_width(character) in "WF"
        if self._x < self._width:
            row[self._x] = character
            if wide and self._x + 1 < self._width:
                row[self._x + 1] = ""
        self._x += 2 if wide else 1
