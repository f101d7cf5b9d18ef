"""A new edition's files: its `program.yml` with a question above each blank, and what publishes it."""

from __future__ import annotations

import json
import re

PROGRAM = """\
# Your program's own edition. `grader check` says what is wrong here, `grader build` makes the site.
name: {quoted}
language: en
# Who you are, in a sentence: about: ...
# Whom readers write to: contact: office@program.example
# Where the site will stand: address: https://program.example/training
# What holds for your own pages: licence: Pages of our own are all rights reserved.
# An SVG or PNG file in this folder: logo: logo.svg

# Colours by the names of grader/web/tokens.json: on light ground, then on dark.
# colours:
#   act: ["{light}", "{dark}"]

# Whose law and help lines are shown, by the names in book/places; all where none is named.
# places: [england-and-wales, scotland]
# Whose requirements are shown, by the names in exercises/certification; your own go there, too.
# bodies: [cosrt]

# What the edition does without, and what becomes of all that refers to it.
# left_out:
#   - what: [erectile-difficulties]
#     questions: drop
#     reflections: drop
#     cases: keep
#     assignments: keep
#     guides: keep
#     pages: keep
# What you have your own file for, in the same place as the library's: book/ethics/confidentiality.md
# replaced:
#   - what: [confidentiality]
#     questions: drop
# Pages of your own: book/ethics/our-law.md
# added:
#   - page: ethics/our-law
#     after: confidentiality
# Warnings that are errors here.
# rules: {{W109: error}}
"""
README = """\
# {name}

An edition of [Candor]({source}): `program.yml` says what differs, `book`, `case_vignettes` and `exercises` hold what is
written here. Nothing of the library is copied.

    git clone {source} library && make -C library install
    library/.venv/bin/grader check
    library/.venv/bin/grader build --pdf --epub

The site is then in `_build/html`, with the book and each chapter as PDF and the book as EPUB. On GitHub each push to
`main` publishes it, once *Settings, Pages, Source* says *GitHub Actions*; on GitLab each push to the default branch
does. Any other web server takes the folder as it is, under any path.

`git -C library pull && make -C library install` brings the library up to date.
"""
IGNORED = "_build/\nlibrary/\n"
GITHUB = """\
name: publish
on:
  push: {{ branches: [main] }}
  workflow_dispatch:
permissions:
  contents: read
  pages: write
  id-token: write
concurrency: {{ group: pages, cancel-in-progress: true }}
jobs:
  publish:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    environment: {{ name: github-pages, url: "${{{{ steps.deploy.outputs.page_url }}}}" }}
    steps:
      - uses: actions/checkout@v6
      - uses: actions/checkout@v6
        with: {{ repository: {repository}, path: library }}
      - uses: actions/setup-python@v6
        with: {{ python-version: "3.12" }}
      - run: make -C library install
      - run: library/.venv/bin/grader check
      - run: library/.venv/bin/grader build --pdf --epub
      - run: library/.venv/bin/grader links _build/html
      - uses: actions/upload-pages-artifact@v5
        with: {{ path: _build/html }}
      - id: deploy
        uses: actions/deploy-pages@v5
"""
GITLAB = """\
pages:
  image: python:3.12
  script:
    - git clone --depth 1 {source} library
    - make -C library install
    - library/.venv/bin/grader check --format text
    - library/.venv/bin/grader build --pdf --epub
    - library/.venv/bin/grader links _build/html
    - mv _build/html public
  artifacts:
    paths: [public]
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
"""


def files(name: str, source: str, colour: tuple[str, str]) -> dict[str, str]:
    """The files of an edition that changes nothing yet, by their names. `source`: the library's address."""
    repository = "/".join(source.rstrip("/").split("/")[-2:])
    quoted = name if re.fullmatch(r"[\w ]+", name) else json.dumps(name, ensure_ascii=False)
    words = {
        "name": name,
        "quoted": quoted,
        "source": source,
        "repository": repository,
        "light": colour[0],
        "dark": colour[1],
    }
    made = {
        "program.yml": PROGRAM,
        "README.md": README,
        ".github/workflows/publish.yml": GITHUB,
        ".gitlab-ci.yml": GITLAB,
    }
    return {name: text.format(**words) for name, text in made.items()} | {".gitignore": IGNORED}
