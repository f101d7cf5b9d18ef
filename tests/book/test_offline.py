"""The list of what can be kept for use without a network."""

import json
from hashlib import sha256
from types import SimpleNamespace

from grader import language
from grader.book import offline
from grader.book.extension import STATIC


def test_every_file_stands_once_with_its_hash_in_the_part_of_its_folder(tmp_path):
    for address in (
        "index.html",
        "404.html",
        "_static/a.css",
        "concerns/pain.html",
        "desk/build/x.js",
        "_sources/pain.md",
    ):
        (tmp_path / address).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / address).write_text(address)
    offline.write_list(
        tmp_path, {"concerns": "Presenting concerns", "empty": "Nothing"}, {"concerns": "concerns/pain.html"}, "desk"
    )
    told = json.loads((tmp_path / offline.LIST).read_text())
    files = {part["name"]: [address for address, _, _ in part["files"]] for part in told["parts"]}
    assert files == {
        "frame": ["_static/a.css", "index.html"],
        "concerns": ["concerns/pain.html"],
        "desk": ["desk/build/x.js"],
    }
    assert [part["opens"] for part in told["parts"]] == ["index.html", "concerns/pain.html", "desk/index.html"]
    name = "concerns/pain.html"
    assert told["parts"][1]["files"] == [[name, sha256(name.encode()).hexdigest(), len(name)]]
    assert told["parts"][1]["bytes"] == len(name)


def test_the_build_is_another_when_a_file_is_and_the_same_when_nothing_is(tmp_path):
    def build():
        offline.write_list(tmp_path, {}, {})
        told, short = (json.loads((tmp_path / name).read_text()) for name in (offline.LIST, offline.BUILD))
        assert told["build"] == short["build"]
        return told["build"]

    (tmp_path / "index.html").write_text("one")
    first = build()
    assert build() == first
    (tmp_path / "index.html").write_text("two")
    assert build() != first


def test_the_service_worker_brings_what_it_says_in_the_language_of_the_site(tmp_path):
    worker = (STATIC / offline.WORKER).read_text(encoding="utf-8")
    contents = SimpleNamespace(external_site_map=SimpleNamespace(root=SimpleNamespace(subtrees=[])))
    config = SimpleNamespace(candor_desk="", html_favicon="")
    site = SimpleNamespace(builder=SimpleNamespace(name="html"), env=contents, outdir=tmp_path, config=config)
    written = {}
    for tag in ("en", "pt-BR"):
        language.use(tag)
        offline.after_build(site, None)
        written[tag] = (tmp_path / offline.WORKER).read_text(encoding="utf-8")
    assert written["en"] == worker and written["pt-BR"].endswith("};\n" + worker)
    assert "Esta página não está guardada" in written["pt-BR"] and "Entregar" not in written["pt-BR"]
