"""Ledgers counted by hand, beside what `grader readiness` says of them."""

import shutil
import subprocess
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from grader.cards.library import load
from grader.learner.readiness import ledger as ledgers
from grader.learner.readiness import line as lines
from grader.learner.readiness import report, sheet_in
from grader.learner.readiness import rules as readiness
from grader.learner.readiness.forecast import forecast
from grader.learner.readiness.versions import version_for
from support.project import ROOT, run, the_library

TODAY = date(2026, 6, 30)
LIBRARY = the_library()


def standing(tmp_path, lines: str, body="aasect-cst", today=TODAY) -> dict[str, readiness.Standing]:
    path = tmp_path / "ledger.csv"
    path.write_text(ledgers.HEAD + lines)
    kept = ledgers.read(path)
    assert not kept.refused, kept.refused
    found = readiness.evaluate(kept, *version_for(body, LIBRARY, kept.contract), today)
    return {str(one.requirement.id): one for one in found.standings}


# ---- AASECT: rules as encoded, each sum by hand
# -----------------------------------------------------------------------


def test_e_learning_counts_up_to_75_of_90(tmp_path):
    """80 h e-learning + 12 h in person: 75 + 12 = 87 counted of 92 done, 3 missing."""
    row = standing(tmp_path, "2025-06-01,education,80,e-learning,,a,,\n2025-07-01,education,12,in-person,,b,,\n")[
        "core-knowledge"
    ]
    assert (row.done, row.counted, row.missing) == (92, 87, 3)
    assert "5 hours not counted: e-learning counts up to 75." in row.reasons


def test_live_online_is_not_held_to_the_cap_on_e_learning(tmp_path):
    """75 e-learning + 15 live online = 90."""
    row = standing(tmp_path, "2025-06-01,education,75,e-learning,,a,,\n2025-07-01,education,15,live-online,,b,,\n")[
        "core-knowledge"
    ]
    assert row.missing == 0 and not any("not counted" in line for line in row.reasons)


def test_training_has_its_own_cap_and_does_not_borrow_from_education(tmp_path):
    """40 h e-learning training: 30 counted, 30 missing of 60. The 95 h of education do not help."""
    rows = standing(tmp_path, "2025-06-01,training,40,e-learning,,a,,\n2025-06-02,education,95,in-person,,b,,\n")
    assert (rows["sex-therapy-training"].counted, rows["sex-therapy-training"].missing) == (30, 30)
    assert rows["core-knowledge"].missing == 0


def test_each_area_is_asked_to_have_three(tmp_path):
    """a has 2 h, b has 4 h: a is short. Two areas on one line share its hours: 5 h over c and d are 2.5 each. The
    other 13 areas have none."""
    row = standing(
        tmp_path,
        '2025-06-01,education,2,in-person,a,x,,\n2025-06-02,education,4,in-person,b,y,,\n2025-06-03,education,5,in-person,"c,'
        ' d",z,,\n',
    )["core-knowledge"]
    assert row.reasons[-1].startswith("each area is asked to have 3 hours; fewer in: a (2), c (2.5), d (2.5), e (0), ")


def test_ninety_hours_in_one_area_are_not_complete_and_six_in_each_are(tmp_path):
    """90 h in a: the total is there, 16 areas are not. 17 areas x 6 h = 102 h: complete. zz is no area."""
    row = standing(tmp_path, "2025-06-01,education,90,in-person,a,x,,\n")["core-knowledge"]
    assert row.missing == 0 and not row.complete and "not complete" in report.state(row)
    row = standing(
        tmp_path, "".join(f"2025-06-01,education,6,in-person,{area},x{area},,\n" for area in "abcdefghijklmnopq")
    )["core-knowledge"]
    assert row.counted == 102 and row.complete and not row.reasons
    assert (
        "not an area of this row: zz."
        in standing(tmp_path, "2025-06-01,education,9,in-person,zz,x,,\n")["core-knowledge"].reasons[0]
    )


