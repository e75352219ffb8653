"""Joins benchmark rows into one Markdown table.

usage: table.py PROBE.tsv BLITZ.tsv PEERS.tsv > table.md

Rates are of the median run. `of memory` is the rate against the C probe's: reading for what reads
only, else what the note says. A peer's row says how many times faster blitz does the same.
"""

import sys

LIMITS = {
    "subtract+divide": "C read-modify-write",
    "sliding mean": "C copy, non-temporal",
    "trace": "C read of 64x64",
}


def rows(path):
    with open(path) as file:
        for line in file:
            name, size, best, median = line.rstrip("\n").split("\t")
            yield name, int(size) / 2**30, float(median)


def limit(name, probe):
    key = next((limit for start, limit in LIMITS.items() if name.startswith(start)), "C read")
    return probe[key]


def main():
    probe_path, blitz_path, peers_path = sys.argv[1:]
    probe = {name: size / seconds for name, size, seconds in rows(probe_path)}
    peers = list(rows(peers_path))
    print("| work | ms | GiB/s | of memory | blitz is faster by |")
    print("|---|---|---|---|---|")
    for name, rate in probe.items():
        print(f"| {name} | | {rate:.1f} | | |")
    for name, size, seconds in rows(blitz_path):
        rate = size / seconds
        print(f"| **{name}** | {seconds * 1e3:.3g} | {rate:.1f} | {rate / limit(name, probe):.2f} | |")
        for peer, peer_size, peer_seconds in peers:
            work, _, how = peer.partition(": ")
            if work == name:
                peer_rate = peer_size / peer_seconds
                print(f"| {how} | {peer_seconds * 1e3:.3g} | {peer_rate:.2f} | | {rate / peer_rate:.1f} |")


main()
