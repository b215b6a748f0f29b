"""Writes the fixtures beside this file with the real libraries.

    pip install numpy pandas torch lightning keras transformers tensorboard tensorboardX \\
        mlflow-skinny wandb
    python make_fixtures.py [name ...]

Each function makes one folder. The runs are made up: a loss that follows a formula, a sparsity
that follows the cubic schedule of Zhu and Gupta (2017). What matters is the files' form.
`versions.json` says which version of each library wrote them.
"""
import importlib.metadata
import json
import math
import os
import pathlib
import shutil
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
DENSE, BATCH, CONTEXT, STEPS = 100_000, 16, 64, 200
RUNS = [("small-s0", 50_000, 0.0), ("small-s50", 50_000, 0.5), ("large-s75", DENSE, 0.75)]


def sparsity(target, step, steps=STEPS):
    t = min(max((step / steps - 0.25) / 0.5, 0), 1)
    return target * (1 - (1 - t) ** 3)


def loss(dense, target, step):
    n = dense * (1 - sparsity(target, step))
    return 1.5 + 20 * n**-0.3 + 8 * (step * BATCH * CONTEXT) ** -0.25


def fresh(name):
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def huggingface():
    from transformers import TrainerState

    for run, dense, target in RUNS:
        folder = fresh(f"huggingface/{run}")
        state = TrainerState(global_step=STEPS, max_steps=STEPS, num_train_epochs=1)
        state.train_batch_size = BATCH
        for step in range(20, STEPS + 1, 20):
            tokens = step * BATCH * CONTEXT
            state.log_history.append(
                {
                    "epoch": step / STEPS,
                    "grad_norm": math.nan if step == 20 else math.inf if step == 40 else 0.5,
                    "learning_rate": 1e-3 * (1 - step / STEPS),
                    "loss": loss(dense, target, step) + 0.01,
                    "num_input_tokens_seen": tokens,
                    "sparsity": sparsity(target, step),
                    "step": step,
                }
            )
            if step % 40 == 0:
                state.log_history.append(
                    {
                        "epoch": step / STEPS,
                        "eval_loss": loss(dense, target, step),
                        "eval_runtime": 1.5,
                        "eval_samples_per_second": 100.0,
                        "num_input_tokens_seen": tokens,
                        "step": step,
                    }
                )
        # The Trainer leaves a state in each checkpoint, and only there unless told otherwise.
        (folder / "checkpoint-100").mkdir()
        short = [row for row in state.log_history if row["step"] <= 100]
        full, state.log_history, state.global_step = state.log_history, short, 100
        state.save_to_json(str(folder / "checkpoint-100" / "trainer_state.json"))
        state.log_history, state.global_step = full, STEPS
        (folder / "checkpoint-200").mkdir()
        state.save_to_json(str(folder / "checkpoint-200" / "trainer_state.json"))
        (folder / "config.json").write_text(json.dumps({"dense_params": dense}))


def lightning():
    import collections

    from lightning.pytorch.loggers import CSVLogger

    for run, dense, target in RUNS:
        folder = fresh(f"lightning/{run}")
        logger = CSVLogger(str(folder), flush_logs_every_n_steps=50)
        logger.log_hyperparams(
            {
                "dense_params": dense,
                "batch_size": BATCH,
                "seq_len": CONTEXT,
                "betas": (0.9, 0.95),
                "schedule": collections.OrderedDict(start=0.25, end=0.75),
                "path": pathlib.PurePosixPath("data/train"),
            }
        )
        for step in range(20, STEPS + 1, 20):
            logger.log_metrics(
                {"train_loss_step": loss(dense, target, step) + 0.01, "epoch": 0}, step
            )
            if step % 40 == 0:
                logger.log_metrics(
                    {
                        "val_loss": loss(dense, target, step),
                        "sparsity": sparsity(target, step),
                        "epoch": 0,
                    },
                    step,
                )
        logger.finalize("success")


def keras():
    os.environ["KERAS_BACKEND"] = "torch"
    import keras as k
    import numpy as np

    for separator, (run, dense, target) in zip([",", ";", "\t"], RUNS):
        folder = fresh(f"keras/{run}")

        class Made(k.callbacks.Callback):
            """Puts the made-up numbers in place of those of the tiny model that is trained."""

            def on_epoch_end(self, epoch, logs=None):
                step = (epoch + 1) * 40
                logs["loss"] = loss(dense, target, step) + 0.01
                logs["tokens"] = step * BATCH * CONTEXT
                logs["sparsity"] = sparsity(target, step)
                if epoch % 2 == 0:
                    logs["val_loss"] = loss(dense, target, step)
                else:
                    logs.pop("val_loss", None)

        model = k.Sequential([k.layers.Dense(1)])
        model.compile("sgd", "mse")
        data = np.ones((4, 2)), np.ones((4, 1))
        logger = k.callbacks.CSVLogger(str(folder / "training.log"), separator=separator)
        model.fit(
            *data, validation_data=data, epochs=5, verbose=0, callbacks=[Made(), logger]
        )
        (folder / "config.json").write_text(json.dumps({"dense_params": dense}))


