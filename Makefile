# Every target calls a script that a person can run without make.
PREFIX ?= /usr/local

SECONDS ?= 60

.PHONY: run test lint bench bench-peers install fuzz conformance reliability test-asan test-tsan test-ubsan

run: ; scripts/run $(FILE)
test: ; scripts/test
test-asan: ; scripts/test-sanitized address
test-tsan: ; scripts/test-sanitized thread
test-ubsan: ; scripts/test-sanitized undefined
fuzz: ; scripts/fuzz $(SECONDS)
conformance: ; scripts/conformance
reliability: ; scripts/reliability
lint: ; swift format lint --strict --recursive Package.swift Sources Tests Fuzz
install: ; scripts/install "$(DESTDIR)$(PREFIX)"
bench: ; scripts/bench
bench-peers: ; scripts/bench-peers