def test_the_sar_is_not_self_study(tmp_path):
    """14 h of e-learning: none counts."""
    row = standing(tmp_path, "2025-06-01,sar,14,e-learning,,sar,,\n")["sar"]
    assert row.missing == 14 and "14 hours not counted: e-learning is not taken here." in row.reasons


@pytest.mark.parametrize("hours,missing,said", [(8, 6, False), (10, 4, True), (12, 2, True), (14, 0, False)])
def test_the_sar_where_sources_differ_is_planned_at_fourteen(tmp_path, hours, missing, said):
    """10 in one source, 14 in another: 14 is planned for; from 10 on the page says that sources differ."""
    row = standing(tmp_path, f"2025-06-01,sar,{hours},in-person,,sar,,\n")["sar"]
    assert row.missing == missing and any("sources differ" in line for line in row.reasons) is said


def test_telehealth_counts_up_to_150_of_300(tmp_path):
    """4 weeks of 50 h telehealth = 200, of which 150; with 3 of 40 in person = 120: 270 counted, 30 missing."""
    lines = "".join(f"2026-0{m}-05,client,50,telehealth,,w{m},,\n" for m in (1, 2, 3, 4)) + "".join(
        f"2026-0{m}-15,client,40,in-person,,v{m},,\n" for m in (1, 2, 3)
    )
    row = standing(tmp_path, lines)["client-hours"]
    assert (row.done, row.counted, row.missing) == (320, 270, 30)


def test_group_supervision_counts_up_to_half_of_fifty_and_never_for_the_individual_share(tmp_path):
    """10 months x 3 h group = 30, of which at most 25; 20 h individual over other days: total 45 of 50, individual
    20 of 25."""
    lines = "".join(
        f"2025-{m:02}-05,supervision,3,group,,g{m},AB,\n2025-{m:02}-15,supervision,2,individual,,i{m},AB,\n"
        for m in range(1, 11)
    )
    rows = standing(tmp_path, lines)
    assert (rows["supervision-total"].counted, rows["supervision-total"].missing) == (45, 5)
    assert (rows["supervision-individual"].counted, rows["supervision-individual"].missing) == (20, 5)
    assert "5 hours not counted: group counts up to 25." in rows["supervision-total"].reasons


def test_more_than_six_hours_of_supervision_in_a_month_do_not_count(tmp_path):
    """March: 4 + 4 = 8, so 6; April: 5. In all 11 of 13; the two lost are the last of March."""
    row = standing(
        tmp_path,
        "2026-03-01,supervision,4,individual,,a,AB,\n2026-03-20,supervision,4,individual,,b,AB,\n2026-04-02,supervision,5,individual,,c,AB,\n",
    )["supervision-total"]
    assert (row.done, row.counted) == (
        13,
        11,
    ) and "2 hours not counted: 2026-03 has more than 6 in a month." in row.reasons


def test_a_share_of_the_total_is_held_to_the_caps_of_the_total(tmp_path):
    """30 h one to one in June 2025: 6 count for the total, and so 6 of 25 for the share."""
    rows = standing(
        tmp_path, "".join(f"2025-06-{day:02},supervision,6,individual,,s{day},AB,\n" for day in (2, 9, 16, 23, 30))
    )
    assert (
        rows["supervision-total"].counted,
        rows["supervision-individual"].counted,
        rows["supervision-individual"].missing,
    ) == (6, 6, 19)


def test_of_two_caps_the_hours_that_count_are_the_most_there_can_be(tmp_path):
    """June: 6 h group on the 3rd, 6 h individual on the 20th; July to October 6 h group each. June keeps the
    individual ones: 6 + 24 of group (under 25) = 30."""
    lines = "2025-06-03,supervision,6,group,,g6,AB,\n2025-06-20,supervision,6,individual,,i,AB,\n" + "".join(
        f"2025-{m:02}-03,supervision,6,group,,g{m},AB,\n" for m in (7, 8, 9, 10)
    )
    assert standing(tmp_path, lines)["supervision-total"].counted == 30


