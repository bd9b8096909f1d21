#!/usr/bin/env bash
# Makes large HTTP captures from real traffic: nginx answers wrk over a veth pair between two network
# namespaces of their own, with MTU 1500 and offloads off, so that no frame is longer than 1514
# bytes; tcpdump listens in the client's. Nothing outside the namespaces is ever addressed, and each
# load is bounded in time and in bytes.
#
# Usage: make-captures.sh [-o DIRECTORY] [-s PERCENT] [small] [large] [conns] [lossy]    default: all
#   -s 5   makes captures of 5 % of the size
#
# What nginx logged goes to DIRECTORY/NAME.truth, as key=value.
#
# Needs root, python3 and the Debian packages iproute2 ethtool nginx-light wrk tcpdump.
set -euo pipefail

directory=.build/captures
percent=100
while getopts o:s:h option; do
    case $option in
        o) directory=$OPTARG ;;
        s) percent=$OPTARG ;;
        *) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0"; exit 64 ;;
    esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- small large conns lossy

[ "$(id -u)" = 0 ] || { echo "needs root: network namespaces, capture" >&2; exit 77; }
for command in ip ethtool nginx wrk tcpdump python3; do
    command -v "$command" >/dev/null || { echo "missing: $command" >&2; exit 69; }
done

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$directory"
scratch=$(mktemp -d)
chmod 755 "$scratch"
server=httptrace-s$$ client=httptrace-c$$ relay=httptrace-r$$
server_address=10.77.0.1 client_address=10.77.0.2
started=()

cleanup() {
    for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
    [ ! -f "$scratch/nginx.pid" ] || kill "$(cat "$scratch/nginx.pid")" 2>/dev/null || true
    remove_namespaces
    rm -rf "$scratch"
}

remove_namespaces() {
    for namespace in $server $client $relay; do
        ip netns del "$namespace" 2>/dev/null || true
    done
}
trap cleanup EXIT

# set_up NAMESPACE DEVICE: plain Ethernet, real checksums, nothing but what the load sends
set_up() {
    ip netns exec "$1" sysctl -qw "net.ipv6.conf.$2.disable_ipv6=1" || true
    ip netns exec "$1" ethtool -K "$2" tso off gso off gro off sg off tx off rx off \
        >/dev/null 2>&1
    ip netns exec "$1" ip link set "$2" mtu 1500 up
    ip netns exec "$1" ip link set lo up
}

give_addresses() {
    ip netns exec "$server" ip addr add $server_address/24 dev v0
    ip netns exec "$client" ip addr add $client_address/24 dev v1
    set_up "$server" v0
    set_up "$client" v1
    ip netns exec "$client" sysctl -qw net.ipv4.ip_local_port_range="1024 65000"
    sleep 1
}

connect_directly() {
    ip netns add "$server"
    ip netns add "$client"
    ip link add v0 netns "$server" type veth peer name v1 netns "$client"
    give_addresses
}

# Between the two stands a relay that loses, repeats and reorders frames.
connect_badly() {
    ip netns add "$server"
    ip netns add "$client"
    ip netns add "$relay"
    ip link add v0 netns "$server" type veth peer name m0 netns "$relay"
    ip link add m1 netns "$relay" type veth peer name v1 netns "$client"
    set_up "$relay" m0
    set_up "$relay" m1
    ip netns exec "$relay" python3 "$here/relay.py" m0 m1 0.012 400 "$scratch/relay" &
    started+=($!)
    sleep 1
    give_addresses
}

