"""A real headless Chromium for the page tests, driven through the DevTools protocol over two pipes.

Protocol: https://chromedevtools.github.io/devtools-protocol/ . With ``--remote-debugging-pipe`` the browser reads
commands from file descriptor 3 and writes answers and events to 4, each message JSON with a zero byte behind it.
"""

import base64
import fcntl
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions",
    "--disable-dev-shm-usage", "--disable-domain-reliability", "--hide-scrollbars", "--remote-debugging-pipe",
]  # fmt: skip
SIZE = (1280, 800)
# What Chromium asks on its own account, whatever the flags: time, updates, sign-in.
OWN = re.compile(r"[/ ][\w-]+\.google(apis)?\.com[:/]")
# Puts two open files at 3 and 4 and becomes the browser.
WIRE = "import os, sys; a = sys.argv; os.dup2(int(a[1]), 3); os.dup2(int(a[2]), 4); os.execv(a[3], a[3:])"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Browser"]:
    """A browser whose only way out is a proxy that never answers; fails without Chromium in CI, skips elsewhere."""
    if CHROMIUM is None:
        reason = "The page tests need Chromium: apt-get install chromium fonts-dejavu-core"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    started = Browser(tmp_path_factory.mktemp("profile"))
    yield started
    started.close()


class DeadProxy:
    """Takes every connection, notes what is asked for, answers nothing."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._read, args=(connection,), daemon=True).start()

    def _read(self, connection: socket.socket) -> None:
        line = connection.recv(4096).decode(errors="replace").split("\r\n")[0]
        if line and not OWN.search(line):
            self.asked.append(line)
        while connection.recv(4096):
            pass


class Browser:
    """One browser with one page; ``events`` holds what it said since the page was opened."""

    def __init__(self, folder: Path) -> None:
        self.proxy = DeadProxy()
        to_browser, from_browser = os.pipe(), os.pipe()
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (to_browser[0], from_browser[1])]  # clear of 3 and 4
        network = [f"--proxy-server=http://{self.proxy.address}", "--proxy-bypass-list=<-loopback>"]
        command = [str(CHROMIUM), *FLAGS, *network, f"--user-data-dir={folder}", "about:blank"]
        wired = [sys.executable, "-c", WIRE, *map(str, ends), *command]
        self.process = subprocess.Popen(wired, pass_fds=ends, stderr=subprocess.DEVNULL)
        for end in (*ends, to_browser[0], from_browser[1]):
            os.close(end)
        self.writer, self.reader = os.fdopen(to_browser[1], "wb", 0), os.fdopen(from_browser[0], "rb")
        self.events: list[dict[str, Any]] = []
        self.number, self.session = 0, {}
        targets = self.send("Target.getTargets")["targetInfos"]
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        self.session = {"sessionId": self.send("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]}
        width, height = SIZE
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Sends a command and waits for its answer."""
        self.number += 1
        self.writer.write(
            json.dumps({"id": self.number, "method": method, "params": parameters} | self.session).encode()
        )
        self.writer.write(b"\0")
        while (answer := self._receive()).get("id") != self.number:
            self.events.append(answer)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _receive(self) -> dict[str, Any]:
        message = bytearray()
        while (byte := self.reader.read(1)) != b"\0":
            if not byte:
                raise RuntimeError("The browser has gone.")
            message += byte
        answer: dict[str, Any] = json.loads(message)
        return answer

    def run(self, script: str) -> Any:
        """The value of a script in the page, awaited; a script that throws raises."""
        result = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"].get("description"))
        return result["result"].get("value")

    def until(self, script: str) -> None:
        """Waits until a script gives something true, at most ten seconds."""
        self.run(f"""new Promise((done, fail) => {{
            const end = Date.now() + 10000;
            (function look() {{
                if ({script}) done(); else if (Date.now() > end) fail(new Error("never")); else setTimeout(look, 20);
            }})();
        }})""")

    def open(self, path: Path, fragment: str = "") -> None:
        """Opens a file anew and waits until all of it is loaded."""
        self.send("Page.navigate", url="about:blank")
        self.events.clear()
        self.proxy.asked.clear()
        self.send("Page.navigate", url=path.as_uri() + fragment)
        self.run("new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', done))")

    def said(self, *methods: str) -> list[dict[str, Any]]:
        """The parameters of the events of these kinds since the page was opened."""
        return [event["params"] for event in self.events if event["method"] in methods]

    def requests(self) -> list[str]:
        """Addresses that the page asked for, but for the page itself."""
        urls = [event["request"]["url"] for event in self.said("Network.requestWillBeSent")]
        return [url for url in urls if not url.startswith(("file:", "data:", "blob:", "about:"))]

    def click(self, x: float, y: float) -> None:
        """Moves the mouse to a place of the page and clicks."""
        for kind, count in (("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 1)):
            button = "left" if count else "none"
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button=button, clickCount=count)

    def press(self, *keys: str) -> None:
        """Types characters and named keys (Enter, Tab, Escape, ArrowDown)."""
        codes = {"Enter": 13, "Tab": 9, "Escape": 27, "ArrowDown": 40}
        for key in keys:
            text = {"text": "\r" if key == "Enter" else key} if key == "Enter" or key not in codes else {}
            self.send(
                "Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=codes.get(key, 0), **text
            )
            self.send("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=codes.get(key, 0))

    def screenshot(self, path: Path) -> None:
        """Writes the visible page as PNG."""
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot")["data"]))

    def close(self) -> None:
        self.writer.close()
        self.reader.close()
        self.process.terminate()
        self.process.wait(10)
        self.proxy.listener.close()
