# Every target calls a script that a person can run without make.
PREFIX ?= /usr/local

.PHONY: run test conformance reliability lint bench bench-peers install

run: ; scripts/run $(FILE)
test: ; scripts/test
conformance: ; scripts/conformance
reliability: ; scripts/reliability
lint: ; swift format lint --strict --recursive Package.swift Sources Tests
install: ; scripts/install "$(DESTDIR)$(PREFIX)"
bench: ; scripts/bench
bench-peers: ; scripts/bench-peers