make_site() {
    mkdir -p "$scratch/www"
    python3 - "$scratch/www" <<'PYTHON'
import random, sys
source = random.Random(7)
words = "lorem ipsum packet stream header octet frame reply chunk ACK 0.125 \n".split(" ")
for size in (1_000, 8_000, 40_000, 100_000, 250_000, 500_000, 1_000_000):
    text = ""
    while len(text) < size:
        text += " ".join(source.choices(words, k=400)) + " "
    with open(f"{sys.argv[1]}/f{size}.txt", "w") as file:
        file.write(text[:size])
PYTHON
    body() { head -c "$1" /dev/zero | tr '\0' x; }
    cat > "$scratch/nginx.conf" <<CONFIGURATION
pid $scratch/nginx.pid; error_log $scratch/error.log; worker_processes 1; daemon on; user root;
events { worker_connections 8192; }
http {
    log_format truth '\$connection \$request_method \$status \$body_bytes_sent';
    access_log $scratch/access.log truth buffer=1m;
    sendfile on; tcp_nodelay on; keepalive_requests 1000; server_tokens off;
    server {
        listen $server_address:8080 backlog=4096 reuseport;
        root $scratch/www; default_type text/plain;
        location = /s20 { return 200 "$(body 20)"; }
        location = /s90 { return 200 "$(body 90)"; }
        location = /s180 { return 200 "{\"v\":\"$(body 170)\"}"; }
        location = /s260 { return 200 "$(body 260)"; }
        location = /items { return 204; }
        location = /gone { return 404 "no such item\n"; }
    }
}
CONFIGURATION
}

agent='User-Agent: Mozilla/5.0 (X11; Linux x86_64) bench/1.0'
accept='Accept: text/html,application/json;q=0.9,*/*;q=0.8'
language='Accept-Language: en'

# capture NAME MEGABYTES SECONDS WRK-ARGUMENTS: runs the load again and again, for so many seconds
# each time (fewer at a small scale), until the capture is large enough
capture() {
    local name=$1 megabytes=$(($2 * percent / 100)) seconds=$(($3 * percent / 100))
    shift 3
    [ "$seconds" -ge 1 ] || seconds=1
    : > "$scratch/access.log"
    ip netns exec "$server" nginx -c "$scratch/nginx.conf" -p "$scratch"
    sleep 0.3
    ip netns exec "$client" tcpdump -i v1 -n -s 0 -B 524288 -Z root \
        -w "$directory/$name.pcap" tcp 2> "$scratch/tcpdump" &
    local tcpdump=$!
    started+=($tcpdump)
    for _ in $(seq 50); do
        grep -q listening "$scratch/tcpdump" && break
        sleep 0.1
    done
    for _ in $(seq 60); do
        ip netns exec "$client" wrk -t1 -d"${seconds}s" --timeout 30s \
            -H "$agent" -H "$accept" -H "$language" "$@" > "$scratch/wrk" 2>&1 \
            || { cat "$scratch/wrk" >&2; exit 1; }
        [ "$(stat -c %s "$directory/$name.pcap")" -lt $((megabytes * 1000000)) ] || break
    done
    sleep 2
    kill -INT $tcpdump
    wait $tcpdump || true
    kill -QUIT "$(cat "$scratch/nginx.pid")"
    for _ in $(seq 50); do
        [ -e "$scratch/nginx.pid" ] || break
        sleep 0.1
    done
    write_truth > "$directory/$name.truth"
    printf '== %s\n' "$name"
    cat "$directory/$name.truth"
}

write_truth() {
    awk '{ requests++; seen[$1] = 1; methods[$2]++; statuses[$3]++; bytes += $4 }
        END {
            print "requests=" requests
            print "connections=" length(seen)
            print "body_bytes=" bytes
            for (method in methods) print "method_" method "=" methods[method]
            for (status in statuses) print "status_" status "=" statuses[status]
        }' "$scratch/access.log"
    awk '/captured/ { print "packets=" $1 } /dropped by kernel/ { print "dropped=" $1 }' \
        "$scratch/tcpdump"
    [ ! -f "$scratch/relay" ] || { sleep 2; cat "$scratch/relay"; }
}

make_site
url=http://$server_address:8080/
for name; do
    case $name in
        small)
            connect_directly
            capture small 1000 5 -c 64 -s "$here/loads/small.lua" $url
            ;;
        large)
            connect_directly
            capture large 1500 1 -c 16 -s "$here/loads/large.lua" $url
            ;;
        conns)
            connect_directly
            capture conns 500 5 -c 64 -H 'Connection: close' -s "$here/loads/small.lua" $url
            ;;
        lossy)
            connect_badly
            capture lossy 300 1 -c 64 -s "$here/loads/lossy.lua" $url
            ;;
        *)
            echo "unknown capture: $name" >&2
            exit 64
            ;;
    esac
    remove_namespaces
done
