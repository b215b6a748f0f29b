"""The sparsity scaling law fitted with SciPy, as published and at equal quality."""

import numpy as np
from scipy.optimize import least_squares, minimize


class Problem:
    """The runs of one sweep: mean Huber loss of log or linear residuals.

    Parameters are a_S, b_S, c_S, b_N, a_D^b_D, b_D and c, with N and D over their geometric means.
    """

    bounds = (
        [0, 0.01, 0, 0.01, 0, 0.01, 0],
        [np.inf, 5, np.inf, 5, np.inf, 5, np.inf],
    )

    def __init__(self, record):
        n = np.array(record["non_zero_parameters"])
        d = np.array(record["data"])
        self.log_n = np.log(n / np.exp(np.log(n).mean()))
        self.log_d = np.log(d / np.exp(np.log(d).mean()))
        self.log_density = np.log(1 - np.array(record["sparsity"]))
        self.loss = np.array(record["loss"])
        self.is_log = record["residual"] == "log"
        self.delta = record["huber_delta"]

    def terms(self, p):
        density = np.exp(p[1] * self.log_density)
        size = np.exp(-p[3] * self.log_n)
        data = np.exp(-p[5] * self.log_d)
        return density, size, data

    def predictions(self, p):
        density, size, data = self.terms(p)
        return (p[0] * density + p[2]) * size + p[4] * data + p[6]

    def residuals(self, p):
        predicted = self.predictions(p)
        if self.is_log:
            return np.log(np.maximum(predicted, 1e-300)) - np.log(self.loss)
        return predicted - self.loss

    def jacobian(self, p):
        density, size, data = self.terms(p)
        columns = np.stack(
            [
                density * size,
                p[0] * density * self.log_density * size,
                size,
                -(p[0] * density + p[2]) * size * self.log_n,
                data,
                -p[4] * data * self.log_d,
                np.ones_like(size),
            ],
            axis=1,
        )
        if self.is_log:
            predicted = np.maximum(self.predictions(p), 1e-300)
            columns = columns / predicted[:, None]
        return columns

    def objective(self, p):
        r = np.abs(self.residuals(p))
        huber = np.where(r <= self.delta, r * r / 2, self.delta * (r - self.delta / 2))
        return huber.mean()

    def mean(self, cost):
        """The objective that belongs to the cost of `least_squares`."""
        return cost / len(self.loss)

    def start(self, generator):
        level = self.loss.mean()
        return np.array(
            [
                generator.uniform(0, level),
                generator.uniform(0.05, 1.5),
                generator.uniform(0, level),
                generator.uniform(0.05, 1.5),
                generator.uniform(0, level),
                generator.uniform(0.05, 1.5),
                generator.uniform(0, level),
            ]
        )

    def published(self, starts):
        """Objectives at the ends of BFGS with numerical gradients, from random starts."""
        generator = np.random.default_rng(0)
        # The logarithms of the parameters keep them positive.
        with np.errstate(all="ignore"):
            return [
                float(minimize(
                    lambda q: self.objective(np.exp(q)), np.log(self.start(generator)),
                    method="BFGS").fun)
                for _ in range(starts)
            ]

    def solve(self, start, rows=slice(None)):
        """A converged least-squares fit with the same Huber loss."""
        return least_squares(
            lambda p: self.residuals(p)[rows], start, jac=lambda p: self.jacobian(p)[rows],
            bounds=self.bounds, loss="huber", f_scale=self.delta, x_scale="jac", ftol=1e-14,
            xtol=1e-12, gtol=1e-14, max_nfev=2000)

    def multi_start(self, starts):
        generator = np.random.default_rng(0)
        return [self.solve(self.start(generator)) for _ in range(starts)]

    def bootstrap(self, estimate, replicates):
        """Fits to runs drawn with replacement, each started from the estimate."""
        generator = np.random.default_rng(1)
        low, high = (np.array(end) for end in self.bounds)
        start = np.clip(estimate, low + 1e-9, high - 1e-9)
        count = len(self.loss)
        return [
            self.solve(start, generator.integers(0, count, count)).x for _ in range(replicates)
        ]