def test_hours_before_the_contract_are_pointed_out(tmp_path):
    """Contract on 1 June 2025; 5 h of supervision in January, 2 h in July."""
    row = standing(
        tmp_path,
        "2025-06-01,contract,0,,,c,AB,\n2025-01-05,supervision,5,individual,,a,AB,\n2025-07-05,supervision,2,individual,,b,AB,\n",
    )["supervision-total"]
    assert (
        row.counted == 7
        and "5 of the hours are dated before the contract of 2025-06-01: ask the body whether they count."
        in row.reasons
    )


def test_supervision_is_spread_over_eighteen_months(tmp_path):
    """From 10 January 2025 to 9 June 2026: 16 full months (the 17th ends on the 10th), so 2 are missing."""
    row = standing(
        tmp_path, "2025-01-10,supervision,1,individual,,a,AB,\n2026-06-09,supervision,1,individual,,b,AB,\n"
    )["supervision-duration"]
    assert (row.counted, row.missing) == (16, 2)


def test_a_future_hour_is_planned_and_not_done(tmp_path):
    """5 h yesterday, 7 h tomorrow."""
    row = standing(tmp_path, "2026-06-29,client,5,in-person,,a,,\n2026-07-01,client,7,in-person,,b,,\n")["client-hours"]
    assert (row.done, row.planned, row.missing) == (5, 7, 295)


def test_an_hour_counts_once(tmp_path):
    """The same line twice is one hour; a line has one kind, so the supervisor's teaching is training or supervision,
    not both."""
    path = tmp_path / "l.csv"
    path.write_text(
        ledgers.HEAD + "2026-01-02,training,5,in-person,,by AB,AB,\n2026-01-02,training,5,in-person,,by AB,AB,\n"
    )
    kept = ledgers.read(path)
    assert len(kept.entries) == 1 and "line 3: the same as line 2; it is counted once" in kept.refused[0]
    rows = {
        str(one.requirement.id): one
        for one in readiness.evaluate(kept, LIBRARY.bodies["aasect-cst"], "", TODAY).standings
    }
    assert rows["sex-therapy-training"].counted == 5 and rows["supervision-total"].counted == 0


def test_a_contract_signed_under_an_older_version_is_judged_by_it(tmp_path):
    """Two versions: until 30 April 2025 the total was 40, from 1 May 2025 on 50. With 40 h the first trainee is
    done, the second misses 10."""
    root = tmp_path / "library"
    shutil.copytree(ROOT / "exercises/certification", root / "exercises/certification")
    (root / "book").mkdir()
    (root / "book/_toc.yml").write_text("format: jb-book\nroot: intro\n")
    (root / "book/references.bib").write_text("")
    text = (root / "exercises/certification/aasect-cst.yml").read_text()
    older = text.replace('since: "2025-05-01"', 'family: aasect-cst\nsince: "2020-01-01"').replace(
        'version: "2025.T.1"\ndate: "2025-05"\n', 'version: "older"\ndate: "2020"\n', 1
    )
    at = older.index("  - id: supervision-total")
    older = older[:at] + older[at:].replace('minimum: "50"', 'minimum: "40"', 1)
    (root / "exercises/certification/aasect-cst-older.yml").write_text(older)
    library = load(root)
    hours = "".join(
        f"2025-{m:02}-05,supervision,2,group,,g{m},AB,\n2025-{m:02}-15,supervision,2,individual,,i{m},AB,\n"
        for m in range(1, 11)
    )
    for contract, missing in (("2024-03-01", 0), ("2025-05-01", 10)):
        path = tmp_path / "l.csv"
        path.write_text(ledgers.HEAD + f"{contract},contract,0,,,c,AB,\n{hours}")
        kept = ledgers.read(path)
        body, why = version_for("aasect-cst", library, kept.contract)
        rows = {str(one.requirement.id): one for one in readiness.evaluate(kept, body, why, TODAY).standings}
        assert rows["supervision-total"].missing == missing and contract in why
    assert "older than any version" in version_for("aasect-cst", library, date(2019, 1, 1))[1]


