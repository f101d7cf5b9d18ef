"""Pages of the book that go on from test to test with nothing kept.

A new page takes a process of its own, which starts and then reads every script and style anew: two thirds of what it is
to open a page of the book. A page in which something lasts that cannot be taken back (a script, a clock, another tab)
goes to nobody else.
"""

import json
from contextlib import suppress

#: What lasts, and what is taken back.
LASTING = {
    "page": ("add_init_script", "expose_function", "add_locator_handler"),
    "context": ("add_init_script", "new_page", "new_cdp_session", "grant_permissions"),
}
TAKEN_BACK = {"page": ("route", "emulate_media"), "context": ("route", "set_offline")}
#: Before a page is left: what it writes as it goes is not kept, and whether it may go to another test.
LEAVE = """() => {
    sessionStorage.clear();
    Storage.prototype.setItem = () => {};
    return !('__pwClock' in window);
}"""


class Tab:
    """A page in a context of its own."""

    def __init__(self, browser, name: str, options: dict):
        self.name, self._options, self.spent = name, options, "java_script_enabled" in options
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self._session = self.context.new_cdp_session(self.page)
        self._heard, self._done = [], set()
        for owner, kind in ((self.page, "page"), (self.context, "context")):
            for name in LASTING[kind] + TAKEN_BACK[kind]:
                setattr(owner, name, self._noted(name, getattr(owner, name), name in LASTING[kind]))
            owner.on = self._noted_listener(owner)

    def _noted(self, name, what, lasting):
        def call(*given, **more):
            self.spent = self.spent or lasting
            self._done.add(name)
            return what(*given, **more)

        return call

    def _take_back(self) -> None:
        if "route" in self._done:
            for owner in (self.page, self.context):
                owner.unroute_all(behavior="ignoreErrors")
        if "set_offline" in self._done:
            self.context.set_offline(False)
        if "emulate_media" in self._done:
            usual = {"color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}
            self.page.emulate_media(media="null", **{name: self._options.get(name, usual[name]) for name in usual})
        self._done.clear()

    def _noted_listener(self, owner):
        listen = owner.on

        def on(event, heard):
            self._heard.append((owner, event, heard))
            listen(event, heard)

        return on

    def _unheard(self) -> None:
        for owner, event, heard in self._heard:
            owner.remove_listener(event, heard)
        self._heard.clear()

    def forget(self, origin: str) -> bool:
        """Leaves the page of the test that has ended. Whether another can go on here as with a new one."""
        if self.spent or self.page.is_closed() or len(self.context.pages) > 1 or not self.page.url.startswith(origin):
            return False
        self._unheard()
        with suppress(Exception):  # a page that may keep nothing, or does not go
            if not self.page.evaluate(LEAVE):
                return False
            self._take_back()
            self.page.on("dialog", lambda dialog: dialog.accept())
            self.page.mouse.move(0, 0)
            self.page.goto("about:blank")
            self._unheard()
            self._session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
            self._session.send("Page.resetNavigationHistory")
            self.page.set_default_timeout(30_000)
            return True
        return False


class Tabs:
    """The tabs of one browser that are free, by how they were opened, the size of their window aside."""

    def __init__(self, browser):
        self._browser, self._free = browser, {}

    def take(self, viewport: dict | None = None, **options) -> Tab:
        size = viewport or {"width": 1280, "height": 720}
        name = json.dumps(options, sort_keys=True)
        if free := self._free.get(name):
            tab = free.pop()
            tab.page.set_viewport_size(size)
            return tab
        return Tab(self._browser, name, {"viewport": size, **options})

    def give_back(self, tab: Tab, origin: str) -> None:
        if tab.forget(origin):
            self._free.setdefault(tab.name, []).append(tab)
        else:
            tab.context.close()

    def contexts(self) -> list:
        return [tab.context for free in self._free.values() for tab in free]
