# make demo   set up, then server, loopback capture and client: the eight pairs; who may not capture
#             on this machine's loopback has one of their own
# make install PREFIX=/usr/local
#             set up, build the three programs with optimisation, and put them, their manual pages and
#             what bash, zsh and fish complete below DESTDIR and PREFIX; make uninstall takes them away
# make test   set up, then every test; an ordinary user can run them too. FILTER=TraceTests runs
#             those whose names have it
# make build  set up, then build programs and tests as make test does, to run some by hand
# make documentation
#             set up, then the documentation of the library HTTPTraceTesting
# make bench  set up, make captures of real traffic, then httptrace and its peers side by side, how
#             time and memory grow, what live captures lose, and what single steps take; needs root.
#             SCALE=10 makes captures of 10 % of the size, STEPS= leaves single steps out
# make soak MINUTES=10
#             set up, then capture live under load for so long, twice, and see whether memory stays
#             flat; a table and a graph; needs root
#
# make fuzz   fuzz every reader of foreign bytes for TIME seconds each (TARGETS="pipeline frames" some
#            of them), beginning with the captures and transcripts at hand
# make mutants   COUNT damaged forms of every capture of ../shared/corpus through `httptrace read`,
#                built with the address sanitizer
# make coverage  run the tests, then print how many lines of each module they reach
#
# All install pkg-config, the headers of libpcap, zlib, libzstd, liblz4 and libbrotli, and (for the
# tests) tshark, nginx, curl and jq with apt where they are missing, through sudo where this is not root.

SWIFT ?= swift
comma := ,
RECORDED := captures/report/report.pcapng
SCALE ?= 100
RUNS ?= 5
STEPS ?= yes
# Seconds of load while a live capture runs.
LIVE ?= 5
# Minutes of load for each of the two captures of the soak test.
MINUTES ?= 10
# Seconds for each target of the fuzzer, and the targets; all where none is named.
TIME ?= 60
TARGETS ?=
# Which tests; all where none is named.
FILTER ?=
# Damaged forms of each capture.
COUNT ?= 200
# What is built without optimisation has no debug information, which takes a third of the time of a
# build and only debuggers read: `swift build` makes it with that. An index, which editors read, is
# needed by tests alone; once there is one, it is kept, or all would be built again.
LEAN := -debug-info-format none
UNINDEXED = $(if $(wildcard .build/debug/index/store),,--disable-index-store)
# Where programs are installed, what goes in front of it in a package's build, and how they are
# built: with the Swift library in them, so that they need no toolchain.
PREFIX ?= /usr/local
DESTDIR ?=
CONFIGURATION ?= release
INSTALLED := $(SWIFT) build -c $(CONFIGURATION) \
	$(if $(filter release,$(CONFIGURATION)),--static-swift-stdlib,$(LEAN))
BENCH := .build/bench-$(SCALE)
SOAK := .build/soak

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

.PHONY: help install uninstall demo build test bench soak fuzz mutants coverage documentation setup setup-test setup-checks \
	setup-bench lint

help:
	@sed -n '/^# make/,/^$$/s/^# \{0,1\}//p' $(firstword $(MAKEFILE_LIST))

demo: setup
	@echo "building; the first time takes a few minutes" >&2
	@$(SWIFT) build $(LEAN) $(UNINDEXED) --product httptrace >&2
	@tool="$$($(SWIFT) build --show-bin-path)/httptrace"; \
	echo "built $$tool, without optimisation; make install makes a fast one" >&2; \
	if [ "$$(id -u)" = 0 ] || ! "$$tool" run --quiet -- true 2>/dev/null; then \
		"$$tool" demo --recorded $(RECORDED); \
	else "$$tool" run --quiet -- "$$tool" demo; fi

install: setup
	@echo "building; the first time takes a few minutes" >&2
	@for program in httptrace httptrace-server httptrace-client; do \
		$(INSTALLED) --product $$program >&2 || exit 1; \
	done
	@Manuals/install.sh "$$($(INSTALLED) --show-bin-path)" "$(PREFIX)" "$(DESTDIR)"

uninstall:
	@Manuals/install.sh --remove "$(PREFIX)" "$(DESTDIR)"

# OPTIONS are those of `swift build`, as its checks.
build: setup
	$(SWIFT) build --build-tests $(LEAN) $(OPTIONS)

