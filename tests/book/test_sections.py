"""From an objective that was missed to the section of the book that teaches it."""

import re

from grader.reports.feedback_model import Feedback
from grader.reports.feedback_next import conclude


def leads(site, link: str) -> bool:
    """Whether a page of the site has the anchor of PAGE#ANCHOR."""
    page, anchor = link.split("#")
    return f'id="{anchor}"' in (site / page).read_text(encoding="utf-8")


def test_feedback_leads_to_a_section_that_the_book_has(library, site):
    from grader.notebook.assemble import questions

    links = set()
    for assignment in library.assignments.values():
        scores = dict.fromkeys(questions(assignment, library), (0.0, 1.0))
        made = Feedback(str(assignment.title), "t", 0, 0, 0, 0, [])
        conclude(made, assignment, library, scores, "https://book.example/")
        links |= {
            href.removeprefix("https://book.example/")
            for href in [one.href for one in made.objectives]
            + [step.href for step in made.steps if step.label.startswith("Read")]
        }
    assert len(links) > 40
    assert [link for link in sorted(links) if not leads(site, link)] == []
    assert not leads(site, re.sub("#.*", "#no-such-section", min(links)))


def test_every_objective_has_its_section(library):
    assert not [
        (card.name, name)
        for card in library.chapters.values()
        for name in card.objectives
        if "#" not in card.section(name)
    ]
