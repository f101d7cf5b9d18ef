"""Which version of a certifying body's rules holds for a trainee."""

from __future__ import annotations

from datetime import date

from ...cards.bodies import Body
from ...cards.library import Library


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
            f"version {versions[-1].version}, the newest here: the ledger has no contract, whose date would choose.",
        )
    holding = [body for body in versions if not body.since or date.fromisoformat(body.since) <= contract]
    if not holding:
        return (
            versions[0],
            (
                f"version {versions[0].version}, the oldest here: the contract of {contract} is older than any version"
                " that was encoded."
            ),
        )
    if not holding[-1].since:
        return (
            holding[-1],
            (
                f"version {holding[-1].version}, the only one here; from when it holds was not read. The contract was"
                f" signed on {contract}: ask the body."
            ),
        )
    return holding[-1], f"version {holding[-1].version}, which held when the contract was signed ({contract})."
