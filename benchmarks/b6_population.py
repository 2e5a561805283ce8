"""B6: 1,741 municipalities x 10 steps, and x 1,000 draws, beside plain C loops compiled in this run.

The C loops are the bare recurrence on doubles: one for all areas; one with two normal numbers a step and
draw (xoshiro and Box-Muller) that keeps the three age groups.  Ours keeps quantiles as well.  Without a C
compiler the benchmark says so and is left out.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from measure import Row, calls_in_turn

from sosei.population.ages import AgeScheme
from sosei.population.assumptions import Assumptions
from sosei.population.draws import draw, shipped_shocks
from sosei.population.engine import Recurrence
from sosei.population.fertility import ChildWoman
from sosei.population.migration import NetRate
from sosei.population.panel import Array, Panel

AREAS, STEPS, GROUPS, DRAWS = 1_741, 10, 21, 1_000

C_SOURCE = r"""
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#define A GROUPS

/* state and ratio: [step][sex][age][area] */
void project(double *p, const double *ratio, const double *cwr, const double *male, int steps, int areas) {
    for (int t = 0; t < steps; t++) {
        const double *from = p + (size_t)t * 2 * A * areas, *r = ratio + (size_t)t * 2 * A * areas;
        double *to = p + (size_t)(t + 1) * 2 * A * areas;
        for (int s = 0; s < 2; s++) {
            size_t at = (size_t)s * A * areas;
            for (size_t k = 0; k < (size_t)(A - 1) * areas; k++)
                to[at + areas + k] = from[at + k] * r[at + k];
            size_t last = at + (size_t)(A - 1) * areas;
            for (int i = 0; i < areas; i++) to[last + i] += from[last + i] * r[last + i];
        }
        double *boys = to, *girls = to + (size_t)A * areas;
        for (int i = 0; i < areas; i++) girls[i] = 0;
        for (int a = 3; a < 10; a++)
            for (int i = 0; i < areas; i++) girls[i] += girls[(size_t)a * areas + i];
        for (int i = 0; i < areas; i++) {
            double children = girls[i] * cwr[(size_t)t * areas + i];
            boys[i] = children * male[(size_t)t * areas + i];
            girls[i] = children - boys[i];
        }
    }
}

