"""Firefox by WebDriver BiDi, which it speaks by itself, and WebKit by its own driver: what the main ways need."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

PATIENCE = 60  # seconds, on a machine that does much else
WIDE, HIGH = 390, 800  # a phone
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Home": "\ue011"}
NARROW = "* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; }"
TEXT = "one.textContent.replace(/\\s+/g, ' ').trim()"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Page:
    """What both browsers can do. `run`: JavaScript as the body of a function, with arguments; a promise is waited for.
    Questions that a page asks in a window (`confirm`) are answered with yes. `downloads`: where files go."""

    name = ""
    downloads: Path

    def go(self, address: str) -> None:
        raise NotImplementedError

    def reload(self) -> None:
        raise NotImplementedError

    def run(self, body: str, *arguments: Any) -> Any:
        raise NotImplementedError

    def keys(self, text: str) -> None:
        """Types key by key into what has the focus."""
        raise NotImplementedError

    def press(self, x: float, y: float) -> None:
        raise NotImplementedError

    def wait(self, body: str, *arguments: Any) -> Any:
        """Until the function gives something that counts; raises AssertionError where it never does."""
        end = time.monotonic() + PATIENCE
        while not (found := self.run(body, *arguments)):
            assert time.monotonic() < end, f"{self.name}: {body} {arguments} never came"
            time.sleep(0.2)
        return found

    def click(self, body: str) -> None:
        """Presses in the middle of an element, as a finger or a mouse does, once nothing lies over it. `body` gives
        the element; what goes on lying over it is an error."""
        place = f"const place = (() => {{ {body} }})();"
        self.wait(f"{place} return Boolean(place && place.getClientRects().length && !place.disabled);")
        free = (  # what is drawn above it meanwhile may push it out of sight
            f"{place} place.scrollIntoView({{ block: 'center', behavior: 'instant' }});"
            "const r = place.getBoundingClientRect(), [x, y] = [r.x + r.width / 2, r.y + r.height / 2];"
            "const there = document.elementFromPoint(x, y);"
            "return (place.contains(there) || there?.contains(place)) && [x, y];"
        )
        self.wait(free)
        time.sleep(0.7)  # as a person: what came within the last half second takes no press
        self.press(*self.wait(free))

    def click_on(self, words: str, what: str = "button") -> None:
        """Presses the button, or another element in sight, whose text begins so."""
        self.click(
            f"return [...document.querySelectorAll({what!r})].find((one) => "
            f"one.getClientRects().length && {TEXT}.startsWith({words!r}));"
        )

    def reads(self, words: str, where: str = "main") -> None:
        """Waits until a part of the page says so."""
        self.wait(
            "const [where, words] = arguments; return [...document.querySelectorAll(where)].some((one) =>"
            f"one.getClientRects().length && {TEXT}.includes(words));",
            where,
            words,
        )

    def fresh(self, address: str) -> None:
        """A browser that knows nothing of the site; `address`: a file of it that has no scripts."""
        self.go(address)
        self.run(
            "localStorage.clear(); sessionStorage.clear(); return new Promise((done) => {"
            "const asked = indexedDB.deleteDatabase('candor-journal');"
            "asked.onsuccess = asked.onerror = asked.onblocked = () => done(true); });"
        )

    def downloaded(self, name: str) -> Path:
        """A file that arrived, once it is whole."""
        end = time.monotonic() + PATIENCE
        while not ((path := self.downloads / name).is_file() and path.stat().st_size):
            assert time.monotonic() < end, f"{self.name}: {name} is not among {list(self.downloads.iterdir())}"
            time.sleep(0.2)
        time.sleep(0.5)
        return path


class Firefox(Page):
    name = "Firefox"

    def __init__(self, folder: Path) -> None:
        from websocket import create_connection

        port = free_port()
        self.downloads = folder / "downloads"
        self.downloads.mkdir()
        settings = {
            "remote.active-protocols": 1,
            "browser.download.folderList": 2,
            "browser.download.dir": str(self.downloads),
            "browser.download.alwaysOpenPanel": False,
            "datareporting.policy.dataSubmissionEnabled": False,
            "app.update.enabled": False,
            "ui.useOverlayScrollbars": 1,
        }
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items()]
        (folder / "user.js").write_text("".join(lines))
        command = [str(find("firefox")), "--headless", "--no-remote", "--profile", str(folder)]
        self.process = subprocess.Popen(
            [*command, "--remote-debugging-port", str(port), "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(folder), "MOZ_REMOTE_ALLOW_SYSTEM_ACCESS": "1"},
        )
        end = time.monotonic() + 2 * PATIENCE
        while True:
            try:
                self.line = create_connection(
                    f"ws://127.0.0.1:{port}/session", timeout=2 * PATIENCE, suppress_origin=True
                )
                break
            except OSError:
                assert time.monotonic() < end, "Firefox does not answer"
                time.sleep(0.5)
        self.count = itertools.count(1)
        wanted = {"alwaysMatch": {"unhandledPromptBehavior": {"default": "accept"}}}
        self.version = self.ask("session.new", capabilities=wanted)["capabilities"]["browserVersion"]
        self.context = self.ask("browsingContext.create", type="tab")["context"]
        self.ask("browsingContext.setViewport", context=self.context, viewport={"width": WIDE, "height": HIGH})

    def ask(self, method: str, **given: Any) -> Any:
        number = next(self.count)
        self.line.send(json.dumps({"id": number, "method": method, "params": given}))
        while (said := json.loads(self.line.recv())).get("id") != number:
            pass
        assert said["type"] == "success", said
        return said["result"]

    def go(self, address: str) -> None:
        self.ask("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def reload(self) -> None:
        self.ask("browsingContext.reload", context=self.context, wait="complete")

    def run(self, body: str, *arguments: Any) -> Any:
        work = f"await ((...arguments) => {{ {body} }})(...{json.dumps(arguments)})"
        said = self.ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify({work}) ?? 'null')()",
            target={"context": self.context},
            awaitPromise=True,
            userActivation=True,
        )
        assert said["type"] == "success", said
        return json.loads(said["result"]["value"])

    def keys(self, text: str) -> None:
        steps = [{"type": way, "value": sign} for sign in text for way in ("keyDown", "keyUp")]
        self.ask(
            "input.performActions", context=self.context, actions=[{"type": "key", "id": "keys", "actions": steps}]
        )

    def press(self, x: float, y: float) -> None:
        steps = [
            {"type": "pointerMove", "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        finger = {"type": "pointer", "id": "mouse", "actions": steps}
        self.ask("input.performActions", context=self.context, actions=[finger])

    def close(self) -> None:
        self.line.close()
        self.process.terminate()
        self.process.wait(PATIENCE)


class WebKit(Page):
    """WebKitGTK's small browser, under Xvfb where there is no screen. It has one session at a time."""

    name = "WebKit"

    def __init__(self, folder: Path) -> None:
        from selenium import webdriver
        from selenium.webdriver.webkitgtk.options import Options
        from selenium.webdriver.webkitgtk.service import Service

        environment = {**os.environ, "HOME": str(folder), "XDG_CACHE_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
        environment |= {"WEBKIT_DISABLE_COMPOSITING_MODE": "1", "WEBKIT_DISABLE_DMABUF_RENDERER": "1"}
        environment |= {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}  # it cannot make one inside most containers
        self.downloads = folder
        look = folder / ".config/gtk-3.0/gtk.css"
        look.parent.mkdir(parents=True)
        look.write_text(NARROW)  # its buttons would take more than a phone has
        environment["XDG_CONFIG_HOME"] = str(folder / ".config")
        self.screen = None
        if not os.environ.get("DISPLAY"):
            ours, theirs = os.pipe()
            self.screen = subprocess.Popen(
                ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1200x900x24"],
                pass_fds=[theirs],
                stderr=subprocess.DEVNULL,
            )
            environment["DISPLAY"] = f":{os.read(ours, 16).decode().strip()}"
        options = Options()
        options.binary_location = str(next(Path("/usr").glob("lib*/*/webkit2gtk-4*/MiniBrowser")))
        options.add_argument("--automation")
        options.set_capability("unhandledPromptBehavior", "accept")
        service = Service(executable_path=str(find("WebKitWebDriver")), env=environment)
        self.driver = webdriver.WebKitGTK(options=options, service=service)
        self.version = self.driver.capabilities["browserVersion"]
        self.driver.set_window_size(WIDE, HIGH)

    def go(self, address: str) -> None:
        self.driver.get(address)

    def reload(self) -> None:
        self.driver.refresh()

    def run(self, body: str, *arguments: Any) -> Any:
        return self.driver.execute_script(body, *arguments)

    def keys(self, text: str) -> None:
        from selenium.webdriver import ActionChains

        for sign in text:
            ActionChains(self.driver).send_keys(sign).perform()

    def press(self, x: float, y: float) -> None:
        from selenium.webdriver.common.actions.action_builder import ActionBuilder

        actions = ActionBuilder(self.driver)
        actions.pointer_action.move_to_location(round(x), round(y)).click()
        actions.perform()

    def close(self) -> None:
        self.driver.quit()
        if self.screen:
            self.screen.terminate()


def find(program: str) -> Path | None:
    found = shutil.which(program) or shutil.which(f"{program}-esr")
    return Path(found) if found else None
