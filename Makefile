# What people do with sanxian. `make` alone lists it.
CARGO ?= cargo

.DEFAULT_GOAL := help
.PHONY: help setup build demo test lint bench docs dist clean

help: ## List what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-8s %s\n", $$1, $$2 }'

setup: ## Install what is missing (GDAL, PROJ)
	@scripts/setup.sh

build: setup ## Build the program: target/release/sanxian
	@$(CARGO) build --release --quiet --package sanxian_cli

demo: setup ## Build, and check the sample county
	@echo "building (the first time takes some minutes) ..."
	@$(CARGO) build --release --quiet --package sanxian_cli
	@mkdir -p out
	@target/release/sanxian demo --output-dir out

test: setup ## Run every test
	@$(CARGO) test --workspace --quiet
	@$(CARGO) test --package sanxian --no-default-features --quiet

lint: setup ## Formatting, clippy, and whether generated pages are fresh
	@$(CARGO) fmt --all --check
	@$(CARGO) clippy --workspace --all-targets --quiet -- -D warnings
	@$(CARGO) xtask generate --check
	@$(CARGO) xtask tidy

bench: setup ## Run the benches
	@$(CARGO) bench --package sanxian_benches

docs: setup ## Generate the pages under docs/
	@$(CARGO) xtask generate

dist: ## One program for Linux with GDAL and PROJ inside: dist/*.tar.gz
	@CARGO=$(CARGO) scripts/dist.sh

clean: ## Remove what was built
	@$(CARGO) clean
	@rm -rf out dist
