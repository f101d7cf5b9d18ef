# Each target is a line or two over stock commands. SERVE=0 makes `make demo` end instead of serving.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SERVE ?= 1
# nbgrader starts alembic by its bare name.
export PATH := $(CURDIR)/$(BIN):$(PATH)
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check book lite lab bench install clean

demo: $(STAMP)
	$(BIN)/grader demo .demo $(if $(filter 0,$(SERVE)),--no-serve)

test: $(STAMP)
	$(BIN)/pytest

check: $(STAMP)
	$(BIN)/grader check
	$(BIN)/grader make --check

# All pages: after a chapter is added, a page that was not built anew would keep the old list at its side.
book: $(STAMP)
	$(BIN)/jupyter-book build book -W -n --keep-going --all

lite: $(STAMP)
	$(BIN)/grader lite _build/html/desk

lab: $(STAMP)
	@test -f .demo/course/gradebook.db || { echo "Run this first: make demo SERVE=0"; exit 1; }
	cd .demo/course && $(CURDIR)/$(BIN)/jupyter lab

bench: $(STAMP)
	$(BIN)/python bench/grading.py
	$(BIN)/python bench/check_speed.py
	$(BIN)/python bench/forms.py

install: $(STAMP)

# Everything at its tested version, by hash; then the project itself, so that edits show at once.
$(STAMP): pyproject.toml constraints.txt
	@echo "Installing into $(VENV) (about two minutes the first time)"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	rm -rf $(VENV)/share/jupyter/labextensions/candor
	mkdir -p $(VENV)/share/jupyter/labextensions
	ln -s $(CURDIR)/grader/labextension $(VENV)/share/jupyter/labextensions/candor
	touch $@

clean:
	rm -rf _build .demo dist
