#!/usr/bin/env python3
"""Compare the figures of the scorers with the floors that they must not fall below.

usage: check_floors.py [--raise] FLOORS SECTION=FIGURES.json ...

FLOORS is a JSON file: {"gold": {"quantity span": 0.92, ...}, "peers": {"date": 0.95, ...}}. FIGURES is what a scorer
wrote with --json: a name with its share, or with [precision, recall, F1], of which F1 is compared.
Prints each figure with its floor. Exit status 1 where a figure is below its floor or was not measured.
--raise writes each floor that can be raised back to FLOORS, just under its figure; it lowers none.
"""
import json
import sys
from pathlib import Path

UNDER = 0.005  # how far under its figure a raised floor stands
WORTH = 0.01  # from what distance on a floor is worth raising


def figure(entry):
    return entry[2] if isinstance(entry, list) else entry


def raised(value):
    """Just under the figure, in whole thousandths, rounded down."""
    return max(0.0, int((value - UNDER) * 1000 + 1e-6) / 1000)


def main():
    arguments = sys.argv[1:]
    write = "--raise" in arguments
    arguments = [argument for argument in arguments if argument != "--raise"]
    if len(arguments) < 2 or not all("=" in argument for argument in arguments[1:]):
        sys.exit(__doc__)
    path = Path(arguments[0])
    floors = json.loads(path.read_text(encoding="utf-8"))
    below, above, missing = [], [], []
    print(f"{'':42}{'figure':>8}{'floor':>8}")
    for argument in arguments[1:]:
        section, file = argument.split("=", 1)
        figures = {name: entry for name, entry in json.loads(Path(file).read_text(encoding="utf-8")).items() if isinstance(entry, (list, float, int))}
        known = floors.setdefault(section, {})
        for name in [*figures, *(name for name in known if name not in figures)]:
            label, floor = f"{section}: {name}", known.get(name)
            if name not in figures:
                missing.append(label)
                print(f"{label:42}{'-':>8}{floor:8.3f}  not measured")
                continue
            value = figure(figures[name])
            if floor is None:
                print(f"{label:42}{value:8.3f}{'-':>8}  no floor")
                if write:
                    known[name] = raised(value)
                continue
            note = ""
            if value < floor:
                below.append(label)
                note = "  BELOW"
            elif value - floor >= WORTH:
                above.append(label)
                note = f"  may be raised to {raised(value):.3f}"
            print(f"{label:42}{value:8.3f}{floor:8.3f}{note}")
            if write:
                known[name] = max(floor, raised(value))
    if write:
        path.write_text(json.dumps(floors, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        print(f"raised: {path}")
    elif above:
        print(f"{len(above)} floors may be raised: .ci/run --raise")
    if below or missing:
        sys.exit(f"below the floor: {', '.join(below) or 'none'}; not measured: {', '.join(missing) or 'none'}")
    print("no figure is below its floor")


if __name__ == "__main__":
    main()
