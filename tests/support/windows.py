"""Windows of a browser that go on from test to test with nothing kept.

A new window takes a process of its own, which starts and then reads and compiles every script and style anew: half of
what it is to open a page. So a test that asks the browser for a new context is given one that another has closed, where
one is there that was opened alike: with no cookies, nothing in its stores, no other tab, and its page as it began. One
in which something lasts that cannot be taken back (a clock, a script for every page) goes to nobody else.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

#: What lasts until its `close`.
CLOSED = ("add_init_script", "expose_function", "expose_binding")
#: Before a page is left: what it writes as it goes is not kept, and whether it may go to another test.
LEAVE = """() => {
    sessionStorage.clear();
    Storage.prototype.setItem = () => {};
    return !('__pwClock' in window);
}"""
#: What a page is told of its reader, and what a window is where nothing is said.
USUAL = {"color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}
PLAIN = {"accept_downloads": True, "has_touch": False, "is_mobile": False, "java_script_enabled": True}
SIZE = {"width": 1280, "height": 720}
MOST = 4  # that wait: each is a process


class Window:
    """A context with its first page. Its `close` gives it back."""

    def __init__(self, context, name: str, options: dict, closed: Callable):
        self.name, self.spent = name, "java_script_enabled" in options
        self.context, self.page = context, context.new_page()
        self._session = context.new_cdp_session(self.page)
        self._heard, self._handled, self._lasting, self._origins = [], [], [], set()
        self._sessions = set()
        self.page.on("framenavigated", self._went)
        self.really_close, self._real_page, self._given = context.close, context.new_page, False
        context.close, context.new_page = lambda **_how: closed(self), self._new_page
        context.new_cdp_session = self._noted_session(context.new_cdp_session)
        for owner in (self.page, context):
            owner.set_extra_http_headers = self._spending(owner.set_extra_http_headers)
            for one in CLOSED:
                setattr(owner, one, self._noted(getattr(owner, one)))
            owner.on = self._noted_listener(owner)
        self.page.add_locator_handler = self._noted_handler(self.page.add_locator_handler)

    def begin(self, size: dict, media: dict):
        """The context for a test: of this size, and for a reader who asked for this."""
        self._media = media
        self.page.set_viewport_size(size)
        if media != USUAL:
            self.page.emulate_media(**media)
        return self.context

    def _new_page(self):
        """The first page is there already."""
        if self._given:
            page = self._real_page()
            if self._media != USUAL:
                page.emulate_media(**self._media)
            return page
        self._given = True
        return self.page

    def _went(self, frame) -> None:
        where = urlsplit(frame.url)
        if frame.parent_frame is None and where.scheme != "about":
            self._origins.add(f"{where.scheme}://{where.netloc}")

    def _spending(self, what):
        def call(*given, **more):
            self.spent = True
            return what(*given, **more)

        return call

    def _noted(self, what):
        def call(*given, **more):
            self._lasting.append(what(*given, **more))
            return self._lasting[-1]

        return call

    def _noted_session(self, new):
        """What is set in a session may outlive it; a test that has set nothing ends its own."""

        def call(*given, **more):
            session = new(*given, **more)
            self._sessions.add(session)
            detach = session.detach
            session.detach = lambda: (self._sessions.discard(session), detach())
            return session

        return call

    def _noted_listener(self, owner):
        listen = owner.on

        def on(event, heard):
            self._heard.append((owner, event, heard))
            listen(event, heard)

        return on

    def _noted_handler(self, handle):
        def add(locator, *given, **more):
            self._handled.append(locator)
            handle(locator, *given, **more)

        return add

    def _unheard(self) -> None:
        for locator in self._handled:
            with suppress(Exception):  # a test may have taken it back itself
                self.page.remove_locator_handler(locator)
        self._handled.clear()
        for owner, event, heard in self._heard:
            owner.remove_listener(event, heard)
        self._heard.clear()

    def forget(self) -> bool:
        """Leaves the page of the test that has ended. Whether another test can go on here as in a new window."""
        if self.spent or self._sessions or self.page.is_closed() or len(self._origins) > 1:
            return False
        self._unheard()
        with suppress(Exception):  # a page that may keep nothing, or does not go
            for other in self.context.pages:
                if other != self.page:
                    other.close()
            if self._origins and not self.page.evaluate(LEAVE):
                return False
            for owner in (self.page, self.context):
                owner.unroute_all(behavior="ignoreErrors")
            for one in self._lasting:
                one.close()
            self._lasting.clear()
            self.context.set_offline(False)
            self.page.on("dialog", lambda dialog: dialog.accept())
            self.page.goto("about:blank")
            self._unheard()
            self.page.emulate_media(media="null", **USUAL)
            self.page.mouse.move(0, 0)
            self.context.clear_cookies()
            self.context.clear_permissions()
            for origin in self._origins:
                self._session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
            self._session.send("Page.resetNavigationHistory")
            for owner in (self.context, self.page):
                owner.set_default_timeout(30_000)
            self._origins.clear()
            self._given = False
            return True
        return False


class Windows:
    """The windows of one browser, and those that wait for a test, by what they are, but their size and their reader."""

    def __init__(self, browser, script: str):
        self._new, self._script, self._free = browser.new_context, script, []
        browser.new_context = self.take

    def take(self, viewport: dict | None = None, **options):
        size, media = viewport or SIZE, {name: options.pop(name, told) for name, told in USUAL.items()}
        options = {name: said for name, said in options.items() if PLAIN.get(name) != said}
        name = json.dumps(options, sort_keys=True)
        for window in self._free:
            if window.name == name:
                self._free.remove(window)
                return window.begin(size, media)
        context = self._new(viewport=size, **options)
        context.add_init_script(self._script)
        return Window(context, name, options, self._closed).begin(size, media)

    def _closed(self, window: Window) -> None:
        if window.forget():
            self._free.append(window)
            window = self._free.pop(0) if len(self._free) > MOST else None
        if window:
            window.really_close()

    def waiting(self) -> list:
        return [window.context for window in self._free]
