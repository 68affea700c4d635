#!/usr/bin/env python3
"""Memory, interruptions and full disks of long batches, measured on the built program.

    cargo build --release
    benches/batch.py [--bin target/release/shuliang] [--only NAME,NAME] [--articles 50000] [--kills 100]

It makes its articles out of the fixtures with other figures (the same ones each time), in a temporary folder, and prints one
line a measurement: what was measured, the figure, the limit, `ok` or `FAILED`. It ends with 1 where something failed.

    files, jsonl    peak memory for 50,000 small articles, as files and as one .jsonl         at most 150 MiB
    long            peak memory for one article of 16 MiB of ordinary text                    at most 256 MiB
    hostile         the same for texts that tempt a reader (one line, quantities only …)      at most 256 MiB
    kill            kill -9 at 100 random moments, each gone on with until it is complete     the same bytes
    disk            a disk that fills up (needs root: it mounts one of 3 MiB)                 exit 2, no half table
    growth          processor time for twice the text over that for the text, one thread, 1 to 64 MB                at most 2.2
    order           SHA-256 of every table with 1, 2 and 8 threads                            the same

Needs Python 3.9 and Linux.
"""

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MIB = 1 << 20
FAILED = []


def say(name, what, limit, good):
    print(f"{name:<22} {what:<58} {limit:<22} {'ok' if good else 'FAILED'}", flush=True)
    if not good:
        FAILED.append(name)


class Texts:
    """Articles made of the fixtures with other figures."""

    def __init__(self, seed=7):
        self.chance = random.Random(seed)
        files = sorted((ROOT / "fixtures/articles").glob("*/article.txt"))
        self.articles = [file.read_text(encoding="utf-8") for file in files]
        lines = [line for text in self.articles for line in text.splitlines()]
        self.lines = [line for line in lines if re.search(r"\d", line)]

    def other(self, text):
        return re.sub(r"[3-9]", lambda _: self.chance.choice("3456789"), text)

    def small(self):
        return self.other("\n".join(self.chance.choice(self.lines) for _ in range(3)))

    def long(self, size):
        parts, length = [], 0
        while length < size:
            text = self.other(self.chance.choice(self.articles))
            parts.append(text)
            length += len(text.encode()) + 1
        return "\n".join(parts).encode()[:size].decode("utf-8", "ignore")


def measured(arguments, **options):
    """Runs the program; gives its exit status, what the system says it has used, its seconds and what it said."""
    begin = time.monotonic()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, **options)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        return child.returncode, usage, time.monotonic() - begin, said.read().decode("utf-8", "replace")


def run(arguments, **options):
    """The same with the peak memory in MiB alone of what it has used."""
    status, usage, seconds, said = measured(arguments, **options)
    return status, usage.ru_maxrss / 1024, seconds, said


