"""Writes wandb/folders beside this file: wandb-summary.json and config.yaml as the library does.

    pip install "wandb==0.16.6" "setuptools<70" "protobuf<5"
    python make_wandb_folders.py

The library writes these two files while a run is sent to a server. Here an offline run is made and
its records are given to the part of the library that sends them, which writes the files first;
nothing is sent. Later versions do this outside of Python, so this needs one of its own, apart from
make_fixtures.py.
"""
import pathlib
import shutil
import tempfile

import wandb
from make_fixtures import BATCH, CONTEXT, HERE, RUNS, STEPS, fresh, loss, sparsity
from wandb.proto import wandb_internal_pb2
from wandb.sdk.internal.datastore import DataStore
from wandb.sdk.internal.sender import SendManager


def records(path):
    store = DataStore()
    store.open_for_scan(str(path))
    while (data := store.scan_data()) is not None:
        record = wandb_internal_pb2.Record()
        record.ParseFromString(data)
        yield record


def write_files(binary, scratch):
    """Lets the library write files/ from an offline run's records."""
    sender = SendManager.setup(str(scratch), resume=None)
    for record in records(binary):
        kind = record.WhichOneof("record_type")
        if kind == "run":
            # send_run does this once the server has answered.
            sender._consolidated_config.update_from_proto(record.run.config)
            sender._config_save(sender._config_backend_dict())
        elif kind == "config":
            sender.send_config(record)
        elif kind == "summary":
            sender.send_summary(record)
    sender._update_summary()
    return scratch / "files"


def main():
    fresh("wandb/folders")
    for run, dense, target in RUNS:
        with tempfile.TemporaryDirectory() as scratch:
            scratch = pathlib.Path(scratch)
            (scratch / "files").mkdir()
            started = wandb.init(
                project="p", name=run, id=run, dir=scratch, mode="offline",
                config={"dense_params": dense, "optimizer": {"lr": 0.001, "betas": [0.9, 0.95]}},
                settings=wandb.Settings(
                    console="off", disable_git=True, save_code=False, _disable_stats=True,
                    _disable_meta=True,
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
                )
            started.finish()
            (binary,) = scratch.rglob("*.wandb")
            made = write_files(binary, scratch)
            files = HERE / "wandb" / "folders" / f"run-20260101_000000-{run}" / "files"
            files.mkdir(parents=True)
            for name in ["config.yaml", "wandb-summary.json"]:
                shutil.copy(made / name, files / name)


if __name__ == "__main__":
    main()