def tensorboard():
    """torch's writer; simple_value. A restart from step 100 writes a second file."""
    from torch.utils.tensorboard import SummaryWriter

    for run, dense, target in RUNS:
        folder = fresh(f"tensorboard/{run}")
        for first, last in [(20, 120), (120, STEPS)] if run == "small-s50" else [(20, STEPS)]:
            writer = SummaryWriter(str(folder), filename_suffix=f".{first}")
            writer.add_text("note", "not a scalar", 0)
            for step in range(first - (20 if first > 20 else 0), last + 1, 20):
                writer.add_scalar("train/loss", loss(dense, target, step) + 0.01, step)
                writer.add_scalar("tokens", step * BATCH * CONTEXT, step)
                if step % 40 == 0:
                    writer.add_scalar("eval/loss", loss(dense, target, step), step)
                    writer.add_scalar("sparsity", sparsity(target, step), step)
            writer.add_histogram("weights", __import__("numpy").arange(5.0), STEPS)
            writer.close()
        rename_events(folder)
        (folder / "config.json").write_text(json.dumps({"dense_params": dense}))


def tensorboard_tensor():
    """Scalars as tensors of rank 0, as TensorFlow 2's tf.summary.scalar writes them.

    The messages and the record writer are TensorBoard's own.
    """
    import numpy as np
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary
    from tensorboard.plugins.scalar import metadata
    from tensorboard.summary.writer.event_file_writer import EventFileWriter
    from tensorboard.util import tensor_util

    for run, dense, target in RUNS:
        folder = fresh(f"tensorboard-tensor/{run}")
        writer = EventFileWriter(str(folder))

        def add(tag, value, step, kind):
            tensor = tensor_util.make_tensor_proto(kind(value))
            about = metadata.create_summary_metadata("", "")
            summary = Summary(value=[Summary.Value(tag=tag, tensor=tensor, metadata=about)])
            writer.add_event(Event(step=step, summary=summary))

        for step in range(20, STEPS + 1, 20):
            add("tokens", step * BATCH * CONTEXT, step, np.int64)
            add("val_loss", loss(dense, target, step), step, np.float32)
            add("sparsity", sparsity(target, step), step, np.float64)
        writer.close()
        rename_events(folder)
        (folder / "config.json").write_text(json.dumps({"dense_params": dense}))


def tensorboardx():
    from tensorboardX import SummaryWriter

    for run, dense, target in RUNS:
        folder = fresh(f"tensorboardx/{run}")
        writer = SummaryWriter(str(folder))
        for step in range(20, STEPS + 1, 20):
            writer.add_scalar("loss/val", loss(dense, target, step), step)
            writer.add_scalar("tokens", step * BATCH * CONTEXT, step)
            writer.add_scalar("sparsity", sparsity(target, step), step)
        writer.close()
        rename_events(folder)
        (folder / "config.json").write_text(json.dumps({"dense_params": dense}))


def rename_events(folder):
    """Event files carry the machine's name; give them the name `host`."""
    for number, path in enumerate(sorted(folder.glob("events.out.tfevents.*"))):
        path.rename(folder / f"events.out.tfevents.17000000{number:02}.host")


def mlflow():
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    from mlflow.tracking import MlflowClient

    fresh("mlflow")
    store = HERE / "mlflow" / "mlruns"
    client = MlflowClient(tracking_uri=store.as_uri())
    experiment = client.create_experiment("sweep", artifact_location="mlflow-artifacts:/x")
    for run, dense, target in RUNS + [("thrown-away", 10_000, 0.25)]:
        identity = client.create_run(experiment, run_name=run).info.run_id
        client.log_param(identity, "model/dense_params", dense)
        client.log_param(identity, "batch_size", BATCH)
        for step in range(20, STEPS + 1, 20):
            client.log_metric(identity, "eval/loss", loss(dense, target, step), step=step)
            client.log_metric(identity, "tokens", step * BATCH * CONTEXT, step=step)
            client.log_metric(identity, "sparsity", sparsity(target, step), step=step)
            if step == 100:  # logged again after a restart
                client.log_metric(identity, "eval/loss", loss(dense, target, step), step=step)
        client.set_terminated(identity)
        if run == "thrown-away":
            client.delete_run(identity)
    (HERE / "mlflow" / "sweep.yml").write_text(
        "runs: ['mlruns/*/*']\ndense_params: {column: model/dense_params}\n"
        "run: {column: run_name}\n"
    )
    for path in store.rglob("meta.yaml"):
        text = path.read_text().replace(store.as_uri(), "file:///mlruns")
        path.write_text("\n".join(
            line if not line.startswith("user_id") else "user_id: someone"
            for line in text.splitlines()) + "\n")
    for path in list(store.rglob("tags/mlflow.user")) + list(store.rglob("tags/mlflow.source*")):
        path.unlink()


