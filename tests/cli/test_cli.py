"""Whatever a person types, they get a line and no trace: files that are folders, places that cannot be written,
names that do not exist."""

import pytest

from support.project import ROOT, run, started


@pytest.mark.parametrize("command", [
    "ledger new {}.csv",
    "ledger add {}.csv",
    "readiness LEDGER --html {}.html",
    "readiness LEDGER --pdf {}.pdf",
    "review --file {}.json",
    "badge keygen {}",
    "badge issue A KEY --out {}.jwt",
    "record A --pdf {}.pdf",
    "exam build case-form --to {}",
    "export grades --to {}.csv",
    "export feedback concerns --to {}.zip",
    "log --to {}.txt",
    "export anki --private FOLDER --to {}.apkg",
    "export gates --to {}.md",
    "marks export concerns reflection --to {}.xlsx",
    "course {}",
    "course .private/{}",
])  # fmt: skip
def test_nothing_private_is_written_into_the_librarys_folder(tmp_path, command):
    """People commit and push that folder. One line says so, and where to put it; nothing is made."""
    (tmp_path / "ledger.csv").write_text("kind,date,hours\n")
    words = (
        command.replace("LEDGER", str(tmp_path / "ledger.csv"))
        .replace("FOLDER", str(tmp_path))
        .format("of-one-person")
        .split()
    )
    done = run("grader", *words, apart=True)
    assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr
    assert "inside the library, whose files are shared" in done.stderr and "such as ~/of-one-person" in done.stderr
    assert not list(ROOT.glob("of-one-person*")) and not (ROOT / ".private").exists()


def test_ones_own_files_and_the_library_need_not_stand_together(tmp_path):
    """Every command finds the library of its installation, so a trainee works in a folder of their own."""

    def grader(*words):
        return run("grader", *words, folder=tmp_path, apart=True)

    assert grader("ledger", "new", "ledger.csv").returncode == 0
    done = grader("readiness", "ledger.csv", "--body", "cosrt")
    assert done.returncode == 0 and "There is no card library" not in done.stderr, done.stderr
    assert grader("course", "my-course").returncode == 0 and (tmp_path / "my-course/source").is_dir()
    assert "There is no card library" in grader("show", "x", "--library", str(tmp_path)).stderr


@pytest.mark.parametrize(
    "command,said",
    [
        ("check-submission FOLDER", "is not an ordinary file"),
        ("receipt FOLDER FOLDER", "is not an ordinary file"),
        ("readiness FOLDER", "cannot be opened (Is a directory)"),
        ("exam standard FOLDER", "cannot be opened (Is a directory)"),
        ("badge verify FOLDER --key FOLDER", "Is a directory"),
        ("badge keygen FILE", "File exists"),
        ("ledger new FOLDER/none/ledger.csv", "No such file or directory"),
        ("export anki --to FOLDER/none/deck.apkg", "No such file or directory"),
        ("exam build case-form --to FILE/exams", "Not a directory"),
        ("course FILE", "Not a directory"),
        ("summary concerns --course FOLDER", "is not a course"),
        ("exam standard RATINGS --score 5", "A score of 5 cannot be: the judges rated 2 questions"),
        ("exam standard RATINGS --score nan", "A score of nan cannot be"),
        ("review --exam 2020-01-01 --file FOLDER/review.json", "is not ahead"),
        ("export anki", "grader export anki --to ~/candor.apkg"),
        ("new ledger mine.csv", "`grader ledger new mine.csv` makes one"),
        ("new question ../up", "A question is named CHAPTER/NAME"),
        ("explain Z999", "There is no rule Z999"),
    ],
)
def test_one_line_and_no_trace(tmp_path, command, said):
    (tmp_path / "file").write_text("x")
    (tmp_path / "ratings.csv").write_text("judge,question,rating\nA,q1,0.5\nA,q2,0.7\nB,q1,0.6\nB,q2,0.9\n")
    words = [
        word.replace("FOLDER", str(tmp_path))
        .replace("FILE", str(tmp_path / "file"))
        .replace("RATINGS", str(tmp_path / "ratings.csv"))
        for word in command.split()
    ]
    done = run("grader", *words, apart=True)
    assert done.returncode and said in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and "our mistake" not in done.stderr
    assert (tmp_path / "file").read_text() == "x"


def test_it_says_its_version():
    done = started("grader", "--version")
    assert done.returncode == 0 and f'version = "{done.stdout.split()[-1]}"' in (ROOT / "pyproject.toml").read_text()


def test_the_help_names_each_command_under_the_people_who_use_it():
    from typer.main import get_command

    from grader.cli.desk import app
    from grader.cli.door import main  # noqa: F401 - it makes every command known
    from grader.cli.people import PEOPLE

    shown = {name for name, command in get_command(app).commands.items() if not command.hidden}
    grouped = [name for names in PEOPLE.values() for name in names]
    assert sorted(grouped) == sorted(shown)
    done = run("grader", "--help", apart=True)
    assert all(f"\n{people}:\n" in done.stdout for people in PEOPLE) and "Other:" not in done.stdout
    assert "..." not in done.stdout.split("Learn:")[1]  # whole sentences
