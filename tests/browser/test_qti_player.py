"""QTI 3.0 in a player that nobody here wrote (qti-components): it scores each answer as the grader does, and says the
reason of what was chosen."""

import io
import os
import zipfile

import pytest

from grader.exchange import qti
from grader.exchange.items import items
from grader.notebook.score import hits_minus_false_alarms
from support.project import ROOT, the_library

pytestmark = pytest.mark.browser
PLAYER = ROOT / "js/node_modules/@citolab/qti-components/cdn/index.js"
PLAY = """async ({ xml, answers }) => {
  document.body.innerHTML = "<qti-item><item-container></item-container></qti-item>";
  const holder = document.querySelector("item-container");
  const rest = () => new Promise((done) => setTimeout(done, 10));
  await holder.updateComplete;
  await rest();
  holder.itemXML = xml;
  let item = null;
  for (let tries = 0; tries < 500 && !item; tries += 1) {
    await rest();
    item = holder.shadowRoot?.querySelector("qti-assessment-item");
  }
  await item.updateComplete;
  const got = [];
  for (const answer of answers) {
    item.updateResponseVariable("RESPONSE", answer);
    item.processResponse();
    const said = [...item.querySelectorAll("qti-modal-feedback")].filter((one) => one.showStatus === "on");
    got.push([Number(item.getOutcome("SCORE").value), said.map((one) => one.getAttribute("identifier"))]);
  }
  return got;
}"""


@pytest.fixture(scope="module")
def asked():
    """Fourteen questions with one right option, six of all-that-apply."""
    found = [item for use in ("practice", "graded", "exam") for item in items(the_library(), use)]
    one, many = ([item for item in found if item.many is wanted] for wanted in (False, True))
    return [*one[:: len(one) // 14][:14], *many[:6]]


def test_an_open_player_scores_as_the_grader_does(browser, asked):
    if not PLAYER.is_file():
        needed = os.environ.get("CANDOR_BROWSER") == "required"
        (pytest.fail if needed else pytest.skip)("@citolab/qti-components is not installed: make js-test")
    archive = zipfile.ZipFile(io.BytesIO(qti.write(asked, [], "3.0")))
    page = browser.new_page()
    page.add_script_tag(path=str(PLAYER), type="module")
    page.wait_for_function("!!customElements.get('qti-assessment-item') && !!customElements.get('item-container')")
    for item in asked:
        key = set(item.card.key)
        letters = [choice.letter for choice in item.choices]
        wrong = [letter for letter in letters if letter not in key]
        answers = [sorted(key), sorted(key)[:1], letters, wrong] if item.many else [sorted(key)[:1], wrong[:1]]
        given = [answer if item.many else answer[0] for answer in answers]
        xml = archive.read(f"items/{item.name}.xml").decode()
        for (score, said), chosen in zip(page.evaluate(PLAY, {"xml": xml, "answers": given}), answers, strict=True):
            wanted = hits_minus_false_alarms(key, set(chosen), len(letters)) if item.many else float(set(chosen) == key)
            assert score == pytest.approx(wanted, abs=1e-3), (item.name, chosen)  # it rounds to three places
            assert set(said) == {*chosen, "explain"}, (item.name, chosen)
    page.close()