# ---- Others
# -----------------------------------------------------------------------------------------------------------


def test_cosrt_asks_one_hour_in_six_and_a_quarter_in_group(tmp_path):
    """450 client hours ask for 75 of supervision; 20 are due for the 120 done. 12 individual + 30 group: group
    counts up to 18.75, so 30.75, and 44.25 are missing."""
    lines = (
        "".join(f"2026-0{m}-05,client,40,in-person,,w{m},,\n" for m in (1, 2, 3))
        + "2026-01-06,supervision,12,individual,,a,AB,\n2026-02-06,supervision,20,group,,b,AB,\n2026-03-06,supervision,10,group,,c,AB,\n"  # noqa: E501
    )
    rows = standing(tmp_path, lines, "cosrt")
    assert (rows["supervision-ratio"].needed, rows["supervision-ratio"].counted, rows["supervision-ratio"].missing) == (
        75,
        30.75,
        44.25,
    )
    assert (
        "20 hours are due for the 120 client hours done, 75 in all." in rows["supervision-ratio"].reasons
        and rows["clinical-hours"].missing == 330
    )
    assert not standing(tmp_path, "", "cosrt")["supervision-ratio"].complete


def test_a_contract_older_than_the_rules_that_were_read(tmp_path):
    assert "older than any version" in version_for("cosrt", LIBRARY, date(2015, 3, 1))[1]
    assert "from when it holds was not read" in version_for("florida-title", LIBRARY, date(2024, 3, 1))[1]


def test_florida_asks_for_twelve_areas(tmp_path):
    """12 areas x 10 h = 120 h: complete. 100 h + 20 h in two areas: the hours are there, ten areas are not."""
    names = [str(area.id) for area in LIBRARY.bodies["florida-title"].areas]
    row = standing(
        tmp_path,
        "".join(f"2025-06-01,education,10,in-person,{area},x{area},,\n" for area in names[:12]),
        "florida-title",
    )["education"]
    assert row.complete
    row = standing(
        tmp_path,
        f"2025-06-01,education,100,in-person,{names[0]},x,,\n2025-06-02,education,20,in-person,{names[1]},y,,\n",
        "florida-title",
    )["education"]
    assert (
        row.missing == 0
        and not row.complete
        and "12 of 17 areas are asked to have 10 hours each, 2 have" in row.reasons[-1]
    )


def test_sas_holds_group_to_twenty(tmp_path):
    """24 h group, 26 h individual: 20 + 26 = 46 of 50."""
    row = standing(
        tmp_path,
        "2026-01-06,supervision,24,group,,a,AB,\n2026-02-06,supervision,24,individual,,b,AB,\n2026-03-06,supervision,2,individual,,c,AB,\n",
        "sas",
    )["supervision"]
    assert (row.counted, row.missing) == (46, 4)


@pytest.mark.parametrize(
    "body,requirement,lines,missing",
    [
        # 120 - 110
        (
            "florida-title",
            "education",
            "2026-01-01,education,100,in-person,,a,,\n2026-01-02,training,10,in-person,,b,,\n",
            10,
        ),
        ("abcst", "supervision", "2026-01-01,supervision,20,group,,a,AB,\n", 30),  # 50 - 20
        # 90 - (75 of 80) - 10
        ("sash", "education", "2026-01-01,education,80,e-learning,,a,,\n2026-01-02,education,10,in-person,,b,,\n", 5),
        # 70 - (35 of 40) - 10
        (
            "sash",
            "cpsbt-training",
            "2026-01-01,training,40,e-learning,,a,,\n2026-01-02,training,10,in-person,,b,,\n",
            25,
        ),
        ("csrp", "reaccreditation", "2026-01-01,client,30,in-person,,a,,\n", 70),  # 100 - 30
        ("aasect-csc", "experience", "2026-01-01,client,40,in-person,,a,,\n", 960),  # 1000 - 40
    ],
)
def test_one_sum_for_each_other_body(tmp_path, body, requirement, lines, missing):
    assert standing(tmp_path, lines, body)[requirement].missing == missing


