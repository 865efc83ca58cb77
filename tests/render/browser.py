"""A real Chromium, spoken to through pipes: nothing is downloaded, and no other package is needed."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
WHERE = next((found for name in NAMES if (found := shutil.which(name))), None)
MISSING = "no Chromium on this machine (Debian: apt-get install chromium)"
PATIENCE = 60.0

_FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--mute-audio"),
    *("--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--hide-scrollbars", "--remote-debugging-pipe", "about:blank"),
)
# A key: its code for the browser and, where it types something, what.
_KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "Escape": (27, "")}
_KEYS |= {f"Arrow{side}": (code, "") for side, code in (("Left", 37), ("Up", 38), ("Right", 39), ("Down", 40))}


class Browser:
    """One page in a Chromium; what it says on its console and what it wants from a network is remembered."""

    def __init__(self, folder: Path) -> None:
        assert WHERE is not None, MISSING
        ends = [*os.pipe(), *os.pipe()]
        to_read, self._to, self._from, to_write = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)

        def take() -> None:
            """In the browser's process its ends are the numbers that it looks for."""
            os.dup2(to_read, 3)
            os.dup2(to_write, 4)

        self._process = subprocess.Popen(
            [WHERE, f"--user-data-dir={folder}", *_FLAGS],
            preexec_fn=take,  # noqa: PLW1509 - nothing else runs beside it here
            pass_fds=(3, 4),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for end in (*ends, to_read, to_write):
            os.close(end)
        self._held, self._number, self._session = b"", 0, ""
        self.said: list[str] = []
        self.asked: list[str] = []
        self._loaded = ""
        target = self._send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._send(f"{domain}.enable")
        self._send("Page.setLifecycleEventsEnabled", enabled=True)

    def close(self) -> None:
        """End it."""
        os.close(self._to)
        os.close(self._from)
        self._process.terminate()
        self._process.wait(PATIENCE)

    # --- the wire ---------------------------------------------------------------------------------------

    def _send(self, method: str, **given: Any) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": given}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._to, data) :]
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._held:
            assert select.select([self._from], [], [], max(until - time.monotonic(), 0))[0], "Chromium is silent"
            more = os.read(self._from, 1 << 20)
            assert more, "Chromium has ended"
            self._held += more
        line, self._held = self._held.split(b"\0", 1)
        message: dict[str, Any] = json.loads(line)
        self._note(message)
        return message

    def _note(self, message: dict[str, Any]) -> None:
        about = message.get("params", {})
        match message.get("method"):
            case "Page.lifecycleEvent" if about["name"] == "load":
                self._loaded = about["loaderId"]
            case "Runtime.exceptionThrown":
                self.said.append(str(about["exceptionDetails"]))
            case "Runtime.consoleAPICalled":
                self.said.append(str(about["args"]))
            case "Log.entryAdded":
                self.said.append(about["entry"]["text"])
            case "Network.requestWillBeSent":
                self.asked.append(about["request"]["url"])

    # --- a page -----------------------------------------------------------------------------------------

    def open(
        self, file: Path, at: str = "", *, width: int = 1280, height: int = 900, dark: bool = False, script: bool = True
    ) -> None:
        """Open a file, at an anchor of it, and forget what was said and asked before."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._send("Emulation.setDeviceMetricsOverride", **size)
        look = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self._send("Emulation.setEmulatedMedia", media="", features=look)
        self._send("Emulation.setScriptExecutionDisabled", value=not script)
        self.go("about:blank")
        self.said, self.asked = [], []
        self.go(file.as_uri() + at)

    def go(self, address: str) -> None:
        """Go to an address and wait until it, and no page before it, is there."""
        wanted = self._send("Page.navigate", url=address)["loaderId"]
        while self._loaded != wanted:
            self._next()

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        found = self._send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def press(self, *keys: str, shift: bool = False) -> None:
        """Press keys, one after another."""
        for key in keys:
            code, text = _KEYS[key]
            about = {"key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
            typed = {"text": text} if text else {}
            self._send("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **about, **typed)
            self._send("Input.dispatchKeyEvent", type="keyUp", **about)

    def click(self, selector: str) -> None:
        """Click the middle of the first thing that a selector finds, as a hand does."""
        place = self.run(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)});"
            " one.scrollIntoView({block: 'center', inline: 'center'}); const box = one.getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for what in ("mousePressed", "mouseReleased"):
            self._send("Input.dispatchMouseEvent", type=what, x=place[0], y=place[1], button="left", clickCount=1)

    def heard(self) -> list[dict[str, str]]:
        """What a screen reader is told of: the role and the name of everything that has one."""
        nodes = self._send("Accessibility.getFullAXTree")["nodes"]
        said = [node for node in nodes if not node["ignored"]]
        return [
            {"role": one.get("role", {}).get("value", ""), "name": one.get("name", {}).get("value", "")} for one in said
        ]

    def picture(self) -> bytes:
        """What is seen, as PNG."""
        return base64.b64decode(self._send("Page.captureScreenshot", format="png")["data"])

    def print(self) -> bytes:
        """What is printed, as PDF."""
        return base64.b64decode(self._send("Page.printToPDF", printBackground=True)["data"])
