"""The words of the call of `configure` in a course's `nbgrader_config.py`: read and changed in place, and nothing
else."""

from __future__ import annotations

import ast
from collections.abc import Mapping


def call_of(text: bytes) -> ast.Call | None:
    """The call of `configure` in a configuration; None where there is none, or it is no Python."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return None
    calls = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "configure"
    )
    return next(calls, None)


def words_of(text: bytes) -> dict[str, object]:
    """The words of the call that are given as they stand; none where there is no call."""
    call = call_of(text)
    found: dict[str, object] = {}
    for word in call.keywords if call else ():
        try:
            found[word.arg or ""] = ast.literal_eval(word.value)
        except ValueError:
            continue
    return found


def with_words(text: bytes, wanted: Mapping[str, object]) -> bytes:
    """A configuration with other values for some of the call's words; one that is not there comes last. The same text
    where that cannot be done."""
    call = call_of(text)
    for comma in (b", ", b""):  # none behind one that is there already
        if call is None:
            break
        made = text.splitlines(keepends=True)
        # From the end, so that the other places stay.
        for (line, column, end_line, end_column), new in sorted(_places(call, wanted, comma), reverse=True):
            made[line - 1 : end_line] = [made[line - 1][:column] + new + made[end_line - 1][end_column:]]
        if wanted.items() <= words_of(b"".join(made)).items():
            return b"".join(made)
    return text


def _end(node: ast.expr) -> tuple[int, int]:
    """Where a part of a parsed file ends; 0 where a node was not read from one."""
    return node.end_lineno or 0, node.end_col_offset or 0


def _places(call: ast.Call, wanted: Mapping[str, object], comma: bytes) -> list[tuple[tuple[int, ...], bytes]]:
    """((line, column, last line, last column), what to put there) for each word."""
    words = {word.arg: word.value for word in call.keywords}
    close = _end(call)[0], _end(call)[1] - 1
    found: list[tuple[tuple[int, ...], bytes]] = []
    for name, new in wanted.items():
        if name in words:
            old = words[name]
            found.append(((old.lineno, old.col_offset, *_end(old)), repr(new).encode()))
        else:
            found.append(((*close, *close), comma + f"{name}={new!r}".encode()))
    return found