def digests(folder):
    """The SHA-256 of every table of a folder."""
    files = [path for path in sorted(Path(folder).iterdir()) if path.is_file()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def memory(name, program, inputs, work, limit, *more):
    out = work / "out"
    status, peak, seconds, said = run([program, "extract", *inputs, "--out", out, *more])
    say(name, f"{peak:.0f} MiB, {seconds:.1f} s, exit {status}", f"at most {limit} MiB", status == 0 and peak <= limit)
    if status:
        print(said, file=sys.stderr)
    shutil.rmtree(out, ignore_errors=True)


def write_files(texts, count, folder):
    for number in range(count):
        at = folder / f"{number // 1000:03}"
        at.mkdir(parents=True, exist_ok=True)
        (at / f"n{number:06}.txt").write_text(texts.small(), encoding="utf-8")


def write_jsonl(texts, count, path):
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            record = {"id": f"n{number:06}", "text": texts.small(), "published": "2022-10-26"}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def files(options, texts, work):
    write_files(texts, options.articles, work / "in")
    memory("files", options.bin, [work / "in"], work, 150)


def jsonl(options, texts, work):
    write_jsonl(texts, options.articles, work / "n.jsonl")
    memory("jsonl", options.bin, [work / "n.jsonl"], work, 150)


def long(options, texts, work):
    path = work / "long.txt"
    path.write_text(texts.long(16 * MIB - 1), encoding="utf-8")
    memory("long", options.bin, [path], work, 256)


# {i} counts up and {j} runs to and fro, so that no two pieces are alike; without them every piece is the same.
HOSTILE = {
    "one line": "新增{i}.2万亩，",
    "numbers": "{i} ",
    "digits": "9",
    "quantities": "{i}米",
    "one quantity": "3米",
    "sentences": "建成{i}项。",
    "lines": "{i}\n",
    "years and months": "{i}年{j}月",
    "times": "2019年3月5日产值{i}亿元，",
    "one time": "2019年3月5日，",
    "names": "全市江苏省泰兴市第{i}号",
    "firms": "海阔{i}科技有限公司产值{i}亿元，",
    "projects": "“{i}号项目”投资{j}亿元，",
    "quotation marks": "“产值{i}亿元",
    "brackets": "（产值{i}亿元",
    "one bracket": "（",
    "a table": "甲{i}|1|2|{j}\n",
    "percent": "同比增长{i}%，占{j}%，",
    "其中": "总投资{i}亿元，其中{j}亿元，",
    "levels": "由{i}亿元增加到{j}亿元，增长{i}%，",
    "targets": "超过目标{i}万亩，力争完成{j}万亩，",
    "sums": "总出让面积{i}亩，海阔{i}科技有限公司出让面积{j}亩。\n",
    "again": "泰兴市2019年地区生产总值{i}亿元。",
    "分别": "甲县、乙县、丙县分别为{i}亿元、{j}亿元、{i}亿元，",
}


def pieces(pattern, size):
    """`size` bytes of a pattern, as text."""
    if "{" not in pattern:
        return (pattern * (size // len(pattern.encode())))
    made, length, i = [], 0, 1000
    while length < size - 200:
        piece = pattern.format(i=i, j=i * 7 % 997 + 1)
        made.append(piece)
        length += len(piece.encode())
        i += 1
    return "".join(made)


def hostile(options, texts, work):
    path = work / "hostile.txt"
    for name, pattern in HOSTILE.items():
        path.write_text(pieces(pattern, options.hostile * MIB - 8), encoding="utf-8")
        memory(f"hostile: {name}", options.bin, [path], work, 256)


def growth(options, texts, work):
    """Articles enough for 64 MB, read in ever longer stretches; the shortest of two runs each."""
    write_jsonl(texts, 96_000, work / "all.jsonl")
    with open(work / "all.jsonl", encoding="utf-8") as file:
        lines = file.readlines()
    last = None
    for count in (1_500, 3_000, 6_000, 12_000, 24_000, 48_000, 96_000):
        path = work / "n.jsonl"
        path.write_text("".join(lines[:count]), encoding="utf-8")
        seconds = []
        for _ in range(2):
            status, usage, _, said = measured([options.bin, "extract", path, "--out", work / "out", "--jobs", "1", "--quiet"])
            assert status == 0, said
            seconds.append(usage.ru_utime)
            shutil.rmtree(work / "out", ignore_errors=True)
        if last:
            ratio = min(seconds) / last
            say(f"growth: {path.stat().st_size / MIB:.1f} MiB", f"{min(seconds):.2f} s, {ratio:.2f} times", "at most 2.2 times", ratio <= 2.2)
        last = min(seconds)


def kill(options, texts, work):
    write_files(texts, 400, work / "in/files")
    write_jsonl(texts, 5600, work / "in/n.jsonl")
    base = [options.bin, "extract", work / "in", "--quiet", "--format", "csv,jsonl", "--out"]
    status, _, seconds, said = run([*base, work / "whole"])
    assert status == 0, said
    whole = digests(work / "whole")
    chance = random.Random(11)
    kills = bad = rounds = 0
    while kills < options.kills:
        out = work / "out"
        rounds += 1
        old = rounds % 2 == 0
        if old:
            # every second round begins over the tables of an earlier run
            out.mkdir()
            for name in whole:
                (out / name).write_bytes(b"old")
        before = digests(out) if old else {}
        resumed = []
        while True:
            child = subprocess.Popen([*base, out, *resumed], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                child.wait(timeout=chance.uniform(0, seconds * 0.7))
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.wait()
                kills += 1
            resumed = ["--resume"]
            now = digests(out) if out.exists() else {}
            for name in set(now) | set(before):
                if now.get(name) not in (before.get(name), whole.get(name)):
                    print(f"round {rounds}: {name} is neither old nor complete", file=sys.stderr)
                    bad += 1
            if child.returncode == 0:
                break
            if child.returncode != -signal.SIGKILL:
                print(f"round {rounds}: exit {child.returncode}", file=sys.stderr)
                bad += 1
                break
        if digests(out) != whole or (out / ".shuliang").exists():
            print(f"round {rounds}: other bytes than without interruption", file=sys.stderr)
            bad += 1
        shutil.rmtree(out)
    say("kill", f"{kills} kills in {rounds} runs, {bad} wrong", "0 wrong", bad == 0)


def disk(options, texts, work):
    if os.geteuid() != 0:
        print("disk: left out, it needs root to mount a disk")
        return
    write_jsonl(texts, 4000, work / "n.jsonl")
    small = work / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", small], stderr=subprocess.PIPE, text=True)
    if mounted.returncode:
        print(f"disk: left out, no disk can be mounted here: {mounted.stderr.strip()}")
        return
    try:
        out = small / "out"
        out.mkdir()
        (out / "facts.csv").write_bytes(b"old")
        base = [options.bin, "extract", work / "n.jsonl", "--quiet", "--out"]
        status, _, _, said = run([*base, out])
        left = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
        good = status == 2 and "No space left on device" in said and left == {"facts.csv": b"old"}
        say("disk: full", f"exit {status}: {said.splitlines()[0][-40:] if said else ''}", "exit 2, old table", good)
        # more room, and the run goes on
        subprocess.run(["mount", "-o", "remount,size=200m", small], check=True)
        status, _, _, said = run([*base, out, "--resume"])
        run([*base, work / "whole"])
        same = digests(out) == digests(work / "whole")
        say("disk: gone on with", f"exit {status}, {'the same' if same else 'other'} bytes", "exit 0, the same", status == 0 and same)
    finally:
        subprocess.run(["umount", small], check=True)


def order(options, texts, work):
    write_files(texts, 300, work / "in")
    found = []
    for jobs in "1", "2", "8":
        status, _, _, said = run([options.bin, "extract", work / "in", "--jobs", jobs, "--out", work / jobs, "--quiet"])
        assert status == 0, said
        found.append(digests(work / jobs))
    say("order", f"{len(found[0])} files with 1, 2 and 8 threads", "the same SHA-256", found[0] == found[1] == found[2])


ALL = {"files": files, "jsonl": jsonl, "long": long, "hostile": hostile, "growth": growth, "kill": kill, "disk": disk, "order": order}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=Path, default=ROOT / "target/release/shuliang")
    parser.add_argument("--only", default=",".join(ALL))
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--hostile", type=int, default=16, metavar="MIB", help="how long the hostile texts are")
    options = parser.parse_args()
    options.bin = options.bin.resolve()
    for name in options.only.split(","):
        with tempfile.TemporaryDirectory(prefix="shuliang-batch-") as work:
            ALL[name](options, Texts(), Path(work))
    sys.exit(1 if FAILED else 0)


if __name__ == "__main__":
    main()
