# make demo   set up, then server, loopback capture and client: the eight pairs
# make test   set up, then every test
#
# Both install libpcap's headers, pkg-config and (for the tests) tshark with apt where they are
# missing, through sudo where this is not root.

SWIFT ?= swift
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
	@$(SWIFT) build --quiet --product httptrace
	@"$$($(SWIFT) build --show-bin-path)/httptrace" demo --recorded $(RECORDED)

test: setup setup-test
	$(SWIFT) test

setup:
	@pkg-config --exists libpcap 2>/dev/null || { \
		$(call install,libpcap-dev pkg-config,libpcap reads packets) ; }

# The comparison with tshark is the one part of the tests that needs it.
setup-test:
	@command -v tshark >/dev/null || { \
		$(call install,tshark,one test compares with it) ; } || true

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests
