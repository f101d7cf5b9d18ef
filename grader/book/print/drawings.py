"""Drawings for programs that know no custom properties: each colour and family by its value."""

from __future__ import annotations

import re

from ...web import tokens

_VALUE = re.compile(r"var\(--cd-([\w-]++)\s*+(?:,([^()]*+))?\)")


def plain(svg: str) -> str:
    """A drawing with the light colours and our families in place of `var(--cd-*)`."""

    def value(match: re.Match[str]) -> str:
        known = tokens.tokens()
        if family := known["family"].get(match[1]):
            return ",".join(f"'{name}'" if " " in name else name for name in (family[0], family[-1]))
        return tokens.colour(match[1]) if match[1] in known["colour"] else (match[2] or "").strip() or "currentColor"

    return _VALUE.sub(value, svg)