def test_a_limit_that_is_not_counted_is_told(tmp_path):
    row = standing(tmp_path, "2026-01-01,education,30,in-person,,a,,\n", "sash")["education"]
    assert any("any one subject: 20" in reason for reason in row.reasons)


def test_the_checklist_names_the_files_and_what_lacks_one(tmp_path):
    row = standing(
        tmp_path,
        "2026-01-01,supervision,2,individual,,a,AB,log-1.pdf\n2026-01-08,supervision,2,individual,,b,,\n",
        "abcst",
    )["supervision"]
    assert [state.words for state in report.evidence(row)] == [
        "log-1.pdf",
        "1 of 2 lines name no file",
        "1 without a supervisor’s initials",
    ]


def test_every_body_can_be_asked_for(tmp_path):
    for name in LIBRARY.bodies:
        rows = standing(tmp_path, "2026-01-01,client,5,in-person,,a,,\n", name)
        assert rows and all(report.state(row) for row in rows.values())


# ---- Lines that cannot be, and what is written
# ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line,words",
    [
        ("2026-01-01,client,-3,in-person,,,,", "-3 hours cannot be"),
        ("2026-01-01,client,61,in-person,,,,", "at most 60 hours"),
        ("2026-01-01,client,two,in-person,,,,", "“two” is not a number of hours"),
        (
            "01.02.2026,client,2,in-person,,,,",
            "can be two days, and no other date tells which. Write it as year-month-day",
        ),
        (
            "2026-01-01,clients,2,in-person,,,,",
            "If it was clinical hours with clients under supervision, write client.",
        ),
        ("2026-01-01,client,2,group,,,,", "Write one of: in-person, telehealth"),
    ],
)
def test_a_line_that_cannot_be_is_named_and_the_rest_is_counted(tmp_path, line, words):
    path = tmp_path / "ledger.csv"
    path.write_text(ledgers.HEAD + line + "\n2026-01-02,client,2,in-person,,kept,,\n")
    kept = ledgers.read(path)
    assert (
        len(kept.entries) == 1 and len(kept.refused) == 1 and "line 2" in kept.refused[0] and words in kept.refused[0]
    )


def test_a_ledger_that_a_spreadsheet_saved_is_read_and_added_to(tmp_path):
    """A byte order mark, semicolons, a decimal comma, Windows line ends, a line break inside a cell; and what is
    added has semicolons as well."""
    path = tmp_path / "ledger.csv"
    path.write_bytes(
        (
            "\ufeff" + ledgers.HEAD.strip().replace(",", ";") + '\r\n2026-01-01;client;1,5;in-person;;"a\r\nb";;\r\n'
        ).encode()
    )
    ledgers.append(path, dict(zip(ledgers.COLUMNS, ["2026-01-02", "client", "2", "in-person", "", "a; b", "", ""])))
    assert [(entry.hours, entry.title, entry.line) for entry in ledgers.read(path).entries] == [
        (1.5, "a\r\nb", 3),
        (2, "a; b", 4),
    ]
    path.write_text(ledgers.HEAD + f'2026-01-01,client,2,in-person,,"{"x" * 200_000},,\n')
    with pytest.raises(ledgers.Unreadable, match="line 2: is not a line of a CSV file"):
        ledgers.read(path)


def test_a_client_named_in_a_ledger_is_noticed(tmp_path):
    path = tmp_path / "ledger.csv"
    path.write_text(ledgers.HEAD + "2026-01-02,client,2,in-person,,Mrs Okafor and husband,AB,\n")
    assert "“Mrs Okafor” is a name" in ledgers.read(path).notices[0]


