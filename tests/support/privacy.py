"""What pages ask a browser to send and to keep, against the page on privacy."""

import re
from fnmatch import fnmatchcase

from support.project import ROOT

PAGE = ROOT / "book/appendix/privacy.md"
#: The names under which something is kept, in all of a browser's stores.
KEPT = """async () => [
    ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await caches.keys()),
    ...(await indexedDB.databases()).map((one) => one.name), ...document.cookie.split(";").filter(Boolean),
]"""


def watch(page):
    """From here on: the requests of a page's browser, and the addresses with which it keeps a connection open."""
    asked, talks = [], []
    page.context.on("request", lambda one: asked.append(one))
    page.on("websocket", lambda one: talks.append(one.url))
    return asked, talks


def kept(page) -> list[str]:
    return page.evaluate(KEPT)


def unlisted(names) -> list[str]:
    """Those of the names that the page does not list. `…` in a listed name stands for more of it."""
    first = "".join(re.findall(r"^\| `.*?\|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    listed = re.findall(r"`([^`]+)`", first)
    assert len(listed) > 10
    return [name for name in names if not any(fnmatchcase(name, one.replace("…", "*")) for one in listed)]
