"""The report's figures drawn with matplotlib."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np


def scale(axis_set, value):
    if value == "log":
        axis_set("log")
    elif value == "sparsity":
        # Equal lengths for halvings of the density 1 - S.
        axis_set(
            "function",
            functions=(
                lambda s: -np.log2(np.maximum(1 - np.asarray(s), 1e-12)),
                lambda p: 1 - np.exp2(-np.asarray(p)),
            ),
        )


def numbers(values):
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def draw_mark(axes, mark):
    kind, x, y = mark["kind"], mark["x"], mark["y"]
    if kind == "line":
        axes.plot(x, y, linewidth=1, label=mark["name"])
    elif kind == "band":
        axes.fill_between(x, numbers(mark["low"]), numbers(mark["high"]), alpha=0.2)
    elif kind == "points":
        low, high = numbers(mark["low"]), numbers(mark["high"])
        if np.isfinite(low).any():
            spread = np.abs(np.stack([np.array(y) - low, high - np.array(y)]))
            axes.errorbar(x, y, yerr=np.nan_to_num(spread), fmt="o", markersize=3)
        else:
            axes.plot(x, y, "o", markersize=3)
    elif kind == "region":
        axes.fill(x, y, alpha=0.2)
    elif kind == "span":
        (axes.axvspan if mark["is_vertical"] else axes.axhspan)(x[0], x[1], alpha=0.1)
    elif kind == "rule":
        (axes.axvline if mark["is_vertical"] else axes.axhline)(x[0], linewidth=0.8)
    elif kind == "text":
        axes.text(0.5, 0.5, mark["text"], transform=axes.transAxes, fontsize=7)


def draw(record):
    panels = record["panels"]
    columns = 1 if len(panels) == 1 else min(len(panels), 3)
    rows = -(-len(panels) // columns)
    figure, grid = plt.subplots(
        rows, columns, squeeze=False, figsize=(record["width"] / 72, record["height"] / 72))
    for axes, panel in zip(grid.flat, panels):
        scale(axes.set_xscale, panel["x_scale"])
        scale(axes.set_yscale, panel["y_scale"])
        for mark in panel["marks"]:
            draw_mark(axes, mark)
        axes.set_title(panel["title"].replace("$", r"\$"), fontsize=8)
        axes.set_xlabel(panel["x_label"].replace("$", r"\$"), fontsize=8)
        axes.set_ylabel(panel["y_label"].replace("$", r"\$"), fontsize=8)
        axes.tick_params(labelsize=7)
    for axes in list(grid.flat)[len(panels):]:
        axes.remove()
    return figure


def draw_figures(records, target):
    """Draws each figure to PNG, SVG and PDF, each into a new `target()`."""
    for record in records:
        figure = draw(record)
        figure.tight_layout()
        figure.savefig(target(), format="png", dpi=300)
        figure.savefig(target(), format="svg")
        figure.savefig(target(), format="pdf")
        plt.close(figure)