def wandb():
    """Offline runs: the library writes the binary run-*.wandb, which holds everything.

    make_wandb_folders.py makes files/ with wandb-summary.json and config.yaml. CSV exports are made
    by the server's page; their form is written here by hand.
    """
    import wandb as w

    fresh("wandb/export")
    fresh("wandb-offline")
    table = ["Name,State,Notes,Created,Runtime,dense_params,eval/loss,eval/loss__MIN,"
             "eval/loss__MAX,sparsity,tokens"]
    for run, dense, target in RUNS:
        with tempfile.TemporaryDirectory() as scratch:
            started = w.init(
                project="p", name=run, id=run, dir=scratch, mode="offline",
                config={"dense_params": dense, "optimizer": {"lr": 0.001, "betas": [0.9, 0.95]}},
                settings=w.Settings(
                    console="off", disable_git=True, save_code=False, x_disable_stats=True,
                    x_disable_meta=True, x_disable_machine_info=True, disable_code=True,
                    x_save_requirements=False, program="train.py", host="host",
                ),
            )
            for step in range(20, STEPS + 1, 20):
                started.log(
                    {
                        "eval/loss": loss(dense, target, step),
                        "tokens": step * BATCH * CONTEXT,
                        "sparsity": sparsity(target, step),
                    },
                    step=step,
                    commit=True,
                )
            summary = {k: v for k, v in dict(started.summary).items() if k[:3] not in ("_ru", "_ti")}
            started.finish()
            time.sleep(1)  # the writer is a process of its own
            (binary,) = pathlib.Path(scratch).rglob("*.wandb")
            offline = HERE / "wandb-offline" / f"offline-run-20260101_000000-{run}"
            offline.mkdir(parents=True)
            shutil.copy(binary, offline / binary.name)
        value = summary["eval/loss"]
        table.append(f'"{run}","finished","-","2026-01-01T00:00:00.000Z","12","{dense}",'
                     f'"{value}","{value}","{value}","{summary["sparsity"]}","{summary["tokens"]}"')
    (HERE / "wandb" / "export" / "table.csv").write_text("\n".join(table) + "\n")


def wandb_charts():
    """A chart of the loss, one of the sparsity, and the table of runs, as the server's page exports
    them; their form is written by hand. Each column is a run's, with the least and greatest value
    of each point, and runs that logged nothing at a step have empty cells."""
    folder = fresh("wandb/charts")
    steps = range(20, STEPS + 1, 20)

    def quoted(cells):
        return ",".join(f'"{cell}"' for cell in cells) + "\n"

    def chart(name, metric, value):
        suffixes = ["", "__MIN", "__MAX"]
        text = quoted(["Step"] + [f"{run} - {metric}{s}" for run, _, _ in RUNS for s in suffixes])
        for step in steps:
            cells = [step]
            for _, dense, target in RUNS:
                cells += [value(dense, target, step)] * 3
            text += quoted(cells)
        (folder / name).write_text(text)

    chart("loss.csv", "eval/loss",
          lambda dense, target, step: loss(dense, target, step) if step % 40 == 0 else "")
    chart("sparsity.csv", "sparsity", lambda dense, target, step: sparsity(target, step))
    table = quoted(["Name", "State", "Created", "batch_size", "dense_params", "seq_len"])
    for run, dense, _ in RUNS:
        table += quoted([run, "finished", "2026-01-01T00:00:00.000Z", BATCH, dense, CONTEXT])
    (folder / "runs.csv").write_text(table)


def pandas():
    import pandas as pd

    folder = fresh("pandas")
    rows = [
        {
            "run": run, "dense_params": dense, "sparsity": target,
            "tokens": STEPS * BATCH * CONTEXT, "val_loss": loss(dense, target, STEPS),
        }
        for run, dense, target in RUNS
    ]
    frame = pd.DataFrame(rows)
    for name, write in {
        "csv/runs.csv": lambda p: frame.to_csv(p, index=False),
        "csv-index/runs.csv": lambda p: frame.to_csv(p),
        "tsv/runs.tsv": lambda p: frame.to_csv(p, index=False, sep="\t"),
        "csv-gz/runs.csv.gz": lambda p: frame.to_csv(p, index=False),
        "jsonl/runs.jsonl": lambda p: frame.to_json(p, orient="records", lines=True),
        "jsonl-gz/runs.jsonl.gz": lambda p: frame.to_json(p, orient="records", lines=True),
        "json-rows/runs.json": lambda p: frame.to_json(p, orient="records"),
        "json-columns/runs.json": lambda p: frame.to_json(p),
        "json-columns-gz/runs.json.gz": lambda p: frame.to_json(p),
    }.items():
        (folder / name).parent.mkdir(parents=True)
        write(folder / name)


ALL = [
    huggingface, lightning, keras, tensorboard, tensorboard_tensor, tensorboardx, mlflow, wandb,
    wandb_charts, pandas,
]

if __name__ == "__main__":
    wanted = sys.argv[1:] or [f.__name__ for f in ALL]
    for function in ALL:
        if function.__name__ in wanted:
            function()
    packages = [
        "transformers", "lightning", "keras", "torch", "tensorboard", "tensorboardX",
        "mlflow-skinny", "wandb", "pandas", "numpy",
    ]
    versions = {name: importlib.metadata.version(name) for name in packages}
    (HERE / "versions.json").write_text(json.dumps(versions, indent=1) + "\n")