static uint64_t seed[4] = {1, 2, 3, 4};
static inline uint64_t turn(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
static inline double uniform(void) {
    uint64_t found = turn(seed[0] + seed[3], 23) + seed[0], t = seed[1] << 17;
    seed[2] ^= seed[0]; seed[3] ^= seed[1]; seed[1] ^= seed[2]; seed[0] ^= seed[3];
    seed[2] ^= t; seed[3] = turn(seed[3], 45);
    return ((found >> 11) + 0.5) * 0x1.0p-53;
}

/* one area: base and ratio [..][sex][age], groups [step + 1][3][draw] */
void shaken(const double *base, const double *ratio, const double *spread, const double *cwr, const double *male,
            double fertility, double persistence, int steps, int draws, double *groups) {
    double *p = malloc(sizeof(double) * 2 * 2 * A * draws), *one = p, *two = p + (size_t)2 * A * draws;
    double *zf = calloc(draws, sizeof(double)), *zm = calloc(draws, sizeof(double));
    double fresh = sqrt(1 - persistence * persistence);
    for (int k = 0; k < 2 * A; k++) for (int d = 0; d < draws; d++) one[(size_t)k * draws + d] = base[k];
    for (int t = 0; t <= steps; t++) {
        double *g = groups + (size_t)t * 3 * draws;
        for (int d = 0; d < 3 * draws; d++) g[d] = 0;
        for (int s = 0; s < 2; s++) for (int a = 0; a < A; a++) {
            double *into = g + (size_t)(a < 3 ? 0 : a < 13 ? 1 : 2) * draws;
            const double *row = one + (size_t)(s * A + a) * draws;
            for (int d = 0; d < draws; d++) into[d] += row[d];
        }
        if (t == steps) break;
        for (int d = 0; d < draws; d++) {
            double size = sqrt(-2 * log(uniform())), angle = 6.283185307179586 * uniform();
            double f = size * cos(angle), m = size * sin(angle);
            zf[d] = t ? persistence * zf[d] + fresh * f : f;
            zm[d] = t ? persistence * zm[d] + fresh * m : m;
        }
        const double *r = ratio + (size_t)t * 2 * A;
        for (int s = 0; s < 2; s++) {
            for (int a = 0; a < A - 1; a++) {
                const double *from = one + (size_t)(s * A + a) * draws;
                double *to = two + (size_t)(s * A + a + 1) * draws, own = r[s * A + a], w = spread[a];
                for (int d = 0; d < draws; d++) to[d] = fmax(from[d] * (own + w * zm[d]), 0);
            }
            const double *from = one + (size_t)(s * A + A - 1) * draws;
            double *to = two + (size_t)(s * A + A - 1) * draws, own = r[s * A + A - 1], w = spread[A - 1];
            for (int d = 0; d < draws; d++) to[d] += fmax(from[d] * (own + w * zm[d]), 0);
        }
        double *boys = two, *girls = two + (size_t)A * draws;
        for (int d = 0; d < draws; d++) girls[d] = 0;
        for (int a = 3; a < 10; a++) for (int d = 0; d < draws; d++) girls[d] += girls[(size_t)a * draws + d];
        for (int d = 0; d < draws; d++) {
            double children = girls[d] * cwr[t] * exp(fertility * zf[d]);
            boys[d] = children * male[t];
            girls[d] = children - boys[d];
        }
        double *swap = one; one = two; two = swap;
    }
    free(p); free(zf); free(zm);
}
"""

_DOUBLES = np.ctypeslib.ndpointer(np.float64, flags="C_CONTIGUOUS")


def run() -> list[Row]:
    """Both jobs, each beside its C loop; nothing where the machine has no compiler."""
    compiler = shutil.which(os.environ.get("CC", "cc"))
    if compiler is None:
        print("B6: left out, there is no C compiler (cc) on this machine")
        return []
    base, given = _japan()
    with tempfile.TemporaryDirectory() as folder:
        library = _compiled(compiler, Path(folder))
        return [_deterministic(library, base, given), _stochastic(library, base, given)]


def _deterministic(library: ctypes.CDLL, base: Panel, given: Assumptions) -> Row:
    ready = Recurrence(given)
    loop = partial(_c_project, library, base, given, ready.retained)
    assert np.allclose(loop(), ready.run(base.values[0]).values, rtol=1e-9, atol=0)
    ours, beside = calls_in_turn([_times(partial(ready.run, base.values[0])), _times(loop)], runs=9)
    return Row("B6", "1,741 areas x 10 steps, 100 times", ours, beside, "a plain C loop", "at most 2 x C")


def _times(call: Callable[[], object]) -> Callable[[], None]:
    def hundred() -> None:
        for _ in range(100):
            call()

    return hundred


def _stochastic(library: ctypes.CDLL, base: Panel, given: Assumptions) -> Row:
    loop = partial(_c_draws, library, base, given, Recurrence(given).retained)
    ours, beside = calls_in_turn([partial(draw, base, given, draws=DRAWS), loop], runs=1)
    job = f"1,741 areas x 10 steps x {DRAWS:,} draws"
    return Row("B6", job, ours, beside, "a C loop with random numbers", "at most 5 x C")


def _japan() -> tuple[Panel, Assumptions]:
    """Invented figures of the size of Japan."""
    random = np.random.default_rng(1741)
    ages = AgeScheme(5, GROUPS)
    codes = tuple(f"{n:05}" for n in range(1, AREAS + 1))
    people = random.lognormal(6, 1.2, (1, 2, GROUPS, AREAS))
    alive = np.exp(-5 * 0.0004 * np.exp(0.075 * np.array(ages.lower)))
    survival = np.tile(alive[None, None, :, None], (STEPS, 2, 1, AREAS))
    rate = survival * random.uniform(-0.05, 0.05, survival.shape)
    given = Assumptions(
        starts=tuple(range(2015, 2015 + 5 * STEPS, 5)),
        ages=ages,
        areas=codes,
        survival=survival,
        migration=NetRate(rate),
        fertility=ChildWoman(random.uniform(0.15, 0.25, (STEPS, AREAS)), np.full((STEPS, AREAS), 0.5127)),
    )
    return Panel(people, (2015,), ages, codes, codes), given


def _compiled(compiler: str, folder: Path) -> ctypes.CDLL:
    source, built = folder / "recurrence.c", folder / "recurrence.so"
    source.write_text(C_SOURCE, encoding="utf-8")
    flags = ["-O3", "-march=native", "-shared", "-fPIC", f"-DGROUPS={GROUPS}"]
    subprocess.run([compiler, *flags, "-o", str(built), str(source), "-lm"], check=True)
    library = ctypes.CDLL(str(built))
    library.project.argtypes = [*[_DOUBLES] * 4, ctypes.c_int, ctypes.c_int]
    library.project.restype = None
    sizes = (ctypes.c_double, ctypes.c_double, ctypes.c_int, ctypes.c_int)
    library.shaken.argtypes = [*[_DOUBLES] * 5, *sizes, _DOUBLES]
    library.shaken.restype = None
    return library


def _c_project(library: ctypes.CDLL, base: Panel, given: Assumptions, ratio: Array) -> Array:
    values = np.empty((STEPS + 1, 2, GROUPS, AREAS))
    values[0] = base.values[0]
    fertility = given.fertility
    assert isinstance(fertility, ChildWoman)
    library.project(values, ratio, fertility.cwr, fertility.male_share, STEPS, AREAS)
    return values


def _c_draws(library: ctypes.CDLL, base: Panel, given: Assumptions, ratio: Array) -> None:
    shocks, fertility = shipped_shocks(), given.fertility
    assert isinstance(fertility, ChildWoman)
    groups = np.empty((STEPS + 1, 3, DRAWS))
    spread = shocks.profile(given.ages)
    for area in range(AREAS):
        library.shaken(
            np.ascontiguousarray(base.values[0, :, :, area]),
            np.ascontiguousarray(ratio[..., area]),
            spread,
            np.ascontiguousarray(fertility.cwr[:, area]),
            np.ascontiguousarray(fertility.male_share[:, area]),
            shocks.fertility,
            shocks.persistence,
            STEPS,
            DRAWS,
            groups,
        )


if __name__ == "__main__":
    for row in run():
        print(row, f"{row.ours / row.beside:.2f} x")
