"""Badges, checked by another implementation than the one that signs; and what a record says."""

import base64
import json
import subprocess
import sys
from datetime import date, datetime, timezone
from pathlib import Path

import jwt  # PyJWT: not what signs
import pytest

from grader.learner import badge

ISSUER = badge.Issuer("A program", "https://program.example")
GRADER = str(Path(sys.executable).with_name("grader"))


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return badge.keygen(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def token(keys):
    made = badge.credential(ISSUER, "Łucja Ó", "First meetings", "All questions and two reflections.", datetime(2026, 5, 1, 9, tzinfo=timezone.utc))
    return badge.sign(made, badge.read_key(keys[0]))


def test_another_implementation_accepts_it_with_the_public_key(token, keys):
    public = jwt.PyJWK(json.loads(keys[1].read_text()), algorithm="RS256")
    claims = jwt.decode(token, public.key, algorithms=["RS256"])
    assert claims["sub"] == "Łucja Ó" and claims["iss"] == ISSUER.url and claims["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert claims["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    subject = claims["credentialSubject"]
    assert subject["type"] == ["AchievementSubject"] and {"id", "type", "name", "description", "criteria"} <= set(subject["achievement"])
    assert "approved provider" in subject["achievement"]["description"]
    header = jwt.get_unverified_header(token)
    assert header["alg"] == "RS256" and header["typ"] == "JWT" and "d" not in header["jwk"]


def test_what_another_implementation_signed_verifies_here(keys):
    """The published example of RFC 7515, appendix A.2: a JWS with RS256."""
    public = {
        "kty": "RSA", "e": "AQAB",
        "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
    }  # fmt: skip
    token = (
        "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
    )
    from joserfc import jws
    from joserfc.jwk import RSAKey

    assert json.loads(jws.deserialize_compact(token, RSAKey.import_key(public), algorithms=["RS256"]).payload)["iss"] == "joe"
    with pytest.raises(badge.Invalid, match="not an Open Badges"):
        badge.verify(token, RSAKey.import_key(public))


def test_one_changed_byte_fails_anywhere(token, keys):
    key = badge.read_key(keys[1])
    assert badge.verify(token, key)["name"] == "First meetings"
    for place in range(0, len(token), 37):
        other = "A" if token[place] != "A" else "B"
        with pytest.raises(badge.Invalid):
            badge.verify(token[:place] + other + token[place + 1 :], key)


def test_a_badge_that_brings_its_own_key_or_no_signature_fails(token, keys, tmp_path):
    private, public = badge.keygen(tmp_path / "other")
    forged = badge.sign(badge.credential(ISSUER, "X", "T", "C", datetime.now(timezone.utc)), badge.read_key(private))
    with pytest.raises(badge.Invalid):
        badge.verify(forged, badge.read_key(keys[1]))
    bare = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode() + "." + token.split(".")[1] + "."
    with pytest.raises(badge.Invalid):
        badge.verify(bare, badge.read_key(keys[1]))
    with pytest.raises(badge.Invalid, match="public key"):
        badge.sign({}, badge.read_key(public))


def test_the_commands(tmp_path):
    run = lambda *words: subprocess.run([GRADER, *map(str, words)], capture_output=True, text=True, cwd=tmp_path)  # noqa: E731
    assert run("badge", "keygen", "keys").returncode == 0 and run("badge", "keygen", "keys").returncode == 2
    assert (tmp_path / "keys/candor-issuer-private.json").stat().st_mode & 0o077 == 0
    words = ["--to", "Ana", "--title", "T", "--criteria", "C.", "--issuer", "P", "--url", "https://p.example"]
    assert run("badge", "issue", "keys/candor-issuer-private.json", *words).returncode == 0
    held = run("badge", "verify", "badge.jwt", "--key", "keys/candor-issuer-public.json")
    assert held.returncode == 0 and "Holds: T, for Ana, issued by P" in held.stdout
    (tmp_path / "badge.jwt").write_text((tmp_path / "badge.jwt").read_text().replace("e", "f", 1))
    assert run("badge", "verify", "badge.jwt", "--key", "keys/candor-issuer-public.json").returncode == 1
    for bad in (["badge", "verify", "none.jwt", "--key", "keys/candor-issuer-public.json"], ["badge", "issue", "none.json", *words]):
        failed = run(*bad)
        assert failed.returncode and len(failed.stderr.strip().splitlines()) == 1


def test_the_record_says_what_was_done_and_that_it_is_no_credit(tmp_path):
    import copy

    from grader.reports import record
    from grader.grading.run import autograde
    from support.course import Course, choose, write_library

    course = Course(write_library(tmp_path / "library"), tmp_path / "course")
    course.nbgrader("generate_assignment", course.name)
    course.submit("ana", choose(copy.deepcopy(course.released), "second-card", "D"))
    autograde(course.folder, course.name)
    found = record.collect(course.folder, "ana", course.library)
    words = record.text(found)
    assert "Holding what you are told: 3 of 7 so far, 8 more not marked yet" in words and "not hours that a certifying body counts" in words and found.minutes == 30 + 45
    record.pdf(found, "A program", date(2026, 5, 1), tmp_path / "r.pdf")
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert "Nothing of bo" in record.text(record.collect(course.folder, "bo", course.library))


@pytest.mark.parametrize("payload", [[1], "text", {"type": ["OpenBadgeCredential"], "issuer": "https://program.example", "iss": "https://program.example", "id": "x", "jti": "x"}])
def test_what_is_signed_and_is_no_badge_is_one_line(keys, payload):
    from joserfc import jws

    token = jws.serialize_compact({"alg": "RS256"}, json.dumps(payload), badge.read_key(keys[0]))
    with pytest.raises(badge.Invalid, match="not an Open Badges"):
        badge.verify(token, badge.read_key(keys[1]))


@pytest.mark.parametrize("words", [["--to", " "], ["--title", ""], ["--url", "https://"], ["--url", "program.example"]])
def test_an_empty_badge_is_not_signed(keys, tmp_path, words):
    given = {"--to": "T", "--title": "First meetings", "--criteria": "All of it.", "--issuer": "A program", "--url": "https://program.example", "--out": str(tmp_path / "b.jwt")} | {words[0]: words[1]}
    done = subprocess.run([GRADER, "badge", "issue", str(keys[0]), *[word for pair in given.items() for word in pair]], capture_output=True, text=True)
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1 and not (tmp_path / "b.jwt").exists()
