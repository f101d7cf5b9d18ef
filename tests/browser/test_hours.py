"""The page on one's own hours: lines written by finger, a file of a spreadsheet, and what they come to for a body."""

import csv
import datetime
import json
import re
from pathlib import Path

import pytest

from support.asked import agree
from support.axe import violations
from support.project import ROOT

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "accept_downloads": True}
PAGE = "practice/hours.html"
HEAD = "date,kind,hours,format,area,title,initials,evidence,supervisor\n"


@pytest.fixture
def page(opened):
    made = opened(PAGE, **PHONE)
    made.set_default_timeout(15_000)
    agree(made)
    return made


def write_down(page, kind, hours, how="", date="2026-03-02", area="", by="certified"):
    page.get_by_label("What", exact=True).select_option(kind)
    page.get_by_label("Date").fill(date)
    if hours:
        page.get_by_label("Hours", exact=True).fill(hours)
    if how:
        page.get_by_label("How", exact=True).select_option(how)
    if area:
        page.get_by_label("Knowledge area").select_option(area)
    if kind == "supervision":
        page.get_by_label("Who supervised").select_option(by)
    page.get_by_role("button", name="Add", exact=True).tap()


def meter(page, title):
    return page.locator(".candor-meters > div").filter(has_text=title)


def give(page, text, name="mine.csv"):
    page.get_by_label("Open a file:").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text if isinstance(text, bytes) else text.encode()}
    )


def test_hours_are_written_down_and_show_what_is_there_what_is_missing_and_what_is_unconfirmed(page):
    supervised = meter(page, "Treatment of clients with sexual concerns")
    expect(supervised).to_contain_text("0 of 300 hours")
    write_down(page, "client", "1,5", "telehealth")
    expect(page.get_by_text("Added.", exact=True)).to_be_visible()
    expect(supervised).to_contain_text("1.5 of 300 hours")
    expect(supervised).to_contain_text("298.5 hours to go.")
    expect(page.get_by_text("None of these numbers is confirmed", exact=False)).to_have_count(1)
    expect(supervised).not_to_contain_text("not confirmed")  # it is said once, where all are
    write_down(page, "sar", "14", "e-learning")
    attitudes = meter(page, "Sexual Attitude Reassessment")
    expect(attitudes).to_contain_text("0 of 14 hours")
    attitudes.get_by_text("Why, and what to ask").tap()
    expect(attitudes).to_contain_text("14 hours not counted: e-learning is not taken here.")
    write_down(page, "client", "sixty")
    expect(page.get_by_text("Nothing was added: “sixty” is not a number of hours.", exact=False)).to_be_visible()
    page.get_by_label("Which certification or rule?").select_option("cosrt")
    expect(meter(page, "Supervised clinical practice, without")).to_contain_text("1.5 of 450 hours")
    page.reload()
    expect(page.get_by_label("Which certification or rule?")).to_have_value("cosrt")
    page.get_by_role("button", name="Remove line 2").tap()
    expect(page.get_by_text("Line 2 is removed.")).to_be_in_viewport()
    page.get_by_role("button", name="Undo").tap()
    expect(page.get_by_role("button", name=re.compile("Remove line"))).to_have_count(2)
    page.get_by_role("button", name="Remove line 2").tap()
    expect(page.get_by_role("button", name=re.compile("Remove line"))).to_have_count(1)
    page.reload()
    expect(page.get_by_role("button", name=re.compile("Remove line"))).to_have_count(1)
    main = page.locator("main").inner_text()
    assert "Only the body decides" in main and not re.search(r"you (are|will be) certified|eligible", main)


def test_a_file_is_read_once_its_bad_lines_are_named_and_it_comes_out_as_the_program_reads_it(page, tmp_path):
    from grader.learner.readiness import ledger

    text = (
        HEAD
        + '2026-01-05,client,5,in-person,,,,\n2026-01-06,nonsense,5,,,,,\n2026-01-07,supervision,2,group,,"a, b",AB,f\n'
    )
    for taken, there in (("2 lines taken.", ""), ("0 lines taken.", "2 were here already.")):
        give(page, text)
        said = page.locator(".candor-said").last
        expect(said).to_contain_text(f"{taken} {there}".strip())
        expect(page.get_by_text("Line 3: “nonsense” is not a kind of hours.", exact=False)).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Remove line"))).to_have_count(2)
    with page.expect_download() as arrived:
        page.get_by_role("button", name="Save as CSV").tap()
    kept = ledger.read(Path(arrived.value.path()))
    assert [(one.kind, one.hours, one.title) for one in kept.entries] == [("client", 5, ""), ("supervision", 2, "a, b")]
    first = Path(arrived.value.path()).read_text("utf-8-sig").splitlines()[0]
    assert next(csv.reader([first])) == HEAD.strip().split(",")


