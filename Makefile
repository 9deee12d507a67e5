# Everything a developer runs. `make demo` and `make test` need only python3 (3.11 or later) and make.
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
PIP    := $(PY) -m pip --disable-pip-version-check --quiet install --require-hashes

# The stamps: what the environment holds is as new as its lock file.
RUN    := $(VENV)/.run
DEV    := $(VENV)/.dev
SPARK  := $(VENV)/.spark

# The major version of the Java that Spark would start; empty where there is none.
JAVA   := $(if $(JAVA_HOME),"$(JAVA_HOME)/bin/java",java)
JAVA_MAJOR = $(shell $(JAVA) -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)

.PHONY: help demo test test-spark test-spark-long test-long bench figures setup format golden lock wheel clean

help:
	@echo "make demo        set everything up and run the bundled example"
	@echo "make test        formatting, lint, types, import contracts, tests"
	@echo "make test-spark  the same results on Spark (where Java 17 or later is)"
	@echo "make test-long   the tests that take minutes"
	@echo "make test-spark-long  10,000 generated expressions and each bundled policy on Spark: an hour"
	@echo "make bench       how long \`specie check\` takes, on one file and on 400, runs over millions of attainments"
	@echo "make figures     how much of the bundled policies their cases see, and which changes they miss (minutes)"
	@echo "make setup       only the environment of \`make test\`"
	@echo "make format      format the code"
	@echo "make golden      write the expected outputs in tests/golden anew"
	@echo "make lock        write requirements/*.txt anew from pyproject.toml and requirements/*.in"
	@echo "make wheel       build the package into dist/"
	@echo "make clean       remove what the others made"

demo: $(RUN)
	$(PY) cli.py demo

test: $(DEV)
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-logo
	$(PY) -m pytest -q -n auto --dist worksteal

test-spark: SPARK_TESTS = spark and not long
test-spark-long: SPARK_TESTS = spark and long

# One shell line decides, so that a machine without Java installs nothing.
test-spark test-spark-long:
	@if [ "$(or $(JAVA_MAJOR),0)" -ge 17 ]; then \
	  $(MAKE) --no-print-directory $(SPARK) && $(PY) -m pytest -q -m "$(SPARK_TESTS)"; \
	else \
	  echo "make $@: there is no Java 17 or later here, so nothing was run on Spark"; \
	fi

test-long: $(DEV)
	$(PY) -m pytest -q -m "long and not spark"

bench: $(RUN)
	$(PY) -m benchmarks.run_time
	$(PY) -m benchmarks.change_time
	$(PY) -m benchmarks.scenario_time
	$(PY) -m benchmarks.check_time
	$(PY) -m benchmarks.many_time

figures: $(DEV)
	-$(PY) -m pytest -q -m long tests/policies/test_figures.py --update-golden
	$(PY) -m pytest -q tests/policies/test_figures.py

setup: $(DEV)

format: $(DEV)
	$(PY) -m ruff check --select I --fix
	$(PY) -m ruff format

golden: $(DEV)
	$(PY) -m pytest -q --update-golden

# What a lock file says must not depend on the machine: no index, no paths.
COMPILE = CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/bin/pip-compile --quiet --upgrade --generate-hashes \
  --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

lock: $(DEV)
	$(COMPILE) --output-file requirements/run.txt pyproject.toml
	$(COMPILE) --output-file requirements/prove.txt requirements/prove.in
	$(COMPILE) --output-file requirements/dev.txt requirements/dev.in
	$(COMPILE) --output-file requirements/spark.txt requirements/spark.in

wheel: $(DEV)
	$(PY) -m build --wheel

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "specie needs Python 3.11 or later; try: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "python3 cannot make an environment here; on Debian or Ubuntu: apt install python3-venv"; rm -rf $(VENV); exit 1; }

$(RUN): requirements/run.txt | $(PY)
	$(PIP) -r requirements/run.txt
	@touch $@

# The tools' lock holds what the program needs too.
$(DEV): requirements/dev.txt | $(PY)
	$(PIP) -r requirements/dev.txt
	@touch $(RUN) $@

$(SPARK): requirements/spark.txt | $(PY)
	$(PIP) -r requirements/spark.txt
	@touch $(RUN) $(DEV) $@
