"""Why hours do not count, or are asked for, in a sentence each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ...counted import counted
from ...language import number, t, tn


def not_taken(hours: float, formats: Iterable[str]) -> str:
    """Hours in formats that a row does not take."""
    return tn(
        "{n} hour not counted: {formats} is not taken here.",
        "{n} hours not counted: {formats} is not taken here.",
        hours,
        formats=", ".join(sorted(set(formats))),
    )


def no_format(hours: float, formats: Iterable[str]) -> str:
    """Hours whose format was not said, in a row that takes some formats alone."""
    return tn(
        "{n} hour not counted: its format is not said, and {formats} is taken here.",
        "{n} hours not counted: their format is not said, and {formats} is taken here.",
        hours,
        formats=", ".join(formats),
    )


def not_certified(hours: float) -> str:
    """Supervision by peers, or by somebody whom the body does not accept."""
    return tn(
        "{n} hour of supervision not counted: it was not with a supervisor whom the body certifies or accepts.",
        "{n} hours of supervision not counted: they were not with a supervisor whom the body certifies or accepts.",
        hours,
    )


def unsaid(hours: float) -> str:
    """Supervision that counts and does not say who gave it."""
    return tn(
        "{n} hour of supervision does not say who supervised: counted, and not confirmed. Peers, or a supervisor whom"
        " the body does not accept, would not count.",
        "{n} hours of supervision do not say who supervised: counted, and not confirmed. Peers, or a supervisor whom"
        " the body does not accept, would not count.",
        hours,
    )


def over_a_cap(hours: float, requirement: str) -> str:
    """Hours over the cap of the row in which this one stands."""
    return tn(
        "{n} hour not counted: it is over a cap of *{requirement}*.",
        "{n} hours not counted: they are over a cap of *{requirement}*.",
        hours,
        requirement=requirement,
    )


def early(hours: float, contract: date) -> str:
    """Hours before the contract."""
    return t(
        "{n} of the hours are dated before the contract of {day}: ask the body whether they count.",
        n=number(hours),
        day=contract,
    )


def strange_areas(strange: Iterable[str], known: Iterable[str]) -> str:
    """Areas that a row does not know."""
    return t(
        "not an area of this row: {strange}. Areas are {known}.",
        strange=", ".join(sorted(strange)),
        known=", ".join(known),
    )


def few_areas(low: list[str], known: int, wanted: int, least: float) -> str:
    """Too few of the areas have their least hours. `low`: the others, each with its hours."""
    few, hours = ", ".join(low), counted(least, "hour")
    if wanted == known:
        return t("each area is asked to have {hours}; fewer in: {areas}.", hours=hours, areas=few)
    return t(
        "{wanted} of {of} are asked to have {hours} each, {have} have; fewer in: {areas}.",
        wanted=wanted,
        of=counted(known, "area"),
        hours=hours,
        have=known - len(low),
        areas=few,
    )


def due(hours: int, clients: float, needed: float) -> str:
    """Hours that a ratio asks for."""
    return tn(
        "{n} hour is due for the {done} done, {needed} in all.",
        "{n} hours are due for the {done} done, {needed} in all.",
        hours,
        done=counted(clients, "client hour"),
        needed=number(needed),
    )