def test_dates_that_a_spreadsheet_rewrote_are_asked_about_and_other_files_say_what_they_are(page):
    no_sign = "31.02.2026,client,2,in-person,,,,\n13.04.2026,client,1,in-person,,,,\n"  # no day, and of another hand
    give(page, HEAD + "3/4/2026,client,5,in-person,,,,\n" + no_sign)
    expect(
        page.get_by_text("such as 3/4/2026 can be two days, and no other date of the file tells which.", exact=False)
    ).to_be_visible()
    page.get_by_role("button", name="The day").tap()
    expect(page.get_by_role("table", name="Your lines")).to_contain_text(re.compile("Apr"))
    assert '"date":"2026-04-03"' in page.evaluate("Object.values({ ...localStorage }).join()")
    give(page, b"PK\x03\x04...", "hours.xlsx")
    expect(page.get_by_text("hours.xlsx was not read: This is a workbook", exact=False)).to_be_visible()
    book = ROOT / "tests/hours/workbooks/libreoffice.xlsx"
    give(page, book.read_bytes(), "mine.xlsx")
    expect(page.locator(".candor-said").last).to_have_text("4 lines taken. 2 lines were left out:")
    main = page.locator("main")
    expect(main).to_contain_text("Line 6: “2026-04-03 09:30:00” cannot be read as a date.")
    expect(main).to_contain_text("The column Notes is not read: nothing of it is kept.")
    kept = page.evaluate("Object.values({ ...localStorage }).join()")
    assert '"date":"2026-03-31"' in kept and '"hours":"2.25"' in kept and "a & b <c>" in kept
    give(page, "a,b\n1,2\n")
    expect(page.get_by_text("The first line names no column date, kind, hours.", exact=False)).to_be_visible()


def test_a_file_with_three_columns_is_taken_and_what_stands_in_it_is_said_in_words(page):
    """Dates follow the others of the file; a kind of one's own words is told which it may be, once for all."""
    give(
        page,
        "Hours;Kind;Date\n30;client;13.02.2026\n2;clinical;3.4.2026\n3;clinical;4.4.2026\n1;client;31.02.2026\n",
    )
    said = page.locator(".candor-said").last
    expect(said).to_have_text("1 line taken. 3 lines were left out:")
    main = page.locator("main")
    expect(main).to_contain_text(
        "Lines 3, 4: “clinical” is not a kind of hours. If it was clinical hours with clients under supervision, write"
        " client."
    )
    expect(main).to_contain_text("Line 5: “31.02.2026”: there is no such day.")
    expect(main).to_contain_text("Dates such as 3.4.2026 are read with the day first")
    expect(main).to_contain_text("than a day holds (12): 2026-02-13 (30)")
    expect(main).to_contain_text("No format on line 2.")
    assert "`" not in main.inner_text()
    page.get_by_text("Which columns, which words").tap()
    expect(page.get_by_text("client clinical hours with clients under supervision", exact=True)).to_be_visible()


def test_a_file_says_at_once_what_of_it_is_not_read_and_all_that_is_wrong_in_a_line(page):
    head = "date,kind,hours,format,Notes,Room\n"
    give(page, head + "2026-03-02,client,1,in-person,quiet,4\n31.02.2026,clinical,many,zoom,,\n")
    expect(page.locator(".candor-said").last).to_have_text("1 line taken. 1 line was left out:")
    main = page.locator("main")
    expect(main).to_contain_text("The columns Notes, Room are not read: nothing of them is kept.")
    expect(main).to_contain_text(
        re.compile("Line 3: .*no such day.*write client.*“many” is not a number.*“zoom” is not a format of client")
    )


