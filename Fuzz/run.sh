#!/usr/bin/env bash
# Builds the fuzzer and runs its targets one after the other.
#
# run.sh SECONDS [TARGET...]    all targets where none is named
#
# With FUZZ_RUNS in the environment each target gets so many inputs instead, always the same ones.
#
# What a run has learnt stays in .build-fuzz/corpus for the next; an input that ends the program is
# left in .build-fuzz/found, and `FUZZ_TARGET=messages .build-fuzz/release/Fuzz FILE` tries it again.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=$1
shift
targets=("$@")
[ $# -gt 0 ] \
    || targets=(pipeline files frames segments messages content scripts expectations)

scratch=.build-fuzz
swift build --quiet -c release --sanitize=fuzzer --sanitize=address \
    --package-path Fuzz --scratch-path "$scratch" 2>&1 | { grep -v 'Cannot export local' || true; } >&2
seeds=$scratch/seeds
rm -rf "$seeds"
python3 Fuzz/seeds.py "$seeds" captures $(ls -d ../shared/corpus/open/captures 2>/dev/null || true)
mkdir -p "$scratch/found"

# Swift's runtime keeps what it has made until the end, which the leak detector would report.
export ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no
bound=(-max_total_time="$seconds")
[ -z "${FUZZ_RUNS:-}" ] || bound=(-runs="$FUZZ_RUNS" -seed=1)
failed=
for target in "${targets[@]}"; do
    mkdir -p "$scratch/corpus/$target"
    log=$scratch/found/$target.log
    if FUZZ_TARGET=$target "$scratch/release/Fuzz" "${bound[@]}" -timeout=20 \
        -rss_limit_mb=4096 -max_len=65536 -artifact_prefix="$scratch/found/$target-" \
        "$scratch/corpus/$target" "$seeds/$target" > "$log" 2>&1; then
        printf '%-12s %s\n' "$target" "$(grep '^Done' "$log")"
    else
        failed="$failed $target"
        printf '%-12s FAILED\n' "$target"
        grep -m 1 -A 30 -E 'Fatal error|ERROR' "$log" | grep -v '^==' || tail -5 "$log"
    fi
done
[ -z "$failed" ] || { echo "fuzz: inputs that fail are in $scratch/found:$failed" >&2; exit 1; }