def weekly(hours: float, weeks: int, first: int = 0) -> list[lines.Entry]:
    return [
        lines.Entry(n, date.fromordinal(TODAY.toordinal() - 7 * n), "client", hours)
        for n in range(first, first + weeks)
    ]


def test_the_forecast_follows_the_rate(tmp_path):
    """2 h in each of the last 26 weeks, 52 h missing: 26 weeks on, without spread: 29 December 2026."""
    words = forecast(weekly(2.0, 26), 52, TODAY)
    assert words == "at 2.0 hours a week: about December 2026, most likely between December 2026 and December 2026."


def test_the_weeks_before_the_first_hour_are_no_weeks_without_hours():
    """10 h in each of the first 10 weeks, 100 missing: 10 weeks on, 8 September 2026. Four weeks are too few to say."""
    assert forecast(weekly(10.0, 10), 100, TODAY).startswith("at 10.0 hours a week: about September 2026")
    assert "fewer than 8 weeks" in forecast(weekly(10.0, 4), 260, TODAY)


def test_hours_beyond_a_full_cap_promise_nothing(tmp_path):
    """Ten weeks x 9 h of e-learning: the cap of 75 is full, and more of it would never fill the other 15."""
    lines = "".join(
        f"{date.fromordinal(TODAY.toordinal() - 7 * n)},education,9,e-learning,a,x{n},,\n" for n in range(10)
    )
    row = standing(tmp_path, lines)["core-knowledge"]
    assert row.counted == 75 and row.forecast.startswith("no forecast")


def test_the_command_writes_page_and_pdf_and_can_be_told_a_day(tmp_path):
    grader = lambda *words, given="": run("grader", *map(str, words), given=given, apart=True)
    path = tmp_path / "ledger.csv"
    assert grader("ledger", "new", path).returncode == 0 and grader("ledger", "new", path).returncode == 1
    added = grader("ledger", "add", path, given="client\n2026-01-05\n6\ntelehealth\n\nweek 1\nAB\nlog.pdf\n")
    assert added.returncode == 0, added.stderr
    twice = grader("ledger", "add", path, given="client\n2026-01-05\n6\ntelehealth\n\nweek 1\nAB\nlog.pdf\n")
    assert twice.returncode == 1 and "Nothing was written: the same stands on line 2" in twice.stderr
    asked = grader(
        "ledger",
        "add",
        path,
        given="clint\nclient\n5.1.26\n2026-01-12\n-6\n1,000\n2\ngroup\nin-person\n\nMrs Okafor\nMaria Gonzalez\n\n",
    )
    assert asked.returncode == 0, asked.stderr
    for words in (
        "under supervision, write client.",
        "“5.1.26” can be two days",
        "-6 hours cannot be",
        "“1,000” is not a number",
        "Write one of: in-person",
        "“Mrs Okafor” is a name",
        "longer than initials",
    ):
        assert words in asked.stderr
    assert len(path.read_text().splitlines()) == 3
    done = grader(
        "readiness",
        path,
        "--body",
        "aasect-cst",
        "--body",
        "cosrt",
        "--html",
        tmp_path / "r.html",
        "--pdf",
        tmp_path / "r.pdf",
        "--today",
        "2026-06-30",
    )
    assert done.returncode == 0 and "8 of 300 hours, 292 missing" in done.stdout and "COSRT" in done.stdout
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF") and "Side by side" in (tmp_path / "r.html").read_text()
    for words in (
        ["readiness", tmp_path / "none.csv"],
        ["readiness", path, "--body", "aasect"],
        ["readiness", path, "--today", "soon"],
    ):
        failed = grader(*words)
        assert failed.returncode == 2 and len(failed.stderr.strip().splitlines()) == 1, failed.stderr


