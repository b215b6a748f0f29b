"""Compares the reading of logs with the libraries that researchers read them with.

    pip install pandas tbparse tensorboardX mlflow-skinny
    swift build -c release
    python compare.py .build/release/reading [folder for the made-up logs] [scale] [name ...]

Makes one log of each format, reads it with both in turn, five times, and prints a table in MB of
file per second of processor time, so that other work on the machine counts little. The least time
of each counts. The peers start with their imports done; ours is a whole process each time, which
also finds the columns, checks the run and keeps its history.
"""
import gzip
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

TOOL = sys.argv[1]
ROOT = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp())
SCALE = float(sys.argv[3]) if len(sys.argv) > 3 else 1.0
WANTED = sys.argv[4:]


def folder(name):
    path = ROOT / name / "Data" / "x" / "r"
    path.mkdir(parents=True, exist_ok=True)
    (path / "config.json").write_text('{"dense_params": 1000000, "sparsity": 0}')
    return path


def make_jsonl():
    path = folder("jsonl") / "metrics.jsonl"
    with open(path, "w") as file:
        for i in range(1, int(300_000 * SCALE) + 1):
            file.write(
                f'{{"step": {i}, "tokens": {i * 1024}, "train_loss": {3.1 + 1 / i:.6f}, '
                f'"val_loss": {3 + 1 / i:.6f}, "lr": 0.0003125, "grad_norm": 0.4471823, '
                f'"throughput": 183744.125, "epoch": 0.0312}}\n'
            )
    return path


def make_gzip():
    path = folder("gzip") / "metrics.jsonl.gz"
    with open(make_jsonl(), "rb") as source, gzip.open(path, "wb") as target:
        target.write(source.read())
    return path


COLUMNS = ["step", "tokens", "train_loss", "val_loss", "lr", "grad_norm"]


def make_table(name, file_name, separator=",", digits=".6f", quote="", opener=open, rows=1_000_000):
    path = folder(name) / file_name
    with opener(path, "wt") as file:
        def write(cells):
            file.write(separator.join(f"{quote}{cell}{quote}" for cell in cells) + "\n")

        write(COLUMNS)
        for i in range(1, int(rows * SCALE) + 1):
            losses = f"{3.1 + 1 / i:{digits}}", f"{3 + 1 / i:{digits}}"
            write([str(i), str(i * 1024), *losses, "0.0003125", "0.4471823"])
    return path


def make_csv():
    return make_table("csv", "metrics.csv")


def make_csv_digits():
    return make_table("csv-digits", "metrics.csv", digits="")


def make_csv_quoted():
    return make_table("csv-quoted", "metrics.csv", quote='"')


def make_tsv():
    return make_table("tsv", "metrics.tsv", separator="\t")


def make_csv_gzip():
    return make_table("csv-gzip", "metrics.csv.gz", opener=gzip.open)


def make_state():
    path = folder("trainer-state") / "trainer_state.json"
    count = int(100_000 * SCALE)
    rows = [
        {
            "epoch": i / count, "eval_loss": 3 + 1 / i, "learning_rate": 1e-4, "loss": 3 + 1 / i,
            "num_input_tokens_seen": i * 1024, "step": i,
        }
        for i in range(1, count + 1)
    ]
    state = {"global_step": count, "max_steps": count, "log_history": rows}
    path.write_text(json.dumps(state, indent=2))
    return path


def make_events():
    from tensorboardX import SummaryWriter

    path = folder("tensorboard")
    for old in path.glob("events*"):
        old.unlink()
    writer = SummaryWriter(str(path))
    for i in range(1, int(100_000 * SCALE) + 1):
        writer.add_scalar("train_loss", 3.1 + 1 / i, i)
        writer.add_scalar("val_loss", 3 + 1 / i, i)
        writer.add_scalar("tokens", i * 1024, i)
    writer.close()
    return next(path.glob("events*"))


def make_mlflow():
    path = folder("mlflow")
    (path / "config.json").unlink()
    (path / "metrics").mkdir(exist_ok=True)
    (path / "params").mkdir(exist_ok=True)
    (path / "meta.yaml").write_text("lifecycle_stage: active\nrun_name: r\nstatus: 3\n")
    (path / "params" / "dense_params").write_text("1000000")
    (path / "params" / "sparsity").write_text("0")
    for key, value in [("tokens", lambda i: i * 1024), ("val_loss", lambda i: 3 + 1 / i)]:
        with open(path / "metrics" / key, "w") as file:
            for i in range(1, int(200_000 * SCALE) + 1):
                file.write(f"{1_700_000_000_000 + i} {value(i)} {i}\n")
    return path / "metrics"


def pandas_jsonl(path):
    import pandas

    return lambda: pandas.read_json(path, lines=True)


def pandas_csv(path):
    import pandas

    return lambda: pandas.read_csv(path)


def pandas_tsv(path):
    import pandas

    return lambda: pandas.read_csv(path, sep="\t")


def json_state(path):
    import pandas

    return lambda: pandas.DataFrame(json.load(open(path))["log_history"])


def tbparse(path):
    from tbparse import SummaryReader

    return lambda: SummaryReader(str(path)).scalars


def mlflow_store(path):
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    from mlflow.store.tracking.file_store import FileStore

    def read():
        for file in path.iterdir():
            for line in open(file):
                FileStore._get_metric_from_line("r", file.name, line.strip(), "0")

    return read


CASES = [
    ("JSON Lines", "jsonl", make_jsonl, "pandas", pandas_jsonl),
    ("JSON Lines, gzip", "gzip", make_gzip, "pandas", pandas_jsonl),
    ("CSV", "csv", make_csv, "pandas", pandas_csv),
    ("CSV, all digits", "csv-digits", make_csv_digits, "pandas", pandas_csv),
    ("CSV, all quoted", "csv-quoted", make_csv_quoted, "pandas", pandas_csv),
    ("CSV, gzip", "csv-gzip", make_csv_gzip, "pandas", pandas_csv),
    ("TSV", "tsv", make_tsv, "pandas", pandas_tsv),
    ("trainer_state.json", "trainer-state", make_state, "json and pandas", json_state),
    ("TensorBoard events", "tensorboard", make_events, "tbparse", tbparse),
    ("MLflow file store", "mlflow", make_mlflow, "MLflow's FileStore", mlflow_store),
]


def size(path):
    return path.stat().st_size if path.is_file() else sum(p.stat().st_size for p in path.iterdir())


def ours(name):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([TOOL, str(ROOT / name / "Data")], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def theirs(read):
    start = time.process_time()
    read()
    return time.process_time() - start


def main():
    print("| format | MB | MB/s | peer | its MB/s | ratio |\n|---|---|---|---|---|---|")
    for title, name, make, peer, prepare in CASES:
        if WANTED and name not in WANTED:
            continue
        path = make()
        megabytes = size(path) / 1e6
        read = prepare(path)
        # In turn, so that both meet the machine in the same states.
        times = [(ours(name), theirs(read)) for _ in range(1 if "tbparse" in peer else 5)]
        our, their = (min(column) for column in zip(*times))
        print(
            f"| {title} | {megabytes:.1f} | {megabytes / our:.0f} | {peer} | "
            f"{megabytes / their:.0f} | {their / our:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
