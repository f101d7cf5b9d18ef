"""What can be wrong with an author's file before its fields are looked at: each rule a function whose docstring is its
page in `grader explain`."""

from __future__ import annotations

from .problem import Placed, Problem, Text, problem, rule

LARGEST = 500_000  # bytes; the longest chapter is a tenth of it


@rule("Y001")
def not_yaml(path: str, at: Placed, words: str, hint: str) -> Problem:
    """The file is not valid YAML, so nothing after this place can be read.

    The usual causes are a colon followed by a space inside a text, a quote that is not closed,
    and a line that is indented by a different number of spaces from its neighbours.
    Before:  ask: Which comes first: safety or desire?
    After:   ask: "Which comes first: safety or desire?"
    """
    return problem(not_yaml, path, at, words, hint)


@rule("Y002")
def given_twice(path: str, name: Text, first: Text) -> Problem:
    """The same field is written twice; one of the two texts would be lost without a word.

    Before:  level: apply ... level: analyse
    After:   level: analyse
    """
    return problem(
        given_twice,
        path,
        name,
        f"`{name}` is given twice; it was already set on line {first.line}",
        "Keep one of the two.",
    )


@rule("Y003")
def tab(path: str, at: Placed) -> Problem:
    """A tab stands where YAML counts spaces: before a line, or behind a hyphen. A tab has no agreed width, so nobody
    can tell where the line belongs.

    Set your editor to write two spaces for the tab key.
    """
    where = "this line starts with a tab" if at.column == 1 else "a tab stands here, where YAML counts spaces"
    return problem(tab, path, at, where, "Use two spaces for each step instead.")


@rule("Y004")
def not_utf8(path: str, at: Placed, byte: int, was: str) -> Problem:
    """The file is not UTF-8 text. Letters with accents and quotation marks would come out wrong in the book and in
    notebooks.

    Editors on Windows call the usual other encoding ANSI, Western or Windows-1252. In the editor: Save As (or Save with
    Encoding), UTF-8. Look at accents and quotation marks before you save: where they are wrong already, open the file
    again in the encoding that it has (Reopen with Encoding).
    """
    how = "In the editor: Save As (or Save with Encoding), UTF-8."
    if was == "UTF-16":
        return problem(not_utf8, path, at, "this file is saved as UTF-16, not as UTF-8", how)
    message = f"this file is not UTF-8 text: the byte {byte:02X} stands here"
    if not was:
        return problem(not_utf8, path, at, message, how)
    probably = "It was probably saved as Windows-1252 (ANSI)."
    return problem(not_utf8, path, at, f"{message}, which is `{was}` in Windows-1252", f"{probably} {how}")


@rule("Y005")
def too_large(path: str, size: int) -> Problem:
    """The file is far larger than any card or chapter. Perhaps a picture or a document was saved under this name. A
    card is one screen of text."""
    return problem(
        too_large,
        path,
        None,
        f"this file has {size:,} bytes; {LARGEST:,} at most",
        "Is it the right file? One card is one screen of text.",
    )


@rule("Y006")
def alias(path: str, at: Placed) -> Problem:
    """The file uses a YAML anchor (&name) or alias (*name). A reader would have to look up what it stands for.

    A text that starts with & or * needs quotes.
    """
    return problem(
        alias,
        path,
        at,
        "a card has no anchors (`&`) or aliases (`*`)",
        "Write the text out, or put a text that starts with `*` or `&` in quotes.",
    )


@rule("Y007")
def empty(path: str) -> Problem:
    """The file has nothing in it; perhaps it was made and not saved. `grader new KIND NAME` writes one with a
    question above each blank."""
    return problem(empty, path, None, "this file is empty", "Fill it in, or delete it.")


@rule("Y008")
def no_front_matter(path: str) -> Problem:
    """A chapter starts with its front matter: a line of three hyphens, the fields, and three hyphens again. Title,
    objectives and areas stand there; without them no question can belong to the chapter."""
    return problem(
        no_front_matter,
        path,
        None,
        "this chapter has no front matter",
        "Start the file with a line `---`, the fields, and a line `---`.",
    )


@rule("Y009")
def unreadable(path: str, why: str) -> Problem:
    """The file cannot be opened. It may be a link to nowhere, a folder with the name of a card, or a file that this
    account is not allowed to read."""
    return problem(
        unreadable, path, None, f"this file cannot be opened ({why})", "Look at its name and its permissions."
    )


@rule("Y010")
def line_break(path: str, at: Placed) -> Problem:
    """The text holds a line break that nobody sees: U+2028, U+2029 or U+0085. It comes with text pasted from word
    processors and web pages.

    The YAML reader ends a line there and your editor does not, so every place below would be wrong.
    Delete the space that is none, and type it again.
    """
    return problem(
        line_break,
        path,
        at,
        "there is an invisible line break here",
        "Delete this character, and type a space or start a new line.",
    )


@rule("Y011")
def cut(path: str, at: Placed) -> Problem:
    """Behind a space, `#` begins a comment in YAML: what follows it on the line is read by nobody. In a text it cuts
    the sentence, as in: ask: Which fact, after note #3, would most move this?

    Put such a text in quotes, or begin it with `|` and go on below; a comment stands on a line of its own.
    """
    return problem(
        cut,
        path,
        at,
        "from ` #` on this line is a comment, and the text ends before it",
        "Put the text in quotes; or put the comment on a line of its own.",
    )


@rule("Y012")
def tag(path: str, at: Placed, word: str) -> Problem:
    """A text that begins with `!` loses its first word: YAML takes it for a tag. Put such a text in quotes."""
    return problem(tag, path, at, f"`{word}` is taken for a tag of YAML, and is lost", "Put the text in quotes.")


@rule("Y014")
def unseen(path: str, at: Placed, mark: str) -> Problem:
    """The text holds a character that nobody sees: one of no width, one that draws nothing, or one that turns the
    direction of what follows, so that readers see other words than those that are compared and scored. It comes with
    text pasted from web pages and chats. An option made of such characters alone would be an empty line to choose.

    Marks that a script needs (as in Arabic, Persian or Hindi) are left alone.
    """
    return problem(
        unseen,
        path,
        at,
        f"there is an invisible character here (U+{ord(mark):04X})",
        "Delete the word around it, and type it again.",
    )


@rule("Y013")
def mixed_quotes(path: str, at: Placed, mark: str) -> Problem:
    """A text begins with a quotation mark of a word processor and ends with a straight one, as in: lead: “A text". YAML
    knows the straight marks alone, so readers would see both.

    Put straight marks at both ends, or none.
    """
    return problem(
        mixed_quotes,
        path,
        at,
        f"the text begins with `{mark}` and ends with a straight quotation mark, and both would be shown",
        'Put the straight mark (") at both ends, or none.',
    )


@rule("Y015")
def merge_left(path: str, at: Placed) -> Problem:
    """Git could not join two people's changes to this file, and put both into it, between lines that begin with
    `<<<<<<<`, `=======` and `>>>>>>>`. Nothing is read of the file until one of them is chosen.

    Keep the lines that are right, from above or from below `=======`, and delete the three lines of marks.
    """
    return problem(
        merge_left,
        path,
        at,
        "a merge was begun here and not finished: both versions stand in the file",
        "Keep the lines that are right, and delete those that begin with `<<<<<<<`, `=======` and `>>>>>>>`.",
    )
