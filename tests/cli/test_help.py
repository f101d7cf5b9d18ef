"""The help of the commands speaks the language of the edition in whose folder one stands."""

import pytest
from typer import core

from grader.cli import speech


@pytest.fixture
def commands(tmp_path, monkeypatch):
    """Language -> the commands, as they are for one who stands in an edition of that language."""
    monkeypatch.setattr(core, "_", core._)
    monkeypatch.chdir(tmp_path)

    def stand(tag: str) -> list:
        (tmp_path / "program.yml").write_text(f"name: Universidade\nlanguage: {tag}\n", encoding="utf-8")
        return list(speech._every(speech.program()))

    return stand


def test_every_command_says_what_it_does_through_the_catalogue(commands):
    found = commands("en-XA")
    assert len(found) > 50
    said = [(one.name, part.help) for one in found for part in (one, *one.params)]
    assert [one for one in said if not (one[1] or "").startswith("⟦")] == []


def test_help_is_told_in_portuguese_and_else_as_it_was(commands):
    def shown(tag: str) -> str:
        (group,) = (one for one in commands(tag) if one.name == "marks")
        with group.make_context("marks", ["export"], resilient_parsing=True) as context:
            return group.commands["export"].get_help(context)

    told = shown("pt-BR")
    assert "Grava uma planilha com a resposta de cada pessoa" in told and "Opções:" in told and "obrigatório" in told
    assert "Mostra esta mensagem e sai." in told
    for tag in ("en", "de"):
        assert "Write a sheet with every trainee's answer" in shown(tag)


def test_a_line_of_usage_shows_what_to_type(commands):
    usage = {one.name: " ".join(one.collect_usage_pieces(one.context_class(one))) for one in commands("en")}
    assert usage["collect"] == "[OPTIONS] ASSIGNMENT FILES..." and usage["autograde"] == "[OPTIONS] [ASSIGNMENT]"
    assert [name for name, words in usage.items() if set("{}") & set(words)] == []
