"""A completion record as an Open Badges 3.0 credential, signed by the program that issues it.

The credential is a VC-JWT: a JSON Web Signature (RS256) over the credential, with the issuer's public key in
its header (Open Badges Specification 3.0, 1EdTech, section 8.2). The program is the issuer, not this library.
"""

from __future__ import annotations

import base64
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias, cast

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from ..language import later, t
from ..web.files import write

#: An Open Badges 3.0 credential, or the claims of a token that should be one.
Credential: TypeAlias = dict[str, Any]


class _Registry(jws.JWSRegistry):
    max_header_length = 4096  # the issuer's public key stands in it


CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
NOT_CREDIT = later(
    "Not continuing-education credit unless the issuer is an approved provider. It certifies nobody as a therapist."
)


class Invalid(Exception):
    """Why a key or a credential cannot be used or does not hold; one line."""


@dataclass(frozen=True)
class Issuer:
    """The program that signs: its name, and its address on the web (which stands as its id)."""

    name: str
    url: str


def keygen(folder: Path, name: str = "issuer") -> tuple[Path, Path]:
    """Make a program's key pair, `NAME-private.json` and `NAME-public.json`: the private key for the program alone, the
    public one for everybody. Raises Invalid rather than replace one."""
    private, public = folder / f"{name}-private.json", folder / f"{name}-public.json"
    if private.exists() or public.exists():
        raise Invalid(
            t(
                "{folder}: there is a key already. A second one would leave what the first has signed "
                "without its key; give another folder.",
                folder=folder,
            )
        )
    key = RSAKey.generate_key(2048, {"kid": uuid.uuid4().hex}, private=True)
    folder.mkdir(parents=True, exist_ok=True)
    write(private, json.dumps(key.as_dict(private=True)), fresh=True, mode=0o600)
    write(public, json.dumps(key.as_dict(private=False)), fresh=True)
    return private, public


def read_key(path: Path) -> RSAKey:
    """A key file. Raises Invalid."""
    try:
        return RSAKey.import_key(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, JoseError, KeyError, TypeError):
        raise Invalid(t("{path}: is not a key made by `grader badge keygen`.", path=path)) from None


@dataclass(frozen=True)
class Holder:
    """Who is given a badge: `id` as the program knows them, which nobody can read off the badge, and the name."""

    id: str
    name: str


def credential(
    issuer: Issuer, holder: Holder, title: str, criteria: str, now: datetime, until: datetime | None = None
) -> Credential:
    """The credential before it is signed. `criteria` says what was done, in words. The same person gets the same
    identifiers for the same achievement each time."""
    space = uuid.uuid5(uuid.NAMESPACE_URL, issuer.url)
    subject = f"urn:uuid:{uuid.uuid5(space, f'holder/{holder.id}')}"
    return {
        "@context": CONTEXT,
        "id": f"urn:uuid:{uuid.uuid5(space, f'badge/{holder.id}/{title}')}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": title,
        "issuer": {"id": issuer.url, "type": ["Profile"], "name": issuer.name, "url": issuer.url},
        "validFrom": _stamp(now),
        **({"validUntil": _stamp(until)} if until else {}),
        "credentialSubject": {
            "id": subject,
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": holder.name, "identityType": "name"}
            ],
            "achievement": {
                "id": f"urn:uuid:{uuid.uuid5(space, title)}",
                "type": ["Achievement"],
                "achievementType": "CertificateOfCompletion",
                "name": title,
                "description": f"{title}. {t(NOT_CREDIT)}",
                "criteria": {"narrative": f"{criteria} {t(NOT_CREDIT)}"},
            },
        },
    }


def _stamp(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _time(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp.replace("Z", "+00:00"))


def sign(made: Credential, key: RSAKey) -> str:
    """The credential as a compact JWS, with the claims that a VC-JWT repeats."""
    if not key.is_private:
        raise Invalid(t("This is the public key. Sign with the private one."))
    times = {"nbf": int(_time(made["validFrom"]).timestamp())}
    if "validUntil" in made:
        times["exp"] = int(_time(made["validUntil"]).timestamp())
    claims = {**made, "iss": made["issuer"]["id"], "jti": made["id"], "sub": made["credentialSubject"]["id"], **times}
    header = {"alg": "RS256", "typ": "JWT", "jwk": key.as_dict(private=False)}
    return jws.serialize_compact(header, json.dumps(claims, ensure_ascii=False).encode("utf-8"), key)


def name_of(claims: Credential) -> str:
    """The name on a badge."""
    try:
        return str(claims["credentialSubject"]["identifier"][0]["identityHash"])
    except (KeyError, IndexError, TypeError):
        return str(claims["sub"])


def claims_of(path: Path) -> Credential | None:
    """What a file says that it is a badge of, to tell which stands there; None for another file. Nobody has verified
    it."""
    try:
        body = path.read_text(encoding="ascii").split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (OSError, ValueError, IndexError):
        return None
    return cast(Credential, claims) if _whole(claims) else None


def verify(token: str, key: RSAKey, now: datetime | None = None) -> Credential:
    """The credential, if `key` signed every byte of it and it holds today. Raises Invalid in one line. The key in the
    token's own header is not trusted."""
    if key.is_private:
        raise Invalid(t("This is a private key. Verify with the public one, and keep the private one to the issuer."))
    try:
        payload = jws.deserialize_compact(token.strip(), key, registry=_Registry(algorithms=["RS256"])).payload
        claims = json.loads(payload)
    except (JoseError, ValueError, TypeError):
        raise Invalid(t("This credential was not signed by that key, or was changed after it was signed.")) from None
    if not _whole(claims):
        raise Invalid(
            t(
                "The signature holds, but this is not an Open Badges 3.0 credential, or its claims "
                "contradict each other."
            )
        )
    now = now or datetime.now(UTC)
    try:
        if _time(claims["validFrom"]) > now:
            raise Invalid(t("Signed by that key, but not valid yet: it begins on {day}.", day=claims["validFrom"][:10]))
        if "validUntil" in claims and _time(claims["validUntil"]) < now:
            raise Invalid(
                t("Signed by that key, but it has expired: it ended on {day}.", day=claims["validUntil"][:10])
            )
    except (ValueError, TypeError, AttributeError):
        raise Invalid(t("The signature holds, but its dates cannot be read.")) from None
    return cast(Credential, claims)


def _whole(claims: object) -> bool:
    """Whether claims are those of a badge, and say everything the same way twice."""
    kinds = {"type": list, "issuer": dict, "name": str, "sub": str, "validFrom": str, "credentialSubject": dict}
    if not isinstance(claims, dict) or not all(isinstance(claims.get(name), kind) for name, kind in kinds.items()):
        return False
    pairs = (
        (claims.get("iss"), claims["issuer"].get("id")),
        (claims.get("jti"), claims.get("id")),
        (claims["sub"], claims["credentialSubject"].get("id")),
    )
    return "OpenBadgeCredential" in claims["type"] and all(one == other for one, other in pairs)
