#!/usr/bin/env python3
"""Times runs over many articles with one thread and with more, in turn, and counts what is done by one thread alone.

    benches/threads.py PROGRAM ARTICLES.jsonl [ROUNDS [THREADS]]
    benches/threads.py --count PROGRAM ARTICLES.jsonl

The first prints the shortest time of the clock for 1 and for THREADS (2) threads over so many rounds (5), with the time of the processor
beside it: where that grows with the threads, they are in each other's way; where the clock does not fall, others use the machine. The second
counts instructions with valgrind, which do not depend on the load: those of the readers can be shared, those of the main thread cannot.
`cargo bench --bench pipeline 20 --write ARTICLES.jsonl` writes articles. Python 3; the second needs valgrind.
"""

import glob
import os
import re
import resource
import subprocess
import sys
import tempfile
import time


def run(program, articles, jobs):
    """Seconds of the clock and of the processor, without what an empty run costs."""
    with tempfile.TemporaryDirectory() as folder:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begin = time.monotonic()
        subprocess.run([program, "extract", articles, "--out", folder, "--quiet", "--jobs", str(jobs)], check=True)
        clock = time.monotonic() - begin
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def timed(program, articles, rounds, threads):
    best = {1: (float("inf"),) * 2, threads: (float("inf"),) * 2}
    for _ in range(rounds):
        for jobs in best:
            clock, work = run(program, articles, jobs)
            best[jobs] = (min(best[jobs][0], clock), min(best[jobs][1], work))
    for jobs, (clock, work) in best.items():
        print(f"{jobs} threads  clock {clock:7.2f} s  processor {work:7.2f} s")
    print(f"{threads} threads are {best[1][0] / best[threads][0]:.2f} times as fast")


def counted(program, articles):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "callgrind")
        command = ["valgrind", "--tool=callgrind", "--separate-threads=yes", f"--callgrind-out-file={out}", program, "extract", articles]
        subprocess.run([*command, "--out", os.path.join(folder, "tables"), "--quiet", "--jobs", "1"], check=True, capture_output=True)
        threads = {}
        for name in sorted(glob.glob(out + "-*")):
            with open(name, encoding="utf-8") as lines:
                total = re.search(r"^(?:totals|summary): (\d+)", lines.read(), re.M)
            threads[name.rsplit("-", 1)[1]] = int(total[1]) if total else 0
    main = threads.pop("01")
    shared = sum(threads.values())
    whole = main + shared
    print(f"instructions: {whole / 1e6:.0f} million, of the main thread {main / 1e6:.0f} ({100 * main / whole:.1f} %)")
    print(f"2 threads can be {whole / (main + shared / 2):.2f} times as fast, 8 threads {whole / (main + shared / 8):.2f} times")


def main():
    arguments = [word for word in sys.argv[1:] if word != "--count"]
    if "--count" in sys.argv and len(arguments) == 2:
        counted(*arguments)
    elif 2 <= len(arguments) <= 4:
        rounds, threads = [int(word) for word in arguments[2:]] + [5, 2][len(arguments) - 2 :]
        timed(*arguments[:2], rounds, threads)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
