"""Which version of a certifying body's rules holds for a trainee."""

from __future__ import annotations

from datetime import date

from ...cards.bodies import Body
from ...cards.library import Library
from ...language import t


def version_for(family: str, library: Library, contract: date | None) -> tuple[Body, str]:
    """The version of a body's rules that a contract's date picks, and in words why. Raises KeyError for an unknown
    body.

    Versions of one body share `family`; each says `since`, the day from which it holds for new contracts.
    """
    versions = sorted(
        (body for body in library.bodies.values() if (body.family or body.name) == family),
        key=lambda body: str(body.since),
    )
    if not versions:
        raise KeyError(family)
    if contract is None:
        return (
            versions[-1],
            t(
                "version {version}, the newest here. Which one holds for you goes by the date of your supervision"
                " contract, which is not written down yet.",
                version=versions[-1].version,
            ),
        )
    holding = [body for body in versions if not body.since or date.fromisoformat(body.since) <= contract]
    if not holding:
        return (
            versions[0],
            (
                t(
                    "version {version}, the oldest here: the contract of {day} is older than any version that was"
                    " encoded.",
                    version=versions[0].version,
                    day=contract,
                )
            ),
        )
    if not holding[-1].since:
        return (
            holding[-1],
            (
                t(
                    "version {version}, the only one here; from when it holds was not read. The contract was signed on"
                    " {day}: ask the body.",
                    version=holding[-1].version,
                    day=contract,
                )
            ),
        )
    return holding[-1], t(
        "version {version}, which held when the contract was signed ({day}).",
        version=holding[-1].version,
        day=contract,
    )
