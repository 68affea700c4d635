#!/usr/bin/env python3
"""Runs two programs over the same texts and compares every table: what makes a reader faster must not change a byte.

    benches/identity.py BEFORE AFTER [TEXTS ...] [--seed 1] [--made 4000]

BEFORE and AFTER are two builds of shuliang. The texts are the fixture articles and pages, the texts of fixtures/cases, every cell of
the dictionaries, and texts that are made of words of the dictionaries, figures and marks in random order (the same ones for the same
seed): many more collisions than any article has. TEXTS are further files or folders: .jsonl with `text` or `input`, .json with
`text`, or articles. It prints a line a table (rows, SHA-256) and the first lines that differ, and ends with 1 where one does.

Needs Python 3.9.
"""

import argparse
import hashlib
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLES = "facts,quantities,entities,times,articles,checks,numerals,tokens,sentences"


def records(path):
    """The texts of a file that is no article, with title and day where it has them."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.suffix == ".jsonl" else [path.read_text(encoding="utf-8")]
    for line in lines:
        record = json.loads(line)
        text = record.get("text") or record.get("input") or ""
        if isinstance(text, str) and text.strip():
            yield {"text": text, "title": record.get("title") or "", "published": (record.get("published") or "")[:10]}


def files(path):
    return sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]


def cells():
    for file in sorted((ROOT / "dict").rglob("*.tsv")):
        rows = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        for row in rows[1:]:
            yield from (part for cell in row.split("\t") for part in cell.split("|") if part)


def made(words, seed, count):
    """Texts of dictionary words, figures and marks in random order."""
    chance = random.Random(seed)
    marks = list("，。、；：（）“”《》\n 的和至在为") + ["其中", "同比", "增长", "约", "超过", "等", "项目", "公司"]
    figures = ["3", "12", "2019年", "3月", "1.2万", "三", "十二", "百分之五", "8%", "5日", "0.5亿元", "第2", "近三年", "X20", "号"]
    for _ in range(count):
        pieces = [chance.choice(words if chance.random() < 0.6 else marks if chance.random() < 0.5 else figures) for _ in range(chance.randint(2, 60))]
        yield "".join(pieces)


def inputs(folder, arguments):
    """The folder with everything that is read."""
    words = sorted(set(cells()))
    texts = [{"text": line.split(" => ")[0]} for file in files(ROOT / "fixtures/cases") for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts += [{"text": cell} for cell in words]
    texts += [{"text": text, "title": text[:12], "published": "2019-12-20"} for text in made(words, arguments.seed, arguments.made)]
    paths = [ROOT / "fixtures/articles", ROOT / "fixtures/pages"]
    for path in arguments.texts:
        for file in files(Path(path)):
            if file.suffix in (".json", ".jsonl"):
                texts += records(file)
            else:
                paths.append(file)
    many = Path(folder) / "texts.jsonl"
    with many.open("w", encoding="utf-8") as out:
        for number, record in enumerate(texts):
            record = {key: value for key, value in record.items() if value}
            out.write(json.dumps({"id": f"t{number}", **record}, ensure_ascii=False) + "\n")
    return [*paths, many]


def run(program, paths, out):
    command = [program, "extract", *map(str, paths), "--tables", TABLES, "--out", str(out), "--jobs", "2"]
    ended = subprocess.run(command, capture_output=True, text=True)
    if ended.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}\nended with {ended.returncode}\n{ended.stderr[-2000:]}")
    return ended.returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before")
    parser.add_argument("after")
    parser.add_argument("texts", nargs="*")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--made", type=int, default=4000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = inputs(folder, arguments)
        outs = [Path(folder) / name for name in ("before", "after")]
        codes = [run(program, paths, out) for program, out in zip((arguments.before, arguments.after), outs)]
        tables = [{file.name: file.read_bytes() for file in sorted(out.glob("*.csv"))} for out in outs]
    differ = codes[0] != codes[1]
    for name in sorted(tables[0].keys() | tables[1].keys()):
        before, after = (table.get(name) for table in tables)
        same = before == after
        rows = before.count(b"\n") if before is not None else 0
        print(f"{name:<18}{rows:>10} lines  {hashlib.sha256(before or b'').hexdigest()[:16]}  {'same' if same else 'DIFFERS'}", flush=True)
        if same:
            continue
        differ = True
        lines = [(table or b"").decode("utf-8", "replace").splitlines() for table in (before, after)]
        gone = set(lines[0]) - set(lines[1])
        come = set(lines[1]) - set(lines[0])
        for sign, some, order in (("-", gone, lines[0]), ("+", come, lines[1])):
            for line in [line for line in order if line in some][:12]:
                print(f"  {sign} {line[:300]}")
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
