"""Sets the speed of this program beside SciPy and matplotlib, and writes Speed.md.

    python3 -m venv .build/venv && .build/venv/bin/pip install -r requirements.txt
    .build/venv/bin/python compare.py [--no-growth] [--output Speed.md]

Builds and runs `speed`, then fits the same runs and draws the same figures with SciPy and
matplotlib, all in one run on one machine. With the reference data (in ../../shared/reference or
the folder named by REFERENCE_DATA) the T5 runs are timed as well.
"""

import os

# Both programs are compared on one thread; this must be set before NumPy loads.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import argparse
import io
import json
import math
import platform
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from drawing import draw_figures
from scipy_fit import Problem

HERE = Path(__file__).resolve().parent


def processor_time(work):
    """Seconds of processor time that `work` takes, and its result."""
    before = time.process_time()
    result = work()
    return time.process_time() - before, result


def median_time(work, runs):
    """The median over `runs`."""
    return statistics.median(processor_time(work)[0] for _ in range(runs))


def data_folder(scratch):
    """A copy of Data/, with the T5 measurements where they are at hand."""
    copy = scratch / "Data"
    shutil.copytree(HERE.parent / "Data", copy)
    reference = Path(os.environ.get("REFERENCE_DATA", HERE.parent.parent / "shared" / "reference"))
    table = reference / "t5-data.csv"
    if table.exists():
        shutil.copy(table, copy / "frantar2024-t5")
    else:
        print("without the reference data the T5 runs are not timed")
    return copy


def run_speed(command, data, scratch, growth):
    """The times of this program."""
    times = scratch / "times.json"
    arguments = [str(data), str(HERE.parent / "Templates"), str(times)]
    subprocess.run(command + arguments + ([] if growth else ["--no-growth"]), cwd=HERE, check=True)
    return json.loads(times.read_text())


def scipy_times(record, replicates):
    """The times and the quality of SciPy's fits of one problem."""
    problem = Problem(record)
    published, ends = processor_time(lambda: problem.published(starts=25))
    result = {"published": published, "published_ends": ends}
    multi, fits = processor_time(lambda: problem.multi_start(starts=200))
    best = min(fits, key=lambda fit: fit.cost)
    result.update(
        multi=multi,
        objective=problem.mean(best.cost),
        agreeing=sum(fit.cost <= best.cost * (1 + 1e-9) for fit in fits),
    )
    part, _ = processor_time(lambda: problem.bootstrap(best.x, replicates))
    result["bootstrap"] = part * 1000 / replicates
    return result


