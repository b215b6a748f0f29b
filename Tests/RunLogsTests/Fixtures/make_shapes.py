"""Writes shapes/: folders with tables and logs as public data sets and tools have them.

The shape is theirs, the numbers are ours: the runs of a law with known coefficients. Each folder
has the files, `answers`, the lines that a user writes into what `report init` proposes (from the
start of the line on: where the proposal has the same line behind a #, the # goes away; else the
line is added), and `expected.csv`, what the runs must then be.

    python3 make_shapes.py
"""

import csv
import json
import math
import pathlib
import shutil

ROOT = pathlib.Path(__file__).parent / "shapes"
SIZES = [2e6, 4e6, 8e6, 16e6]
DATA = [5e7, 2e8, 8e8]
SPARSITIES = [0.0, 0.5, 0.75]


def loss(n, s, d):
    """The law of Frantar et al. (2024), with coefficients of our own."""
    return round((0.6 * (1 - s) ** 0.5 + 8.0) * (1 / n) ** 0.16 + (2e6 / d) ** 0.25 + 1.2, 6)


def runs(sparsities=(0.0,)):
    """Non-zero parameters, sparsity, data and loss of each run."""
    found = []
    for dense in SIZES:
        for s in sparsities:
            for d in DATA:
                n = dense * (1 - s)
                found.append((n, s, d, loss(n, s, d)))
    return found