# Who may not capture has the tests run in a network of their own, where everybody may.
test: build setup-test
	@set -- $(SWIFT) test --skip-build $(if $(FILTER),--filter '$(FILTER)'); \
	if [ "$$(id -u)" = 0 ] || [ "$$(uname)" != Linux ]; then "$$@"; \
	else "$$($(SWIFT) build --show-bin-path)/httptrace" run --quiet -- "$$@"; fi

bench: setup setup-bench
	@echo "building; the first time takes a few minutes" >&2
	@$(SWIFT) build --quiet -c release --product httptrace
	@[ -e $(BENCH)/lossy.truth ] || Benchmarks/make-captures.sh -o $(BENCH) -s $(SCALE) >&2
	@tool="$$($(SWIFT) build -c release --show-bin-path)/httptrace"; \
	python3 Benchmarks/compare.py "$$tool" $(BENCH) $(RUNS) > $(BENCH)/speed.md \
		&& python3 Benchmarks/growth.py "$$tool" $(SCALE) > $(BENCH)/growth.md \
		&& python3 Benchmarks/live.py "$$tool" $(LIVE) $(RUNS) > $(BENCH)/live.md
	@[ -z "$(STEPS)" ] \
		|| $(SWIFT) package --package-path Benchmarks benchmark --no-progress --format markdown \
		2>/dev/null > $(BENCH)/steps.md
	@cd $(BENCH) && cat speed.md growth.md live.md $(if $(STEPS),steps.md)

soak: setup setup-bench
	@echo "building; the first time takes a few minutes" >&2
	@$(SWIFT) build --quiet -c release --product httptrace
	@mkdir -p $(SOAK)
	@python3 Benchmarks/soak.py "$$($(SWIFT) build -c release --show-bin-path)/httptrace" \
		$(MINUTES) $(SOAK)/soak.svg > $(SOAK)/soak.md
	@cat $(SOAK)/soak.md

documentation: setup
	@$(SWIFT) build --quiet $(LEAN)
	@.ci/check-documentation

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

# The comparison with tshark is the one part of the tests that needs it; CI's checks have nginx, curl
# and Python as peers of the client and the server, and jq to read the output.
setup-test:
	@missing=; \
	for command in tshark:tshark nginx:nginx-light curl:curl jq:jq python3:python3; do \
		command -v "$${command%%:*}" >/dev/null || missing="$$missing $${command#*:}"; \
	done; \
	[ -z "$$missing" ] || { $(call install,$$missing,tests and checks compare with them) ; } || true

# What the checks of captures need beside them, as root.
setup-checks: setup-test
	@missing=; \
	for command in ip:iproute2 setcap:libcap2-bin; do \
		command -v "$${command%%:*}" >/dev/null || missing="$$missing $${command#*:}"; \
	done; \
	[ -z "$$missing" ] || { $(call install,$$missing,to check captures with) ; }
	@python3 -c 'import h11' 2>/dev/null || python3 -m pip install --quiet h11 2>/dev/null \
		|| { $(call install,python3-h11,to compare readers with) ; }

# The captures are made with these; of the peers, those that are there are measured.
setup-bench:
	@missing=; \
	for command in ip:iproute2 ethtool:ethtool nginx:nginx-light wrk:wrk tcpdump:tcpdump; do \
		command -v "$${command%%:*}" >/dev/null || missing="$$missing $${command#*:}"; \
	done; \
	[ -z "$$missing" ] || { $(call install,$$missing,captures to measure with) ; }

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Examples \
		Benchmarks/Package.swift Benchmarks/Core Fuzz/Package.swift Fuzz/Harness

fuzz: setup
	@Fuzz/run.sh "$(TIME)" $(TARGETS)

mutants: setup
	@$(SWIFT) build -c release --product httptrace --sanitize=address \
		--scratch-path .build-address-release
	@.ci/check-mutants "$$($(SWIFT) build -c release --show-bin-path \
		--scratch-path .build-address-release)/httptrace" ../shared/corpus $(COUNT)

coverage: setup setup-test
	@$(SWIFT) test --enable-code-coverage --quiet >&2
	@Tests/coverage.py "$$($(SWIFT) test --show-codecov-path)"
