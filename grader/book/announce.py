"""What the site tells programs: search engines, readers of feeds, and those who look for courses.

A list of pages and a feed need the site's address (`html: baseurl` in `_config.yml`); without one neither is written.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from html import escape
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from markupsafe import Markup
from sphinx.application import Sphinx

from . import citations
from .library import library_of
from .speech import written_in
from .tables import in_order
from ..cards.chapter import Chapter
from ..cards.library import Library
from ..cards.told import day
from ..language import language, t, tn
from ..web.files import write

FEED = "changes.xml"
ENTRIES = 20  # days in the feed, the newest first
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
REVIEWED = re.compile(r"(\d{4}-\d\d-\d\d) by ")


def base(app: Sphinx) -> str:
    """Where the site stands, with a slash at its end; "" where no address is set."""
    address = app.config.html_baseurl
    return address.rstrip("/") + "/" if address else ""


def address(app: Sphinx, pagename: str) -> str:
    """Where a page stands for everyone, the first page as the site itself; "" where no address is set."""
    if not (at := base(app)):
        return ""
    return at if pagename == app.config.root_doc else at + app.builder.get_target_uri(pagename)


def files(app: Sphinx, exception: Exception | None) -> None:
    """After the pages: `robots.txt`; where the site's address is known, the list of pages and the feed."""
    if exception or app.builder.format != "html":
        return
    out, at = Path(app.outdir), base(app)
    listed = f"Sitemap: {at}sitemap.xml\n" if at else ""
    write(out / "robots.txt", f"User-agent: *\nAllow: /\n{listed}", lasting=False)
    if at:
        write(out / "sitemap.xml", sitemap(app), lasting=False)
        write(out / FEED, feed(app), lasting=False)


def sitemap(app: Sphinx) -> str:
    pages = sorted(address(app, name) for name in app.env.found_docs)
    lines = "".join(f"<url><loc>{escape(page)}</loc></url>\n" for page in pages)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{lines}</urlset>\n"


def feed(app: Sphinx) -> str:
    """By day, what was reviewed or looked at again (Atom)."""
    at, title = base(app), escape(t("{book}: what was reviewed and checked", book=app.config.project))
    days = sorted(checked(app).items(), reverse=True)[:ENTRIES]
    newest = days[0][0] if days else "1970-01-01"
    entries = "".join(
        f"<entry><id>{_id(at, when)}</id><title>{day(when)}</title><updated>{when}T12:00:00Z</updated>"
        f'<link href="{escape(at)}"/><content type="text">{escape(" ".join(said))}</content></entry>\n'
        for when, said in days
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="{language()}">\n<id>{_id(at, "")}</id><title>{title}</title>'
        f"<updated>{newest}T12:00:00Z</updated><author><name>{escape(app.config.author)}</name></author>\n"
        f'<link rel="self" href="{escape(at)}{FEED}"/><link href="{escape(at)}"/>\n{entries}</feed>\n'
    )


def checked(app: Sphinx) -> dict[str, list[str]]:
    """Day -> what was reviewed or checked on it, in sentences."""
    library, found = library_of(app), defaultdict[str, list[str]](list)
    for chapter in in_order(library):
        if one := REVIEWED.match(" ".join(str(chapter.review).split())):
            found[one[1]].append(t("Reviewed by a clinician: {chapter}.", chapter=chapter.title))
    places: dict[str, set[str]] = defaultdict(set)
    for place in library.places.values():
        for row in (*place.law, *place.lines):
            places[str(row.checked)].add(str(place.title))
    for when, names in places.items():
        found[when].append(t("Law and help lines checked: {places}.", places=", ".join(sorted(names))))
    works: dict[str, list[str]] = defaultdict(list)
    for card in library.evidence.values():
        works[str(card.checked)].append(citations.short(app.env, card.name))
    for when, names_of_works in works.items():
        shown = ", ".join(sorted(names_of_works)[:12])
        if len(names_of_works) > 12:
            shown = t("{works} and {n} more", works=shown, n=len(names_of_works) - 12)
        found[when].append(
            tn(
                "{n} work checked against what the book says: {works}.",
                "{n} works checked against what the book says: {works}.",
                len(names_of_works),
                works=shown,
            )
        )
    return found


def _id(at: str, when: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{at}{FEED}#{when}')}"


def structured(app: Sphinx, pagename: str, about: str) -> Markup:
    """What a page is, in schema.org's words (JSON-LD): the first page a course, a chapter a part of it."""
    library = library_of(app)
    chapter = library.chapters.get(pagename.rpartition("/")[2])
    if pagename == app.config.root_doc:
        told = _course(app, library, about)
    elif chapter is not None:
        told = _chapter(app, chapter, pagename, about)
    else:
        return Markup("")
    text = json.dumps({"@context": "https://schema.org"} | told, ensure_ascii=False).replace("<", "\\u003c")
    return Markup(f'<script type="application/ld+json">{text}</script>')


def _common(app: Sphinx, pagename: str) -> dict[str, Any]:
    at = address(app, pagename)
    return {
        "inLanguage": written_in(app, pagename),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "educationalLevel": "graduate",
        "audience": {"@type": "EducationalAudience", "educationalRole": "clinician in training"},
    } | ({"@id": at, "url": at} if at else {})


def _course(app: Sphinx, library: Library, about: str) -> dict[str, Any]:
    minutes = sum(chapter.minutes for chapter in library.chapters.values())
    return {
        "@type": "Course",
        "name": app.config.project,
        "description": about,
        "provider": {"@type": "Organization", "name": app.config.author},
        "timeRequired": f"PT{round(minutes / 60)}H",
        "syllabusSections": [
            {"@type": "Syllabus", "name": str(chapter.title), "timeRequired": f"PT{chapter.minutes}M"}
            for chapter in in_order(library)
        ],
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "online",
            "courseWorkload": f"PT{round(minutes / 60)}H",
        },
    } | _common(app, app.config.root_doc)


def _chapter(app: Sphinx, chapter: Chapter, pagename: str, about: str) -> dict[str, Any]:
    root = address(app, app.config.root_doc)
    return {
        "@type": "LearningResource",
        "name": str(chapter.title),
        "description": about,
        "learningResourceType": "chapter with practice questions",
        "timeRequired": f"PT{chapter.minutes}M",
        "teaches": [" ".join(text.split()) for text in chapter.objectives.values()],
        "creativeWorkStatus": "Published" if REVIEWED.match(str(chapter.review)) else "Draft",
        "isPartOf": {"@type": "Course", "name": app.config.project} | ({"@id": root} if root else {}),
    } | _common(app, pagename)