def exponent(points, last=False):
    """The slope of log time over log count; of the last two points with `last`."""
    chosen = points[-2:] if last else points
    xs = [math.log(point["count"]) for point in chosen]
    ys = [math.log(point["measurement"]["processor"]) for point in chosen]
    mx, my = statistics.mean(xs), statistics.mean(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / sum((x - mx) ** 2 for x in xs)


def seconds(value):
    for unit, scale in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= scale:
            return f"{value / scale:.3g} {unit}"
    return f"{value / 1e-9:.3g} ns"


def ratio(theirs, ours):
    value = theirs / ours
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def machine():
    model = platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass
    return f"{model}, {os.cpu_count()} cores"


def contour_text(ours):
    solve = ours.get("contour_solve")
    return f"; a grid of 41 by 41 optimal sparsities {seconds(solve['processor'])}" if solve else ""


def fit_section(name, ours, theirs, replicates):
    spread = sorted(theirs["published_ends"])
    reached = sum(end <= ours["objective"] * (1 + 1e-6) for end in spread)
    rows = [
        ("published procedure: 25 BFGS starts", "200 starts", theirs["published"],
         ours["multi_start"]["processor"]),
        ("`least_squares`, 200 starts", "200 starts", theirs["multi"],
         ours["multi_start"]["processor"]),
        (f"bootstrap, 1,000 replicates ({replicates} timed, scaled)",
         "1,000 replicates, warm starts alone as in SciPy", theirs["bootstrap"],
         ours["warm_bootstrap"]["processor"]),
        ("the same",
         f"1,000 replicates as in a report: {ours['replicates_checked']} of them also fitted from "
         f"{ours['fresh_starts']} fresh starts", theirs["bootstrap"],
         ours["bootstrap"]["processor"]),
    ]
    lines = [
        f"### {name}, {ours['runs']} runs",
        "",
        "| SciPy | report | SciPy time | report time | ratio |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {a} | {b} | {seconds(t)} | {seconds(o)} | **{ratio(t, o)}** |" for a, b, t, o in rows
    ]
    lines += [
        "",
        f"Quality: report reached {ours['objective']:.10g} from {ours['starts_agreeing']} of 200 "
        f"starts; `least_squares` {theirs['objective']:.10g} from {theirs['agreeing']} of 200; "
        f"BFGS ended between {spread[0]:.6g} and {spread[-1]:.6g}, {reached} of {len(spread)} "
        "starts within 1e-6 of the best.",
        "",
        f"One start takes report {seconds(ours['one_start']['processor'])}, 25 starts "
        f"{seconds(ours['published_starts']['processor'])}{contour_text(ours)}. Growth with "
        f"starts, 25 to 800: exponent {exponent(ours['starts_growth']):.2f}.",
        "",
    ]
    return lines


def figure_section(name, ours, theirs):
    lines = [
        f"### {name}",
        "",
        "| figure | matplotlib | report | ratio |",
        "|---|---|---|---|",
    ]
    total_ours = total_theirs = 0
    for entry in ours:
        o, t = entry["drawing"]["processor"], theirs[entry["name"]]
        total_ours += o
        total_theirs += t
        lines.append(f"| {entry['name']} | {seconds(t)} | {seconds(o)} | {ratio(t, o)} |")
    lines.append(
        f"| **all {len(ours)}** | {seconds(total_theirs)} | {seconds(total_ours)} "
        f"| **{ratio(total_theirs, total_ours)}** |")
    return lines + [""]


def growth_section(growth):
    def row(title, points):
        cells = " | ".join(seconds(point["measurement"]["processor"]) for point in points)
        return f"| {title} | {cells} | {exponent(points):.2f} | {exponent(points, True):.2f} |"

    counts = " | ".join(f"{point['count']:,}" for point in growth["fit"])
    return [
        "## Growth with runs",
        "",
        "Synthetic runs of a known law with 0.5 % noise; exponent of time over runs, over all and "
        "between the last two.",
        "",
        f"| runs | {counts} | exponent | last two |",
        "|" + "---|" * (len(growth["fit"]) + 3),
        row("fit, 10 starts", growth["fit"]),
        row("bootstrap, 20 replicates", growth["bootstrap"]),
        "",
        f"10,000 runs with 200 starts and 1,000 replicates on {growth['threads']} threads: "
        f"{seconds(growth['large']['wall'])} passed, "
        f"{seconds(growth['large']['processor'])} of processor time.",
        "",
    ]


def document(times, scipy, figures, load, replicates):
    import matplotlib
    import numpy
    import scipy as scipy_module

    lines = [
        "# Speed",
        "",
        "Written by compare.py; every number is of one run on one machine: "
        f"{machine()}; Python {platform.python_version()}, NumPy {numpy.__version__}, SciPy "
        f"{scipy_module.__version__}, matplotlib {matplotlib.__version__}. The load average was "
        f"{load[0]:.1f} before and {load[1]:.1f} after.",
        "",
        "Ratios are of processor time on one thread (medians of repeated runs, the first not "
        "counted; SciPy's fits and the largest growth sizes are run once), which leaves out the time "
        "that other programs have the processor, but not what they do to its caches. SciPy gets the same runs in the same units, vectorised residuals, an analytic "
        "Jacobian for `least_squares`, and warm starts for its replicates.",
        "",
        "A replicate is one fit to resampled runs, refined from the fit of all runs: SciPy by "
        "`least_squares` on runs drawn with replacement, report on weights of the runs as "
        "ScalingLaws/Uncertainty/Resampling.swift draws them. A report checks one replicate of "
        "fifty by fresh starts besides, which SciPy is not asked to do; both are shown.",
        "",
        "## Fits",
        "",
    ]
    for name in sorted(times["fits"]):
        lines += fit_section(name, times["fits"][name], scipy[name], replicates)
    lines += [
        "## Figures",
        "",
        "Layout and three formats (PNG at 300 dpi, SVG, PDF), with the same "
        "points, axes and sizes.",
        "",
    ]
    for name in sorted(figures):
        lines += figure_section(name, times["figures"][name], figures[name])
    lines += [
        "## Whole report",
        "",
        f"`report Data/` with {len(times['figures'])} sweeps in three formats on "
        f"{times['threads']} threads: {seconds(times['report']['wall'])} passed, "
        f"{seconds(times['report']['processor'])} of processor time.",
        "",
    ]
    if times.get("growth"):
        lines += growth_section(times["growth"])
    return "\n".join(lines).rstrip() + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", default=str(HERE / "Speed.md"))
    parser.add_argument("--no-growth", action="store_true")
    parser.add_argument("--replicates", type=int, default=100, help="timed for SciPy, then scaled")
    parser.add_argument("--drawings", type=int, default=3, help="of each figure by matplotlib")
    parser.add_argument("--speed", help="a built `speed`, in place of building it")
    options = parser.parse_args()
    load = [os.getloadavg()[0]]
    command = [options.speed] if options.speed else ["swift", "run", "speed"]
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        times = run_speed(command, data_folder(scratch), scratch, not options.no_growth)
        scipy = {}
        for name, ours in times["fits"].items():
            print(f"{name}: SciPy", flush=True)
            scipy[name] = scipy_times(ours["problem"], options.replicates)
        figures = {}
        for name, ours in times["figures"].items():
            print(f"{name}: matplotlib", flush=True)
            # The first figure of a process loads fonts; it is not counted.
            draw_figures([ours[0]["figure"]], io.BytesIO)
            figures[name] = {
                entry["name"]: median_time(
                    lambda entry=entry: draw_figures([entry["figure"]], io.BytesIO),
                    options.drawings)
                for entry in ours
            }
    load.append(os.getloadavg()[0])
    text = document(times, scipy, figures, load, options.replicates)
    Path(options.output).write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
