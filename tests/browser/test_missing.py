"""The page for what is not there, as hosts give it out: under whatever address was asked for, below any path."""

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from support.axe import by_scheme

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


class Host(SimpleHTTPRequestHandler):
    """Gives out the site's own page with 404, as GitHub Pages and Netlify do."""

    def log_message(self, *words):
        pass

    def send_error(self, code, message=None, explain=None):
        body = (self.server.site / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@pytest.fixture(scope="module", params=["", "name/"])
def hosted(request, site, tmp_path_factory):
    """The address of the site at the root of a host, and below a path."""
    folder = site
    if request.param:
        folder = tmp_path_factory.mktemp("host")
        (folder / request.param.rstrip("/")).symlink_to(site)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=str(folder)))
    server.site = site
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{request.param}"
    server.shutdown()


@pytest.mark.parametrize("gone", ["no-such-page.html", "concerns/gone/deeper/still.html"])
def test_what_is_not_there_says_so_and_leads_on(browser, hosted, gone):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    answer = page.goto(hosted + gone)
    assert answer.status == 404
    expect(page.get_by_role("heading", name="This page is not here")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    links = page.locator("main a")
    expect(links.first).to_have_attribute("href", f"{hosted[hosted.index('/', 8) :]}index.html")
    assert {page.request.get(one.evaluate("one => one.href")).status for one in links.all()} == {200}
    if gone.count("/") and hosted.endswith("/name/"):
        assert by_scheme(page) == {}
    page.get_by_role("searchbox", name="Search this book").fill("vaginismus")
    page.get_by_role("button", name="Search").tap()
    expect(page).to_have_url(f"{hosted}search.html?q=vaginismus")
    expect(page.locator("#candor-search a.candor-hit").first).to_be_visible(timeout=20_000)
    context.close()
