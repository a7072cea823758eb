"""Times aimline on made-up data, beside programs that one would write without it. See README.md.

    python benches/run.py                       # about 1.9 million data points: a few minutes
    python benches/run.py --students 300 -n 1   # a quick look
"""

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, HERE)
import data as made  # noqa: E402

TASKS = {  # name: (folder, how far)
    "T1": ("csv", "dataset"),
    "T2long": ("long", "dataset"),
    "T2wide": ("wide", "dataset"),
    "T3": ("xml", "dataset"),
    "T6": ("mix", "analysis"),
    "many": ("many", "dataset"),
    "columns": ("columns", "dataset"),
}


def high_water(pid):
    """Most memory that a process has held, in MiB."""
    try:
        with open(f"/proc/{pid}/status") as lines:
            return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)
    except OSError:
        return 0.0


def children(pid):
    found = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children") as text:
                found += text.read().split()
    except OSError:
        pass
    return found


def measure(command):
    """Wall and CPU seconds, children included; peak of the process, of its largest child, and of all at one time.

    Peaks are sampled: the maxrss that the system counts would hold that of this script, from before the program was loaded.
    """
    begin = time.perf_counter()
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    peak, done = {"parent": 0.0, "worker": 0.0, "together": 0.0}, threading.Event()

    def watch():
        while not done.is_set():
            parent, workers = high_water(run.pid), [high_water(child) for child in children(run.pid)]
            peak["parent"] = max(peak["parent"], parent)
            peak["worker"] = max([peak["worker"], *workers])
            peak["together"] = max(peak["together"], parent + sum(workers))
            done.wait(0.004)

    watcher = threading.Thread(target=watch)
    watcher.start()
    said = run.stdout.read()
    _, status, used = os.wait4(run.pid, 0)
    wall = time.perf_counter() - begin
    done.set()
    watcher.join()
    run.returncode = os.waitstatus_to_exitcode(status)
    return run.returncode, said, {"wall": wall, "cpu": used.ru_utime + used.ru_stime, **peak}


def totals(out):
    """Rows of data points, and the sum of their values where a reader is at hand."""
    with open(os.path.join(out, "run.json")) as text:
        run = json.load(text)
    name = "dataset/data_points.parquet"
    total = ""
    if importlib.util.find_spec("pyarrow"):
        import pyarrow.compute as compute
        import pyarrow.parquet as parquet

        total = f"{compute.sum(parquet.read_table(os.path.join(out, name), columns=['value'])['value']).as_py():.3f}"
    return run["rows"][name], total, run["totals"]


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--students", type=int, default=13_000)
    ask.add_argument("--task", nargs="+", choices=TASKS, default=list(TASKS))
    ask.add_argument("-n", type=int, default=3, help="runs of each program, in turn")
    ask.add_argument("--aimline", default=os.path.join(HERE, "../target/release/aimline"))
    ask.add_argument("--data", help="folder for the data; kept, and used again when it is there")
    ask.add_argument("--python", default=sys.executable, help="the Python that has polars and duckdb")
    args = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="aimline-bench-") as scratch:
        folder = args.data or os.path.join(scratch, "data")
        mark = os.path.join(folder, "made")
        there = all(os.path.isdir(os.path.join(folder, TASKS[task][0])) for task in args.task)
        if not there or not os.path.exists(mark) or open(mark).read() != str(args.students):
            print(f"writing the data of {args.students:,} students", file=sys.stderr)
            made.write(folder, args.students)
            with open(mark, "w") as text:
                text.write(str(args.students))
        bench(args, folder, os.path.join(scratch, "out"))


def bench(args, folder, out):
    rivals = [name for name in ("polars", "duckdb") if subprocess.run([args.python, "-c", f"import {name}"], capture_output=True).returncode == 0]
    print(f"| task | program | wall s | CPU s | peak MiB | parent | largest worker | rows | sum of values | wall to aimline |\n|{'---|' * 10}")
    for task in args.task:
        name, until = TASKS[task]
        path = os.path.join(folder, name)
        programs = {"aimline": [args.aimline, "run", path, "--out", out, "--until", until]}
        for rival in rivals:
            programs[rival] = [args.python, os.path.join(HERE, "rivals.py"), rival, task, folder, out]
        took, said = {program: [] for program in programs}, {}
        for _ in range(args.n):
            for program, command in list(programs.items()):
                shutil.rmtree(out, ignore_errors=True)
                if program != "aimline":
                    os.makedirs(out)
                status, text, figures = measure(command)
                if status == 0:
                    took[program].append(figures)
                    said[program] = totals(out)[:2] if program == "aimline" else text.split()
                else:
                    why = {3: "has no reader for this"}.get(status, f"ended with status {status}")
                    print(f"{task}: {program} {why}", file=sys.stderr)
                    del programs[program]
        for program, runs in took.items():
            if runs:
                middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
                ratios = [run["wall"] / own["wall"] for run, own in zip(runs, took["aimline"])]
                ratio = "" if program == "aimline" else f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
                rows, total = said[program]
                print(f"| {task} | {program} | {middle['wall']:.2f} | {middle['cpu']:.2f} | {middle['together']:.0f} | {middle['parent']:.0f} "
                      f"| {middle['worker'] or '-':{'.0f' if middle['worker'] else ''}} | {int(rows):,} | {total} | {ratio} |", flush=True)
        size = sum(os.path.getsize(os.path.join(path, file)) for file in os.listdir(path))
        print(f"{task}: {len(os.listdir(path)):,} files, {size / 2**20:.1f} MiB", file=sys.stderr)


if __name__ == "__main__":
    main()