def test_sessions_alike_on_one_day_each_count_and_are_said(tmp_path):
    """Clinics write a line for each session: five of one hour on each of five days are 25 hours. A week's line that
    stands twice is one."""
    path = tmp_path / "week.csv"
    days = [f"2026-03-0{day},client,1,in-person,,,AB,\n" * 5 for day in range(2, 7)]
    path.write_text(ledgers.HEAD + "".join(days) + "2026-03-09,client,20,in-person,,,AB,\n" * 2)
    kept = ledgers.read(path)
    assert sum(entry.hours for entry in kept.entries) == 45 and len(kept.refused) == 1
    assert "week.csv, lines 2, 3, 4, 5, 6: alike, and counted as 5 sessions of one day" in kept.notices[0]
    again = dict(zip(ledgers.COLUMNS, ["2026-03-02", "client", "1", "in-person", "", "", "AB", ""]))
    ledgers.append(path, again)
    assert sum(entry.hours for entry in ledgers.read(path).entries) == 46
    with pytest.raises(ValueError, match="the same stands on line 27"):
        ledgers.append(path, {**again, "date": "2026-03-09", "hours": "20"})


@pytest.mark.parametrize(
    "text, dates, day",
    [
        ("sep=,\n" + ledgers.HEAD + "2026-03-31,client,1.5,in-person,,one,AB,\n", "", 31),
        ("sep=;\r\n" + ledgers.HEAD.replace(",", ";") + "2026-03-31;client;1,5;in-person;;one;AB;\n", "", 31),
        (ledgers.HEAD + "2026-03-31 00:00:00,client,1.50,in-person,,one,AB,\n", "", 31),
        (ledgers.HEAD + "3/31/2026,client,1.5,in-person,,one,AB,\n", "mdy", 31),
        (ledgers.HEAD + "4.3.2026,client,1.5,in-person,,one,AB,\n", "dmy", 4),
        (ledgers.HEAD + "03/31/26,client,1.5,in-person,,one,AB,\n", "mdy", 31),
        (
            "mine,kind,date,hours,title,format,area,initials,evidence\nx,client,2026-03-31,1.5,one,in-person,,AB,\n",
            "",
            31,
        ),
    ],
)
def test_a_ledger_survives_a_spreadsheet(tmp_path, text, dates, day):
    path = tmp_path / "ledger.csv"
    path.write_bytes(text.encode())
    kept = ledgers.read(path, dates)
    (entry,) = kept.entries
    assert kept.refused == [] and (entry.hours, entry.title, entry.date) == (1.5, "one", date(2026, 3, day))
    ledgers.append(path, dict(zip(ledgers.COLUMNS, ["2026-04-01", "client", ".5", "in-person", "", "two", "AB", ""])))
    assert [(one.hours, one.title) for one in ledgers.read(path, dates).entries] == [(1.5, "one"), (0.5, "two")]


def test_a_date_that_can_be_two_days_is_asked_about(tmp_path):
    path = tmp_path / "ledger.csv"
    path.write_text(ledgers.HEAD + "3/4/2026,client,1.5,in-person,,one,AB,\n")
    kept = ledgers.read(path)
    assert "can be two days" in kept.refused[0] and "`--dates mdy` for the month" in kept.notices[0]
    path.write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(ledgers.Unreadable, match="a workbook"):
        ledgers.read(path)


@pytest.mark.parametrize("title", ["Session with Maria G.", "John Smith and wife"])
def test_a_name_in_the_title_of_a_session_is_noticed(tmp_path, title):
    path = tmp_path / "ledger.csv"
    sound = "2026-04-02,client,1,in-person,,Couple Therapy at the Community Clinic,AB,\n"
    taught = "2026-04-03,education,1,in-person,,Seminar of John Smith,AB,\n"
    path.write_text(ledgers.HEAD + f"2026-04-01,client,1,in-person,,{title},AB,\n" + sound + taught)
    (said,) = ledgers.read(path).notices
    assert "line 2" in said and "looks like a client's name" in said


