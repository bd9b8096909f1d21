# make demo   set up, then server, loopback capture and client: the eight pairs
# make test   set up, then every test
#
# Both install pkg-config, the headers of libpcap, zlib, libzstd, liblz4 and libbrotli, and (for the
# tests) tshark with apt where they are missing, through sudo where this is not root.

SWIFT ?= swift
comma := ,
RECORDED := captures/report/report.pcapng

# $(call install,PACKAGES,WHAT FOR): apt, as root or through sudo
define install
	if ! command -v apt-get >/dev/null; then \
		echo "$(2): please install $(1) with this system's package manager" >&2; exit 1; \
	elif [ "$$(id -u)" = 0 ]; then \
		echo "installing $(1) ($(2))"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(1) >/dev/null; \
	elif command -v sudo >/dev/null; then \
		echo "installing $(1) ($(2)), through sudo as this is not root"; \
		sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(1) >/dev/null; \
	else \
		echo "$(2): please have $(1) installed: this is not root, and there is no sudo" >&2; exit 1; \
	fi
endef

.PHONY: demo test setup setup-test lint

demo: setup
	@echo "building; the first time takes a few minutes" >&2
	@$(SWIFT) build --quiet --product httptrace
	@"$$($(SWIFT) build --show-bin-path)/httptrace" demo --recorded $(RECORDED)

test: setup setup-test
	$(SWIFT) test

# What pkg-config does not find is installed, all of it at once.
setup:
	@missing=; \
	command -v pkg-config >/dev/null || missing=" pkg-config"; \
	for library in libpcap:libpcap-dev zlib:zlib1g-dev libzstd:libzstd-dev liblz4:liblz4-dev \
		libbrotlidec:libbrotli-dev; do \
		pkg-config --exists "$${library%%:*}" 2>/dev/null \
			|| missing="$$missing $${library#*:}"; \
	done; \
	[ -z "$$missing" ] || { \
		$(call install,$$missing,libpcap captures$(comma) the others decompress captures and content) ; }

# The comparison with tshark is the one part of the tests that needs it.
setup-test:
	@command -v tshark >/dev/null || { \
		$(call install,tshark,one test compares with it) ; } || true

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests
