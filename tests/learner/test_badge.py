"""Badges, checked by another implementation than the one that signs; and what a record says."""

import base64
import json
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import jwt  # PyJWT: not what signs
import pytest
from pypdf import PdfReader

from grader.cards import criterion
from grader.learner import badge

ISSUER = badge.Issuer("A program", "https://program.example")


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return badge.keygen(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def token(keys):
    made = badge.credential(
        ISSUER,
        badge.Holder("lu", "Łucja Ó"),
        "First meetings",
        "All questions and two reflections.",
        datetime(2026, 5, 1, 9, tzinfo=UTC),
    )
    return badge.sign(made, badge.read_key(keys[0]))


def test_another_implementation_accepts_it_with_the_public_key(token, keys):
    public = jwt.PyJWK(json.loads(keys[1].read_text()), algorithm="RS256")
    claims = jwt.decode(token, public.key, algorithms=["RS256"])
    assert (
        claims["sub"] == claims["credentialSubject"]["id"]
        and claims["iss"] == ISSUER.url
        and claims["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    )
    assert claims["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    subject = claims["credentialSubject"]
    assert subject["type"] == ["AchievementSubject"] and {"id", "type", "name", "description", "criteria"} <= set(
        subject["achievement"]
    )
    assert "approved provider" in subject["achievement"]["description"]
    header = jwt.get_unverified_header(token)
    assert header["alg"] == "RS256" and header["typ"] == "JWT" and "d" not in header["jwk"]


def test_another_implementation_refuses_what_is_changed_expired_early_or_by_another_key(keys, tmp_path):
    """PyJWT goes by `nbf` and `exp`, which are set from the dates that a reader sees."""
    public = jwt.PyJWK(json.loads(keys[1].read_text()), algorithm="RS256").key
    other = jwt.PyJWK(json.loads(badge.keygen(tmp_path)[1].read_text()), algorithm="RS256").key
    holder, now = badge.Holder("lu", "Łucja Ó"), datetime.now(UTC).replace(microsecond=0)

    def made(begins, ends):
        one = badge.credential(ISSUER, holder, "First meetings", "All questions.", begins, ends)
        return one, badge.sign(one, badge.read_key(keys[0]))

    def read(token, key=public):
        return jwt.decode(token, key, algorithms=["RS256"], issuer=ISSUER.url, options={"require": ["nbf", "exp"]})

    day = timedelta(days=1)
    one, token = made(now - day, now + day)
    claims = read(token)
    assert claims["sub"] == claims["credentialSubject"]["id"] == one["credentialSubject"]["id"]
    assert claims["issuer"]["id"] == ISSUER.url and claims["jti"] == claims["id"]
    assert "All questions." in claims["credentialSubject"]["achievement"]["criteria"]["narrative"]
    assert read(made(now - 2 * day, now + 2 * day)[1])["sub"] == claims["sub"]
    times = ((-2 * day, -day, jwt.ExpiredSignatureError), (day, 2 * day, jwt.ImmatureSignatureError))
    for begins, ends, error in times:
        with pytest.raises(error):
            read(made(now + begins, now + ends)[1])
    head, body, signature = token.split(".")
    forged = json.loads(base64.urlsafe_b64decode(body + "=="))
    forged["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else"
    body = base64.urlsafe_b64encode(json.dumps(forged).encode()).decode().rstrip("=")
    for odd, key in ((f"{head}.{body}.{signature}", public), (token, other)):
        with pytest.raises(jwt.InvalidSignatureError):
            read(odd, key)


def test_what_another_implementation_signed_verifies_here(keys):
    """The published example of RFC 7515, appendix A.2: a JWS with RS256."""
    public = {
        "kty": "RSA",
        "e": "AQAB",
        "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",  # noqa: E501
    }
    token = (
        "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
    )
    from joserfc import jws
    from joserfc.jwk import RSAKey

    assert (
        json.loads(jws.deserialize_compact(token, RSAKey.import_key(public), algorithms=["RS256"]).payload)["iss"]
        == "joe"
    )
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
    forged = badge.sign(
        badge.credential(ISSUER, badge.Holder("x", "X"), "T", "C", datetime.now(UTC)), badge.read_key(private)
    )
    with pytest.raises(badge.Invalid):
        badge.verify(forged, badge.read_key(keys[1]))
    bare = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode() + "." + token.split(".")[1] + "."
    with pytest.raises(badge.Invalid):
        badge.verify(bare, badge.read_key(keys[1]))
    with pytest.raises(badge.Invalid, match="public key"):
        badge.sign({}, badge.read_key(public))


def test_a_badge_says_each_thing_once_and_holds_only_in_its_time(keys):
    now = datetime(2026, 5, 1, tzinfo=UTC)
    until = datetime(2028, 5, 1, tzinfo=UTC)
    made = badge.credential(ISSUER, badge.Holder("ana", "Ana"), "T", "C.", now, until)
    again = badge.credential(ISSUER, badge.Holder("ana", "Ana"), "T", "C.", until)
    assert made["id"] == again["id"] and made["credentialSubject"]["id"].startswith("urn:uuid:")
    token, key = badge.sign(made, badge.read_key(keys[0])), badge.read_key(keys[1])
    assert badge.verify(token, key, datetime(2027, 1, 1, tzinfo=UTC))["sub"] == made["credentialSubject"]["id"]
    with pytest.raises(badge.Invalid, match="not valid yet"):
        badge.verify(token, key, datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(badge.Invalid, match="has expired"):
        badge.verify(token, key, datetime(2029, 1, 1, tzinfo=UTC))
    with pytest.raises(badge.Invalid, match="private key"):
        badge.verify(token, badge.read_key(keys[0]))


CRITERION = """\
title: First meetings
says: Every question answered and the reflection marked.
issuer: A program
url: https://program.example
needs:
  - assignment: holding
    at_least: 0.5
gates: "yes"
"""


def test_a_record_and_a_badge_come_from_the_gradebook_and_a_criterion_alone(tmp_path):
    import copy

    from nbgrader.api import Gradebook

    from grader.grading.run import autograde
    from grader.grading.sample_marks import database, mark
    from support.course import cell, choose, program, released_course

    course = released_course(tmp_path)
    right = {"first-card": "B", "second-card": "D", "many-card": "AC", "exam-card": "A"}
    for trainee in ("done", "gate", "unmarked"):
        work = copy.deepcopy(course.released)
        for name, letters in right.items():
            choose(work, name, "A" if trainee == "gate" and name == "second-card" else letters)
        cell(work, "what-you-would-say")["source"] = f"I, {trainee}, would say it."
        course.submit(trainee, work)
    course.submit("blank", course.released)
    autograde(course.folder, course.name)
    with Gradebook(database(course.folder)) as gradebook:
        gradebook.add_student("missing")
        gradebook.update_or_create_student("done", first_name="小龙", last_name="李")
        for trainee in ("done", "gate"):
            mark(gradebook, course.name, trainee, course.library.reflections["what-you-would-say"], (4, 4))
    run = lambda *words, ok=True: program("grader", *words, folder=course.folder, ok=ok)
    run("badge", "keygen", str(tmp_path / "keys"))
    private, public = (str(tmp_path / "keys" / f"issuer-{which}.json") for which in ("private", "public"))
    assert "there is no criterion" in run("badge", "issue", "done", private, ok=False)
    (course.folder / "criterion.yml").write_text(CRITERION)
    for trainee, why in {
        "blank": "handed in blank",
        "missing": "not handed in",
        "gate": "safety questions that were missed: second-card",
        "unmarked": "not all of it is marked",
        "nobody": "no trainee `nobody`",
    }.items():
        assert why in run("badge", "issue", trainee, private, ok=False)
        assert why in run("record", trainee, "--pdf", str(tmp_path / "r.pdf"), ok=False)
    assert not (tmp_path / "r.pdf").exists() and not list(course.folder.glob("*.jwt"))
    run("badge", "issue", "done", private, "--as", "AB")
    held = run("badge", "verify", "badge--done.jwt", "--key", public)
    assert "Holds: First meetings, for 小龙 李, issued by A program" in held
    assert f"{tmp_path / 'd.pdf'}: First meetings, for 小龙 李." in run(
        "record", "done", "--pdf", str(tmp_path / "d.pdf")
    )
    assert "it is made anew" in run("badge", "issue", "done", private)
    (tmp_path / "keys/a.jwt").write_text("somebody's notes")
    (course.folder / "criterion.yml").write_text(CRITERION.replace("First meetings", "Second meetings"))
    for out, there in (
        ("badge--done.jwt", "the badge First meetings, for 小龙 李"),
        (tmp_path / "keys/a.jwt", "another"),
    ):
        before = (course.folder / out).read_text()
        assert there in run("badge", "issue", "done", private, "--out", str(out), ok=False)
        assert (course.folder / out).read_text() == before
    (course.folder / "criterion.yml").write_text(CRITERION)
    (course.folder / "given.txt").write_text(run("badge", "list"))
    run("badge", "verify", "badge--done.jwt", "--key", public, "--list", "given.txt")
    (course.folder / "given.txt").write_text("")
    assert "not on the issuer's list" in run(
        "badge", "verify", "badge--done.jwt", "--key", public, "--list", "given.txt", ok=False
    )
    url = "url: https://program.example"
    for right, wrong in ((url, "url: program"), (url, "url: https://ex ample"), ("needs:", "need:")):
        (course.folder / "criterion.yml").write_text(CRITERION.replace(right, wrong))
        assert "criterion.yml" in run("badge", "issue", "done", private, ok=False)


def test_the_record_says_what_was_done_and_that_it_is_no_credit(tmp_path):
    import copy

    from grader.grading.run import autograde
    from grader.reports import record
    from support.course import cell, choose, released_course

    course = released_course(tmp_path)
    work = choose(copy.deepcopy(course.released), "second-card", "D")
    cell(work, "what-you-would-say")["source"] = "I would say it."
    course.submit("ana", work)
    autograde(course.folder, course.name)
    found = record.collect(course.folder, "ana")
    words = record.text(found)
    assert (
        "Holding what you are told: 3 of 7 so far, 8 more not marked yet" in words
        and "not hours that a certifying body counts" in words
        and found.minutes == 30 + 45 == found.work + sum(found.areas.values())
    )
    given = SimpleNamespace(title="Ethics", says="One assignment.", issuer="A program", url="https://example.org")
    record.pdf(found, given, date(2026, 5, 1), tmp_path / "r.pdf")
    told = " ".join(page.extract_text() for page in PdfReader(tmp_path / "r.pdf").pages).split()
    met = "Asked for, and met One assignment."
    assert all(words in " ".join(told) for words in ("For Ethics", met, "certifies nobody"))
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert "Nothing of bo" in record.text(record.collect(course.folder, "bo"))


@pytest.mark.parametrize(
    "payload",
    [
        [1],
        "text",
        {
            "type": ["OpenBadgeCredential"],
            "issuer": "https://program.example",
            "iss": "https://program.example",
            "id": "x",
            "jti": "x",
        },
    ],
)
def test_what_is_signed_and_is_no_badge_is_one_line(keys, payload):
    from joserfc import jws

    token = jws.serialize_compact({"alg": "RS256"}, json.dumps(payload), badge.read_key(keys[0]))
    with pytest.raises(badge.Invalid, match="not an Open Badges"):
        badge.verify(token, badge.read_key(keys[1]))


def test_a_badge_may_hold_for_some_years(tmp_path):
    (tmp_path / "criterion.yml").write_text(
        "title: An introduction\nsays: Completed one assignment.\nissuer: A program\nurl: https://program.example\n"
        "needs:\n  - {assignment: first-meetings, at_least: 0.7}\ngates: yes\nvalid_years: 3\n"
    )
    asked, problems = criterion.read(tmp_path / "criterion.yml")
    assert not problems and asked.valid_years == 3


def test_minutes_of_a_record_add_up_and_its_safety_questions_are_said():
    from grader.reports import record

    thirds = dict.fromkeys(("Ethics", "Body", "Couples"), 10 / 3)
    found = record.Record("ana", {"First": record.Reached(1, 2)}, {}, thirds, 10 + 5, 5, safety=(9, 7))
    words = record.text(found)
    assert [int(line.split(":")[0]) for line in words.splitlines() if line.strip()[:1].isdigit()] == [4, 3, 3, 5]
    assert "every point in 7 of 9" in words
    few = record.text(record.Record("ana", found.assignments, {}, {f"Area {n}": 20.0 - n for n in range(9)}), 6)
    assert "  15: Area 5\n  39: 3 more areas, 14 minutes at most in each (" in few and "Area 6" not in few
    assert "Safety questions" not in record.text(record.Record("ana", found.assignments))
