"""Where the search leads: the anchor of a section, whatever its heading begins with."""

import pytest

from grader.book.finding import Names, records_of


@pytest.mark.parametrize("ids", [("four-words", "{label}"), ("{label}", "identity-and-words")])
def test_a_section_is_found_by_its_label_also_where_its_heading_begins_with_identity(ids, tmp_path, library):
    label = "gender-diversity-tell-terms-apart"
    section, span = (one.format(label=label) for one in ids)
    built = tmp_path / "gender-diversity.html"
    built.write_text(
        f'<article><h1>Gender</h1><section id="{section}"><span id="{span}"></span>'
        "<h2>Identity and words</h2><p>Ask.</p></section></article>",
        encoding="utf-8",
    )
    names = Names()
    list(records_of(built, "identity/gender-diversity", library, names))
    assert f"identity/gender-diversity.html#{label}" in names.places
