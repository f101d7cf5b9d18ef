"""Minutes of study of a chapter, by one rule that is printed in the book's appendix.

Prose at 180 words a minute, 2 minutes for each practice question, 5 for a set of short stories over one list,
8 for a case that is worked, 10 for the reflective task; rounded up to 5.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

WORDS_A_MINUTE, QUESTION, SET, CASE, TASK, STEP = 180, 2, 5, 8, 10, 5


def prose(body: str) -> str:
    """A chapter's running text: without evidence tables, directives' markers and options, tables' rules, roles,
    labels and links' addresses."""
    text = re.sub(r"^(`{3,}|:{3,})\{evidence\}.*?^\1\s*$", "", body, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(
        r"^(?:`{3,}|:{3,}).*$|^:[a-z-]+:.*$|^\|[-| :]+\|$|^%.*$|^\([a-z0-9-]+\)=$", "", text, flags=re.MULTILINE
    )
    text = re.sub(r"\{cite:?[a-z]*\}`[^`]*`", "", text)
    text = re.sub(r"\{[a-z:]+\}`([^`<]*)(?:<[^`]*)?`", r"\1", text)
    return re.sub(r"\]\([^)\]]*\)", "]", text)


def words(body: str) -> int:
    """How many words the running text has, tables left out."""
    return len(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", re.sub(r"^\|.*$", "", prose(body), flags=re.MULTILINE)))


@lru_cache(1 << 12)  # a build asks each page for the same few, once for each other page
def directives(body: str, name: str) -> tuple[str, ...]:
    """The arguments of a directive in a chapter, in order."""
    return tuple(re.findall(rf"^`{{3,}}\{{{name}\}}[ ]*([^\s`]*)", body, re.MULTILINE))


def minutes(body: str) -> int:
    """Minutes of study of a chapter's text."""
    asked = (
        QUESTION * len(directives(body, "question"))
        + SET * len(directives(body, "set"))
        + CASE * len(directives(body, "vignette"))
    )
    spent = words(body) / WORDS_A_MINUTE + asked + TASK
    return STEP * math.ceil(spent / STEP)
