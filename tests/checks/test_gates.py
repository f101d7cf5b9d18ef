"""The list of must-not-miss questions that a clinician confirms."""

from support.libraries import copy_of_good
from support.project import run

CARD = "exercises/bank/confidentiality/call-from-the-car.yml"


def test_each_gate_question_stands_with_its_key_its_ground_and_a_box(tmp_path):
    library, to = copy_of_good(tmp_path), tmp_path / "gates.md"
    (library / CARD).write_text((library / CARD).read_text().replace("sources:", "gate: duty-to-protect\nsources:"))
    words = ("grader", "export", "gates", "--to", str(to), "--library", str(library))
    assert run(*words).stdout == f"{to}: 1 question.\n"
    assert "Rests on no source that is known to bear on this danger." in to.read_text()
    work = library / "book/evidence/kuo2009secrets.yml"
    work.write_text(work.read_text().replace("seen:", "bears_on: [duty-to-protect]\nseen:"))
    assert "perhaps signed" in run(*words).stdout and "Rests on no source" in to.read_text()
    assert run(*words, "--force").returncode == 0
    said = to.read_text()
    assert "## Duty to protect\n\n- [ ] `call-from-the-car` (graded, confidentiality). Name: ____" in said
    assert "  Key: C. Tell Marco as soon as he has sat down (call c).\n" in said
    assert (
        "  Rests on `kuo2009secrets` (moderate). the approach to secrets used most: professional judgement, 62.5 %. "
        "Does not show: What helps couples.\n"
    ) in said
    assert "email-before-the-session" not in said
