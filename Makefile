# Two commands matter: `make run` and `make test`. Everything they need they install themselves, into this folder.
PYTHON ?= python3
PORT ?= 8000
PLANS ?=
UV := .tools/bin/uv
BIN := .venv/bin
export UV_PYTHON_PREFERENCE = only-system
export UV_LINK_MODE = copy
export PYTHONUTF8 = 1
# compiled modules are kept: without them every start of a process compiles for five seconds
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-sqlite test-postgres check format lock translate bench pictures needs clean

## run: build what is missing, make the demonstration once, serve it on http://127.0.0.1:8000 (PORT=...)
run: .venv/.built
	@LUC_HOME="$${LUC_HOME:-$(CURDIR)/var/$(if $(PLANS),plans,demonstration)}" LUC_DEMONSTRATION=1 \
	  $(BIN)/luc serve --port $(PORT) $(if $(PLANS),--plans "$(PLANS)",--demonstration)

## test: everything, on SQLite and (what touches a database) on a real PostgreSQL, in a real Chromium
# three workers on two cores: a third of the time of most tests is waiting, for a disk, a browser, a server
test: test-sqlite test-postgres

test-sqlite: .venv/.tested .tools/moto/.built needs
	@echo "== tests on SQLite"
	@$(BIN)/pytest -n 3 --dist worksteal -q

# what asks nothing of the database, or only what another test here asks too, runs once: the demonstration, rights (that
# every page's SQL is understood, its opening and its empty forms show); of the journeys two run on both
RIGHTS := nothing_of_another_tenant_exists a_role_there_opens_nothing_here each_role_sees_what_the_table_says
NO_DATABASE := vanban site/test_look.py site/test_browser.py site/test_english.py site/test_every_page.py \
  site/test_serve.py portal/test_harvesting.py \
  $(patsubst tests/%,%,$(filter-out %/test_clerk.py %/test_merged.py,$(wildcard tests/journeys/test_*.py)))
test-postgres: .venv/.tested .tools/moto/.built needs
	@echo "== tests on PostgreSQL"
	@$(BIN)/python -m tests.postgres -n 3 --dist worksteal -q $(addprefix --ignore=tests/,$(NO_DATABASE)) \
	  $(addprefix --deselect=tests/test_walk.py::test_,$(RIGHTS))

## check: style, types, floors, migrations, catalogue, known weaknesses of dependencies
check: .venv/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	LUC_HOME=$$(mktemp -d) $(BIN)/luc makemigrations --check --dry-run
	$(BIN)/pip-audit --require-hashes --disable-pip --progress-spinner off -r requirements/runtime.txt

format: .venv/.tested
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

## lock: choose versions anew
lock: $(UV)
	$(UV) pip compile -q --python-version 3.11 --generate-hashes requirements/dev.in -o requirements/dev.txt
	$(UV) pip compile -q --python-version 3.11 --generate-hashes requirements/runtime.in -c requirements/dev.txt -o requirements/runtime.txt
	$(UV) pip compile -q --python-version 3.11 --generate-hashes requirements/s3.in -o requirements/s3.txt
	$(UV) pip compile -q --python-version 3.11 --generate-hashes requirements/moto.in -o requirements/moto.txt

## translate: collect the strings of pages into the English catalogue, say which have no English yet, compile it
translate: .venv/.tested
	$(BIN)/python -m luc.site.catalogue
	$(BIN)/pybabel -q compile -d luc/site/locale -D django

## bench: the officer's evening, collecting, reading, a long paper, search, a file of 10,000 rows, the registry's pages; some minutes (the deadline evening is asked by hand: docs/developers/bench.md)
bench: .venv/.tested
	$(BIN)/python -m bench.pages
	$(BIN)/python -m bench.officer
	$(BIN)/python -m bench.collecting
	$(BIN)/python -m bench.ministry
	$(BIN)/python -m bench.public
	$(BIN)/python bench/reading.py
	$(BIN)/python -m bench.paper
	$(BIN)/python -m bench.search
	$(BIN)/python -m bench.importing
	$(BIN)/python -m bench.registry

## pictures: put those that the journeys took last into the guides (docs/pictures)
pictures: .venv/.tested
	$(BIN)/python -m tests.journeys.guides

# uv makes the environment in seconds; it comes by pip, or by venv where pip is missing
$(UV):
	@echo "[1/4] công cụ cài đặt"
	@mkdir -p .tools
	@$(PYTHON) -m pip install -q --disable-pip-version-check --target .tools uv==0.13.8 2>/dev/null \
	  || { $(PYTHON) -m venv .tools/venv >/dev/null 2>&1 && .tools/venv/bin/pip install -q uv==0.13.8 \
	       && mkdir -p .tools/bin && ln -sf ../venv/bin/uv $(UV); } \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -q && apt-get install -qy python3-venv \
	       && rm -rf .tools/venv && $(PYTHON) -m venv .tools/venv && .tools/venv/bin/pip install -q uv==0.13.8 \
	       && mkdir -p .tools/bin && ln -sf ../venv/bin/uv $(UV); } \
	  || { echo "Cần gói python3-venv hoặc python3-pip: apt-get install python3-venv"; exit 1; }

.venv/.runtime: requirements/runtime.txt $(UV)
	@echo "[2/4] môi trường Python và thư viện (khóa bằng mã băm)"
	@[ -x $(BIN)/python ] || $(UV) venv -q --python $(PYTHON) .venv
	@$(UV) pip install -q --python .venv --require-hashes -r requirements/runtime.txt
	@touch $@

.venv/.built: .venv/.runtime pyproject.toml $(wildcard assets.toml luc/site/locale/*/LC_MESSAGES/django.po)
	@echo "[3/4] bản thân Lục"
	@$(UV) pip install -q --python .venv --no-deps --no-build-isolation -e .
	@if [ -d luc/site/locale ]; then $(BIN)/pybabel -q compile -d luc/site/locale -D django; fi
	@echo "[4/4] phông chữ (không bắt buộc)"
	@$(BIN)/python -m luc.site.assets
	@touch $@

.venv/.tested: requirements/dev.txt .venv/.built
	@echo "[+] công cụ kiểm thử"
	@$(UV) pip install -q --python .venv --require-hashes -r requirements/dev.txt
	@touch $@

.tools/moto/.built: requirements/moto.txt $(UV)
	@echo "[+] máy chủ S3 của kiểm thử"
	@[ -x .tools/moto/bin/python ] || $(UV) venv -q --python $(PYTHON) .tools/moto
	@$(UV) pip install -q --python .tools/moto --require-hashes -r requirements/moto.txt
	@touch $@

# what tests drive from outside Python: a browser and its fonts, a tracer that counts disk syncs, an office and an OCR
TOOLS := chromium strace soffice tesseract
DEBIAN := chromium libatomic1 fonts-liberation2 strace libreoffice-writer-nogui tesseract-ocr tesseract-ocr-vie
needs:
	@for tool in $(TOOLS); do command -v $$tool >/dev/null || missing="$$missing $$tool"; done; \
	if [ -n "$$missing" ]; then \
	  echo "[+] cài bằng apt:$$missing"; \
	  [ "$$(id -u)" = 0 ] || { echo "Cần: apt-get install $(DEBIAN)"; exit 1; }; \
	  apt-get update -q >/dev/null; \
	  DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $(DEBIAN) >/dev/null; \
	fi

clean:
	rm -rf .venv .tools build var