# ---- What a spreadsheet saves ----------------------------------------------------------------------------------------

LINES = """2025-09-01,contract,0,,,,AB,
2026-03-31,client,1.5,in-person,,,AB,
2026-04-01,supervision,1,individual,,"with a comma, and ; too",AB,
"""


def saved(path, *lines):
    """A workbook with a ledger on its first sheet."""
    book = Workbook()
    for line in (ledgers.COLUMNS, *lines):
        book.active.append(line)
    book.create_sheet("Mine").append(["what is not the ledger's"])
    book.save(path)
    return path


def test_a_ledger_is_read_from_a_workbook_with_days_figures_and_formulas_as_one_sees_them(tmp_path):
    path = saved(
        tmp_path / "ledger.xlsx",
        [datetime(2026, 3, 31), "client", 1.5, "in-person", None, None, "AB", None],
        [],
        [date(2026, 4, 1), "client", 0.1 + 0.2, "in-person", "", "= as agreed", "AB", ""],
        ["2026-04-02", "client", "1,5", "in-person", "", 7, "AB", ""],
        [datetime(2026, 4, 3, 9, 30), "client", 1, "in-person", "", "", "AB", ""],
    )
    book = load_workbook(path)
    book.active.cell(900_000, 9).fill = PatternFill("solid", "FFFF00")  # somebody painted far below
    book.save(path)
    kept = ledgers.read(path)
    assert [(one.line, one.date.day, one.hours, one.title) for one in kept.entries] == [
        (2, 31, 1.5, ""),
        (4, 1, 0.3, "= as agreed"),
        (5, 2, 1.5, "7"),
    ]
    assert kept.refused == [
        "ledger.xlsx, line 6: “2026-04-03 09:30:00” cannot be read as a date. Dates stand as year-month-day:"
        " 2026-03-31."
    ]
    before = path.read_bytes()
    with pytest.raises(ledgers.Unreadable, match="Add the line in your spreadsheet"):
        ledgers.append(path, dict(zip(ledgers.COLUMNS, ["2026-04-01", "client", "1", "in-person", "", "x", "AB", ""])))
    assert path.read_bytes() == before


def test_a_workbook_that_is_none_or_too_large_is_one_line(tmp_path):
    path = tmp_path / "ledger.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * (sheet_in.MOST_BYTES + 1))
    with pytest.raises(ledgers.Unreadable, match="is too large"):
        ledgers.read(path)
    for data in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)):
        path.write_bytes(data)
        with pytest.raises(ledgers.Unreadable, match="a workbook that cannot be read here .* XLSX or CSV UTF-8"):
            ledgers.read(path)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_ledger_that_libreoffice_saved_is_read_and_a_kind_that_cannot_be_is_refused_in_words(tmp_path):
    """As XLSX with its own dates, as CSV with semicolons; ODS is named with what to save instead."""
    grader = lambda *words: run("grader", *map(str, words), apart=True)
    plain = tmp_path / "ledger.csv"
    plain.write_text(ledgers.HEAD + LINES)
    wanted = grader("readiness", plain, "--today", "2026-06-30").stdout
    assert "1.5" in wanted
    for kind in ("xlsx", "ods", "csv:Text - txt - csv (StarCalc):59,34,76,1,,1031,false,true"):
        suffix = kind.split(":")[0]
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind]
        subprocess.run(
            [*command, "--outdir", str(tmp_path / "out"), str(plain)], check=True, capture_output=True, timeout=180
        )
        done = grader("readiness", tmp_path / f"out/ledger.{suffix}", "--today", "2026-06-30")
        if suffix == "ods":
            assert done.returncode == 2 and "Save it as XLSX or CSV UTF-8." in done.stderr
            assert len(done.stderr.strip().splitlines()) == 1
        else:
            assert done.returncode == 0 and done.stdout == wanted, done.stdout + done.stderr
    assert b";" in (tmp_path / "out/ledger.csv").read_bytes().splitlines()[0]
