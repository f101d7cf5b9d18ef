"""The bodies side by side say what is asked in another measure than hours, and how much nobody has confirmed."""

from grader.book import tables


def test_what_is_asked_in_another_measure_is_no_dash_and_unconfirmed_rows_are_counted(library):
    bodies = library.bodies
    text = tables.bodies([bodies["cosrt"], bodies["aasect-cst"]])
    rows = [line.strip("| ").split(" | ") for line in text.split("\n")]
    named = [dict(zip(rows[0], row)) for row in rows[2:]]
    assert named[0]["Supervision"] == "1 hour for every 6 clinical hours" and named[1]["Supervision"] == "50"
    assert named[0]["Unconfirmed"] == "9 of 9 rows" and named[1]["Client hours"] == "300"
