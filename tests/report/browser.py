"""A headless Chromium, driven through its DevTools protocol over two pipes. Needs Python 3 and nothing else."""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def program():
    """The path of a Chromium, or None."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """One browser with one page at a time; what the page logs and fetches is kept in `logged` and `fetched`."""

    def __init__(self, path):
        self.home = tempfile.mkdtemp(prefix="shuliang-chromium-")
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()

        def ends():
            # the browser reads its file 3 and writes its file 4
            high_in, high_out = os.dup(theirs_in), os.dup(theirs_out)
            os.dup2(high_in, 3)
            os.dup2(high_out, 4)
            os.set_inheritable(3, True)
            os.set_inheritable(4, True)

        options = ["--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
                   "--disable-background-networking", "--disable-component-update", f"--user-data-dir={self.home}", "about:blank"]
        self.process = subprocess.Popen([path, *options], preexec_fn=ends, close_fds=False, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self.read, self.write = ours_in, ours_out
        self.rest, self.number, self.session = b"", 0, None
        self.logged, self.fetched, self.loaded = [], [], False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self.read)
        os.close(self.write)
        shutil.rmtree(self.home, ignore_errors=True)

    def message(self):
        while b"\0" not in self.rest:
            block = os.read(self.read, 1 << 16)
            if not block:
                raise SystemExit("the browser ended early")
            self.rest += block
        message, self.rest = self.rest.split(b"\0", 1)
        message = json.loads(message)
        about, says = message.get("method"), message.get("params", {})
        if about == "Runtime.consoleAPICalled":
            self.logged.append(" ".join(str(one.get("value", one.get("description"))) for one in says["args"]))
        elif about == "Runtime.exceptionThrown":
            self.logged.append(says["exceptionDetails"].get("exception", {}).get("description") or says["exceptionDetails"]["text"])
        elif about == "Log.entryAdded":
            self.logged.append(says["entry"]["text"])
        elif about == "Network.requestWillBeSent":
            self.fetched.append(says["request"]["url"])
        elif about == "Page.loadEventFired":
            self.loaded = True
        return message

    def call(self, method, **params):
        self.number += 1
        call = {"id": self.number, "method": method, "params": params}
        if self.session:
            call["sessionId"] = self.session
        os.write(self.write, json.dumps(call).encode() + b"\0")
        while True:
            message = self.message()
            if message.get("id") == call["id"]:
                if "error" in message:
                    raise SystemExit(f"{method}: {message['error']}")
                return message["result"]

    def open(self, path, width=1440, height=900, dark=False, language="zh-CN"):
        """Opens a file in a fresh page and waits until it has loaded."""
        if self.session:
            self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.call("Network.setUserAgentOverride", userAgent="shuliang-test", acceptLanguage=language)
        self.logged, self.fetched, self.loaded = [], [], False
        self.call("Page.navigate", url=pathlib.Path(path).resolve().as_uri())
        while not self.loaded:
            self.message()

    def ask(self, expression):
        """The value of a JavaScript expression in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise SystemExit(f"{expression}: {answer['exceptionDetails'].get('exception', {}).get('description')}")
        return answer["result"].get("value")

    def click(self, selector):
        """Clicks the middle of the first element of a selector, as a mouse does."""
        quoted = json.dumps(selector)
        place = self.ask(f"(() => {{ const e = document.querySelector({quoted}); e.scrollIntoView({{block: 'nearest'}});"
                         "const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; })()")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def press(self, key):
        """Presses a key: a character, or a name such as ArrowDown."""
        text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def choose(self, selector, start):
        """Chooses the option of a select whose value begins with `start`."""
        self.ask(f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
                 f"e.value = [...e.options].find((o) => o.value.startsWith({json.dumps(start)})).value;"
                 "e.dispatchEvent(new Event('change')); })()")

    def picture(self, path, whole=False):
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))

    def paper(self, path):
        data = self.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))