def shape(name, files, answers, expected):
    folder = ROOT / name
    for path, text in files.items():
        target = folder / "logs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    (folder / "answers").write_text("".join(line + "\n" for line in answers))
    with open(folder / "expected.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["nonzero_params", "sparsity", "data", "loss"])
        writer.writerows([f"{n:.10g}", f"{s:.10g}", f"{d:.10g}", f"{y:.10g}"] for n, s, d, y in expected)


def table(header, rows, separator=","):
    return "\n".join([separator.join(header)] + [separator.join(map(str, r)) for r in rows]) + "\n"


def steps(d, y, count=4):
    """Step, data and loss along a run that ends at `d` and `y`."""
    return [(100 * k, round(d * k / count), round(y + 0.3 * (count / k - 1), 6)) for k in range(1, count + 1)]


def si(value):
    for factor, mark in [(1e9, "B"), (1e6, "M"), (1e3, "k")]:
        if value >= factor:
            return f"{value / factor:g}{mark}"
    return f"{value:g}"


def main():
    shutil.rmtree(ROOT, ignore_errors=True)
    dense, sparse = runs(), runs(SPARSITIES)

    # A table of sizes and FLOPs, as the runs of isoFLOP figures were read off.
    shape(
        "isoflop-table",
        {"isoflop.csv": table(
            ["Model Size", "Training FLOP", "loss"], [[f"{n:.0f}", f"{6 * n * d:.6g}", y] for n, s, d, y in dense])},
        ["data: {value: \"'Training FLOP' / (6 * 'Model Size')\", unit: tokens}", "sparsity: 0"], dense)

    # A long table of checkpoints with names of runs.
    shape(
        "checkpoints-named",
        {"checkpoints.csv": table(
            ["run_name", "step", "num_params", "tokens", "val_loss"],
            [[f"m{i}", k, f"{n:.0f}", t, v] for i, (n, s, d, y) in enumerate(dense) for k, t, v in steps(d, y)])},
        ["sparsity: 0"], dense)

    # The same without names: two columns tell the runs apart.
    shape(
        "checkpoints-unnamed",
        {"evals.csv": table(
            ["size", "budget", "step", "N", "tokens", "eval_loss"],
            [[si(n), si(d), k, f"{n:.0f}", t, v] for n, s, d, y in dense for k, t, v in steps(d, y)])},
        ["  - {path: evals.csv, run: [size, budget, 'N'], step: step}", "sparsity: 0"], dense)

    # One JSON document a run, a single record each.
    shape(
        "records",
        {f"runs/{i:02}.json": json.dumps(
            {"hparams": {"params": n, "lr": 0.001}, "results": {"tokens": d, "val_loss": y}}, indent=1)
         for i, (n, s, d, y) in enumerate(dense)},
        ["sparsity: 0"], dense)

    # One nested JSON document a run, with a list of evaluations and the outcome beside it.
    shape(
        "nested-json",
        {f"exp/{i:02}/result.json": json.dumps(
            {"config": {"dense_params": n / (1 - s), "seed": 0},
             "history": {"evals": [{"step": k, "tokens": t, "val_loss": v} for k, t, v in steps(d, y)]},
             "summary": {"final_sparsity": s}}, indent=1)
         for i, (n, s, d, y) in enumerate(sparse)},
        [], sparse)

    # TensorBoard's downloads, a file for each run and tag, with a table of the runs.
    downloads = {"runs.csv": table(
        ["Name", "dense_params", "sparsity"], [[f"r{i:02}", f"{n / (1 - s):.0f}", s] for i, (n, s, d, y) in enumerate(dense)])}
    for i, (n, s, d, y) in enumerate(dense):
        rows = [[f"{1.7e9 + k:.2f}", k, v] for k, t, v in steps(d, y)]
        tokens = [[f"{1.7e9 + k:.2f}", k, t] for k, t, v in steps(d, y)]
        downloads[f"run-r{i:02}-tag-eval_loss.csv"] = table(["Wall time", "Step", "Value"], rows)
        downloads[f"run-r{i:02}-tag-tokens.csv"] = table(["Wall time", "Step", "Value"], tokens)
    shape("tensorboard-downloads", downloads, [], dense)

    # A chart of single runs from Weights & Biases, without least and greatest values, and the table.
    times = [100, 200, 300, 400]
    shape(
        "wandb-chart",
        {"chart.csv": table(
            ["Step"] + [f'"r{i:02} - eval/loss"' for i in range(len(sparse))],
            [[k] + [steps(d, y)[k // 100 - 1][2] for n, s, d, y in sparse] for k in times]),
         "table.csv": table(
             ["Name", "State", "dense_params", "sparsity", "total_tokens"],
             [[f"r{i:02}", "finished", f"{n / (1 - s):.0f}", s, f"{d:.0f}"] for i, (n, s, d, y) in enumerate(sparse)])},
        [], sparse)

    # DVCLive's folders.
    dvc = {}
    for i, (n, s, d, y) in enumerate(dense):
        base = f"exp{i:02}/dvclive"
        dvc[f"{base}/metrics.json"] = json.dumps({"eval": {"loss": y}, "step": 400})
        dvc[f"{base}/params.yaml"] = f"dense_params: {n / (1 - s):.0f}\nsparsity: {s}\n"
        dvc[f"{base}/plots/metrics/eval/loss.tsv"] = table(["step", "loss"], [[k, v] for k, t, v in steps(d, y)], "\t")
        dvc[f"{base}/plots/metrics/tokens.tsv"] = table(["step", "tokens"], [[k, t] for k, t, v in steps(d, y)], "\t")
    shape("dvclive", dvc, [], dense)

    # Printed lines, the size in the name of the file.
    shape(
        "printed",
        {f"n{si(n)}-d{si(d)}.log": "".join(
            ["loading\n"] + [f"step:{k}/400 tokens:{t} val_loss:{v} train_time:{k}ms\n" for k, t, v in steps(d, y)])
         for n, s, d, y in dense},
        ["sparsity: 0"], dense)

    # One CSV a run, lying flat, with size and sparsity in its name.
    shape(
        "flat-files",
        {f"n{si(n)}-s{s:g}-d{si(d)}.csv": table(["step", "tokens", "val_loss"], steps(d, y)) for n, s, d, y in sparse},
        ["nonzero_params: {column: n}", "sparsity: {column: s}"], sparse)

    # Units in the names of columns, and a loss by the name of its data.
    shape(
        "units",
        {"results.tsv": table(
            ["Model", "Params (M)", "Sparsity (%)", "Tokens (B)", "C4 loss"],
            [[f"m{i}", f"{n / (1 - s) / 1e6:g}", f"{100 * s:g}", f"{d / 1e9:g}", y] for i, (n, s, d, y) in enumerate(sparse)], "\t")},
        ["loss: {column: 'C4 loss', take: last}"], sparse)

    # Perplexities.
    shape(
        "perplexity",
        {"final.csv": table(
            ["N", "D", "final_ppl", "accuracy"], [[f"{n:.0f}", f"{d:.0f}", f"{math.exp(y):.10g}", 0.5] for n, s, d, y in dense])},
        ["loss: {value: 'log(''final_ppl'')', unit: nats/token}", "sparsity: 0"], dense)

    # Decimal commas between semicolons.
    comma = lambda value: f"{value:.10g}".replace(".", ",")
    shape(
        "decimal-commas",
        {"werte.csv": "sep=;\n" + table(
            ["run", "dense_params", "sparsity", "tokens", "val_loss"],
            [[f"r{i}", comma(n / (1 - s)), comma(s), comma(d), comma(y)] for i, (n, s, d, y) in enumerate(sparse)], ";")},
        [], sparse)

    # Words for sizes.
    words = dict(zip(SIZES, ["tiny", "small", "base", "large"]))
    shape(
        "words",
        {"t.csv": table(["model", "train_tokens", "valid_nll"], [[words[n], si(d), y] for n, s, d, y in dense])},
        ["dense_params: {column: model, labels: {tiny: 2e6, small: 4e6, base: 8e6, large: 16e6}}", "sparsity: 0"],
        dense)

    # A search over learning rates.
    shape(
        "search",
        {"sweep.csv": table(
            ["run_id", "lr", "n_params", "n_tokens", "test_loss"],
            [[f"r{i}-{lr}", lr, si(n), si(d), f"{y + extra:.6f}"] for i, (n, s, d, y) in enumerate(dense)
             for lr, extra in [(0.001, 0.02), (0.003, 0), (0.01, 0.05)]])},
        ["keep: {best: [lr]}", "sparsity: 0"], dense)

    # Experts: all parameters and the active ones.
    shape(
        "experts",
        {"moe.jsonl": "".join(json.dumps(
            {"id": i, "total_parameter_count": n / (1 - s), "params_active": n, "tokens_seen": d, "loss/eval": y}) + "\n"
            for i, (n, s, d, y) in enumerate(sparse))},
        [], sparse)

    # Losses with their errors, sizes with suffixes, images in place of tokens.
    shape(
        "written",
        {"vit.csv": table(
            ["name", "dense_params", "sparsity", "images_seen", "eval_loss"],
            [[f"v{i}", si(n / (1 - s)), s, si(d), f"{y} ± 0.01"] for i, (n, s, d, y) in enumerate(sparse)])},
        [], sparse)


if __name__ == "__main__":
    main()
