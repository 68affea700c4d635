#!/usr/bin/env python3
"""Counts instructions per byte of text for every stage, on the fixture articles, and holds them against a recorded budget.

    .ci/instructions.py [--record] BUDGET.json PROGRAM

The count does not depend on how busy the machine is, so it can be a gate where times cannot. A stage may take a fifth more than
its budget. `--record` writes what was counted as the new budget: look at the difference before you commit it. `start` is what
the dictionary costs before the first article, in millions of instructions. Needs valgrind.
"""

import glob
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ALLOWED = 1.20
STAGES = {
    "source": "source::article",
    "lines": "segment::lines::lines",
    "sentences": "segment::sentences",
    "numerals": "tag::numerals::numerals",
    "times": "tag::times::times",
    "quantities": "tag::quantities::quantities",
    "tables": "tag::tables::tables",
    "mentions": "tag::mentions::mentions",
    "clauses": "link::clauses::clauses",
    "roles": "link::roles::roles",
    "facts": "link::facts::facts",
    "checks": "check::checks",
    "emit": "emit::csv::rows",
}
START = "dict::Dict::read"


def count(program, articles, folder):
    """Instructions of every function with what it calls."""
    out = Path(folder) / "callgrind"
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", program, "extract", *articles, "--jobs", "1", "--out", f"{folder}/tables"]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{run.stderr}")
    table = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", out], capture_output=True, text=True, check=True).stdout
    counts = {}
    for line in table.splitlines():
        found = re.match(r"\s*([\d,]+) \(.*?\)\s+\S*:shuliang::(\S+)( \[|$)", line)
        if found:
            counts.setdefault(found[2], int(found[1].replace(",", "")))
    return counts


def main():
    record = "--record" in sys.argv
    arguments = [word for word in sys.argv[1:] if not word.startswith("--")]
    if len(arguments) != 2:
        sys.exit(__doc__)
    budget_file, program = Path(arguments[0]), arguments[1]
    articles = sorted(glob.glob("fixtures/articles/*/article.txt"))
    size = sum(Path(article).stat().st_size for article in articles)
    with tempfile.TemporaryDirectory() as folder:
        counts = count(program, articles, folder)
    missing = [name for name in [*STAGES.values(), START] if name not in counts]
    if missing:
        sys.exit(f"no count for {', '.join(missing)}: renamed, or inlined (mark it #[inline(never)])")
    found = {stage: round(counts[name] / size, 1) for stage, name in STAGES.items()}
    found["start"] = round(counts[START] / 1e6, 1)
    if record:
        budget_file.write_text(json.dumps(found, indent=2) + "\n")
        print(f"recorded in {budget_file}")
        return
    budget = json.loads(budget_file.read_text())
    over = []
    for stage, instructions in found.items():
        allowed = budget.get(stage, 0) * ALLOWED
        mark = "" if instructions <= allowed else "  OVER BUDGET"
        print(f"{stage:12}{instructions:10.1f}{budget.get(stage, 0):10.1f}{mark}")
        if mark:
            over.append(stage)
    if over:
        sys.exit(f"over budget: {', '.join(over)}. Find out why, or record the new counts with .ci/instructions.py --record {budget_file} {program}")


if __name__ == "__main__":
    main()