def test_the_template_is_a_table_that_is_taken_once_its_lines_are_ones_own(page):
    with page.expect_download() as arrived:
        page.get_by_role("button", name="Template to fill in").tap()
    text = Path(arrived.value.path()).read_text("utf-8-sig")
    head, *lines = csv.reader(text.splitlines())
    assert head == HEAD.strip().split(",") and [len(line) for line in lines] == [len(head)] * 2
    give(page, text)
    said = page.locator(".candor-said").last
    expect(said).to_have_text("0 lines taken. 2 lines were left out:")
    give(page, text.replace("example: write over it", ""))
    expect(said).to_have_text("2 lines taken.")


def test_supervision_asks_who_gave_it_and_a_file_that_says_it_later_mends_the_line(page):
    write_down(page, "supervision", "1", "individual", by="")
    expect(page.get_by_text("Added.", exact=True)).to_have_count(0)
    write_down(page, "supervision", "2", "group", by="-")
    total = meter(page, "Supervision by an AASECT Certified Supervisor")
    expect(total).to_contain_text("2 of 50 hours")
    expect(
        total.get_by_text("2 hours of supervision do not say who supervised: counted, and not confirmed.")
    ).to_be_visible()
    give(page, HEAD + "2026-03-02,supervision,2,group,,,,,certified\n")
    expect(total).to_contain_text("2 of 50 hours")
    expect(total).not_to_contain_text("do not say who supervised")
    write_down(page, "supervision", "3", "group", by="peer")
    expect(total).to_contain_text("2 of 50 hours")
    total.get_by_text("Why, and what to ask").tap()
    expect(total).to_contain_text("3 hours of supervision not counted: they were not with a supervisor")


def test_when_the_rest_would_be_there_stands_below_the_bar_with_its_range(page):
    days = [datetime.date.today() - datetime.timedelta(weeks=weeks) for weeks in range(20)]
    give(page, HEAD + "".join(f"{day},client,{1 + day.day % 3},telehealth,,,,,\n" for day in days))
    clients = meter(page, "Treatment of clients with sexual concerns")
    told = clients.get_by_text(re.compile(r"Forecast: at [\d.]+ hours a week: about .*, most likely between .* and .*"))
    expect(told).to_be_visible()
    expect(clients.get_by_text("Why, and what to ask")).to_have_count(0)
    lead = page.locator(".candor-lead").filter(has_text="nearest to complete: ")
    expect(lead).to_contain_text("Treatment of clients with sexual concerns")


def test_the_form_is_near_the_top_and_a_day_that_holds_too_much_is_said(page, address):
    form = page.get_by_label("What", exact=True)
    expect(page.get_by_text("Begin with the day of your supervision contract", exact=False)).to_be_in_viewport()
    assert form.bounding_box()["y"] < 844
    write_down(page, "client", "30", "in-person")
    expect(page.get_by_text("Added.", exact=True)).to_be_in_viewport()
    expect(page.get_by_text("than a day holds (12): 2026-03-02 (30)").first).to_be_visible()
    page.goto(f"{address}practice/index.html")
    page.goto(f"{address}{PAGE}")
    expect(form).to_be_hidden()
    door = page.get_by_text("Add hours", exact=True)
    expect(door).to_be_in_viewport()
    door.tap()
    expect(form).to_be_visible()


def test_what_may_name_a_client_is_pointed_out(page):
    page.get_by_label("What it was, without a client's name").fill("Session with Anna Kowalska")
    write_down(page, "client", "1", "in-person")
    expect(page.get_by_text("Look at this once more:")).to_be_visible()
    expect(page.locator("main")).to_contain_text("A ledger names no client")
    page.get_by_role("button", name="Take it out and mend it").tap()
    what = page.get_by_label("What it was, without a client's name")
    expect(what).to_have_value("Session with Anna Kowalska")
    expect(page.get_by_label("Hours", exact=True)).to_have_value("1")
    expect(page.get_by_role("button", name="Remove line 1")).to_have_count(0)
    what.fill("Session with a couple")
    page.get_by_role("button", name="Add", exact=True).tap()
    expect(page.get_by_text("Added.")).to_be_visible()
    expect(page.get_by_text("Look at this once more:")).to_have_count(0)
    page.get_by_label("What it was, without a client's name").fill("Dr Bauer about Maria Keller")
    write_down(page, "supervision", "1", "individual")
    expect(page.get_by_text("“Maria Keller” looks like", exact=False)).to_be_visible()


