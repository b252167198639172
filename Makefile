# A thin front to the presets in CMakePresets.json.

MAKEFLAGS += --no-print-directory

SAMPLE = sample-boms/orangecrab-r0.2.1.csv
PROFILE = cn-cii-operator
DEMO = build/demo/report.xlsx

.PHONY: all demo test setup clean help

all: ## build build/release/bomgate
	@.ci/install-packages build
	cmake --preset release
	cmake --build --preset release

demo: all ## build, then check a real BOM and write an Excel report
	@mkdir -p $(dir $(DEMO))
	@echo
	@echo '$$ bomgate check $(SAMPLE) -p $(PROFILE) -o $(DEMO)'
	@build/release/bomgate check $(SAMPLE) -p $(PROFILE) -o $(DEMO); \
	status=$$?; \
	echo; \
	case $$status in \
	0) echo 'Exit status 0: nothing in this BOM is prohibited.' ;; \
	1) echo 'Exit status 1: the BOM holds a prohibited part.' \
		'That is what stops a CI gate, and what this demo is to show.' ;; \
	*) echo "Exit status $$status: the BOM could not be checked." >&2; \
		exit $$status ;; \
	esac; \
	echo 'The report: $(CURDIR)/$(DEMO)'

test: demo ## build and run every test, with the sanitizers too
	@.ci/install-packages test
	cmake --workflow --preset debug
	cmake --workflow --preset asan

setup: ## install every package, those for fuzz, coverage and tidy too
	@.ci/install-packages build test extra

clean: ## remove everything that was built
	rm -rf build

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' \
		$(firstword $(MAKEFILE_LIST))
