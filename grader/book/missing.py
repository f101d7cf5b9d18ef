"""The page for an address at which nothing stands: `404.html`, which GitHub Pages, Netlify, GitLab Pages and the like
give out under whatever address was asked for.

So a link from it cannot be relative to its own place, and the site may stand under any path. A script of the page looks
upward from the address for the file that only the root of a site has, and the links go by that; where the site's
address is known they lead there without it, too.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from markupsafe import Markup
from sphinx.application import Sphinx

from . import announce
from ..language import later, t
from ..web import shell
from ..web.files import write as write_file
from ..web.offline import BUILD

PAGE = "404.html"
TEMPLATE = Path(__file__).parent / "templates" / PAGE.replace(".html", ".html.j2")
#: Where people go on from there, those that the book has.
WAYS = {
    "front/how-to-use": later("How a chapter works"),
    "practice/index": later("Practise"),
    "practice/your-study": later("Your study"),
    "glossary": later("Glossary"),
}
#: The nearest folder above the address that is the root of such a site; six levels are more than a site has.
ROOT = (
    "(async()=>{const parts=location.pathname.split('/').slice(1,-1).slice(0,6);"
    "for(let n=parts.length;n>=0;n--){const root='/'+parts.slice(0,n).map(one=>one+'/').join('');"
    f"try{{if(!(await fetch(root+'{BUILD}',{{method:'HEAD'}})).ok)continue}}catch{{continue}}"
    "for(const one of document.querySelectorAll('[data-to]'))"
    "one.setAttribute(one.matches('form')?'action':'href',root+one.dataset.to);return}})()"
)


def write(app: Sphinx, exception: Exception | None) -> None:
    """After the pages: the page for what is not there."""
    if exception or app.builder.name != "html":
        return
    known = announce.base(app)
    ways = [(f"{name}.html", t(words)) for name, words in WAYS.items() if name in app.env.found_docs]
    if app.config.candor_desk:
        ways.append((f"{app.config.candor_desk}/index.html", t("Assignments, on the desk")))
    made = shell.page(
        TEMPLATE,
        path=urlsplit(known).path if known else "",
        home=f"{app.config.root_doc}.html",
        ways=ways,
        theme=Markup(shell.THEME),
        root=Markup(ROOT),
    )
    write_file(Path(app.outdir) / PAGE, made, lasting=False)