def test_a_line_of_a_file_that_names_a_client_is_mended_from_where_that_is_said(page):
    """It stands in the form with all that it had, and what else was taken stays."""
    rows = [
        "2026-03-02,client,1,in-person,,quiet hour,,,",
        "2026-03-03,supervision,2,group,,About Maria Keller,AB,folder 3,peer",
        "2026-03-04,client,1,telehealth,,Session with Anna Kowalska,,,",
    ]
    give(page, HEAD + "\n".join(rows) + "\n")
    expect(page.locator(".candor-said").last).to_have_text("3 lines taken.")
    page.get_by_text("Add hours", exact=True).tap()  # the form was closed
    mend = page.get_by_role("button", name="Take line 3 out and mend it")
    expect(page.locator("li", has=mend)).to_contain_text("Line 3: “Maria Keller” looks like")
    expect(page.get_by_role("button", name=re.compile("out and mend it"))).to_have_count(2)
    mend.tap()
    what = page.get_by_label("What it was, without a client's name")
    expect(what).to_be_focused()
    expect(what).to_have_value("About Maria Keller")
    expect(page.get_by_label("Date")).to_have_value("2026-03-03")
    expect(page.get_by_label("What", exact=True)).to_have_value("supervision")
    expect(page.get_by_label("How", exact=True)).to_have_value("group")
    expect(page.get_by_label("Who supervised")).to_have_value("peer")
    expect(page.get_by_label("Supervisor's initials")).to_have_value("AB")
    expect(page.get_by_label("Where the evidence is")).to_have_value("folder 3")
    expect(page.get_by_text("Mend it in your file, too.")).to_be_visible()
    expect(mend).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("Remove line"))).to_have_count(2)
    what.fill("About a case of mine")
    page.get_by_role("button", name="Add", exact=True).tap()
    expect(page.get_by_role("table", name="Your lines")).to_contain_text("About a case of mine; peers")
    expect(page.get_by_role("button", name=re.compile("Remove line"))).to_have_count(3)
    expect(page.get_by_role("button", name="Take line 4 out and mend it")).to_be_visible()


def test_a_line_is_changed_in_the_form_and_is_back_if_one_thinks_better_of_it(page):
    write_down(page, "supervision", "2", "group", by="peer")
    expect(page.get_by_text("Added.", exact=True)).to_be_visible()
    rows = page.get_by_role("button", name=re.compile("Remove line"))
    for undo in (True, False):
        page.get_by_role("button", name="Change line 1").tap()
        expect(page.get_by_label("Hours", exact=True)).to_have_value("2")
        expect(page.get_by_label("Who supervised")).to_have_value("peer")
        expect(rows).to_have_count(0)
        if undo:
            page.get_by_role("button", name="Undo").tap()
            expect(rows).to_have_count(1)
    page.get_by_label("Hours", exact=True).fill("3")
    page.get_by_role("button", name="Add", exact=True).tap()
    expect(page.get_by_role("table", name="Your lines")).to_contain_text("3")
    expect(rows).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_hours_are_in_the_file_of_ones_study_and_go_when_it_is_erased(page, address):
    write_down(page, "client", "2", "in-person")
    expect(page.get_by_text("Added.", exact=True)).to_be_visible()
    page.goto(f"{address}practice/your-study.html")
    expect(page.locator("main")).to_contain_text("1 line of your hours")
    with page.expect_download() as arrived:
        page.get_by_role("button", name="Take all of it as a file").tap()
    file = json.loads(Path(arrived.value.path()).read_text())
    assert [one["line"]["hours"] for name, one in file["kept"].items() if name.startswith("candor-hours:")] == ["2"]
    page.get_by_role("button", name="Erase all of it").tap()
    expect(page.get_by_text("Erased.", exact=True)).to_be_visible()
    page.goto(f"{address}{PAGE}")
    expect(page.get_by_text("Nothing is written down yet.", exact=False)).to_be_visible()
    page.goto(f"{address}practice/your-study.html")
    page.get_by_label("Bring back a file:").set_input_files(arrived.value.path())
    expect(page.locator("main")).to_contain_text("1 line of your hours")


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(opened, width):
    page = opened(PAGE, viewport={"width": width, "height": 844})
    write_down_by_click = page.get_by_role("button", name="Add", exact=True)
    page.get_by_label("Hours", exact=True).fill("2")
    write_down_by_click.click()
    page.get_by_text("Evidence to keep:", exact=False).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
