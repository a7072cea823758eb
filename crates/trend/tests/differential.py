"""Random series, and what scipy, statsmodels and numpy make of them: the other side of tests/differential.rs.

    python differential.py SERIES SEED

One line a computation:  kind | numbers | numbers | numbers | numbers | value:scale value:scale ...
A value that does not exist is "none"; an error is measured in units of the scale. Series have ties, points on one day, constant values,
two points, far origins, straight lines, outliers.
"""
import sys
import warnings

import numpy as np
import statsmodels.api as sm
from scipy import optimize, special, stats
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.proportion import proportion_confint

warnings.filterwarnings("ignore")


def say(kind, *groups, want):
    shown = [
        "none" if value is None or not np.isfinite(value) else f"{float(value)!r}:{float(max(scale, 1e-300))!r}"
        for value, scale in want
    ]
    print(kind, *[" ".join(repr(float(v)) for v in group) for group in groups], " ".join(shown), sep="|")


def series(rng):
    n = int(rng.choice([2, 3, 4, 5, 6, 8, 12, 20, 36]))
    x = np.cumsum(rng.integers(0, 10, n)) / 7.0
    shape = rng.integers(0, 8)
    y = 50 + rng.normal(0, 1.5) * x + rng.normal(0, rng.choice([1, 5, 15]), n)
    if shape < 3:
        y = np.round(y)
    elif shape == 3:
        y = np.round(y, 1)
    elif shape == 4:
        y = np.full(n, np.round(y[0], 1))
    elif shape == 5:
        y = 20 + 2.5 * x
    elif shape == 6:
        y[rng.integers(0, n)] += 90
    if rng.random() < 0.1:
        x = x + 20_000
    if rng.random() < 0.1:
        y = np.round(y / 25)
    if np.all(x == x[0]):
        x[-1] += 1
    order = rng.permutation(n) if rng.random() < 0.3 else np.arange(n)
    return x[order], y[order]


def lines(rng, x, y):
    n = len(x)
    width, height = np.ptp(x), max(np.ptp(y), 1e-3 * np.max(np.abs(y)), 1e-300)
    s_slope, s_level = height / width, np.max(np.abs(y)) + height / width * np.max(np.abs(x))
    # About the middle, as one should with a far origin, and moved back.
    centre = x.mean()
    fit = sm.OLS(y, sm.add_constant(x - centre, has_constant="add")).fit()
    level, slope = fit.params
    constant = np.all(y == y[0])
    more = n > 2
    sd = np.sqrt(fit.ssr / (n - 2)) if more else None
    cov = np.array([[1 / n, 0], [0, 1 / np.sum((x - centre) ** 2)]]) if more else None
    se_slope = sd * np.sqrt(cov[1, 1]) if more else None
    se_level = sd * np.sqrt(1 / n + centre**2 * cov[1, 1]) if more else None
    want = [
        (slope, s_slope),
        (level - slope * centre, s_level),
        (se_slope, s_slope),
        (se_level, s_level),
        (sd, height),
        (None if constant else np.corrcoef(x, y)[0, 1] ** 2, 1),
    ]
    at = x.max() + 5
    if more:
        ahead = fit.get_prediction([[1.0, at - centre]])
        reach = 1 + 5 / width
        want += [(ahead.predicted_mean[0], s_level), (ahead.se_mean[0], height * reach), (ahead.se_obs[0], height * reach)]
    else:
        want += [(None, 1)] * 3
    say("ols", x, y, [at], [], want=want)

    x0, y0 = x.min() - 1, y[0] + 1
    free = sm.OLS(y - y0, x - x0).fit()
    s_free = (height + 1) / (width + 1)
    want = [(free.params[0], s_free)] + ([(free.bse[0], s_free), (np.sqrt(free.scale), height + 1)] if n > 1 else [])
    say("anchored", x, y, [x0, y0], [], want=want)

    separate, joint = stats.theilslopes(y, x, 0.9, method="separate"), stats.theilslopes(y, x, 0.9, method="joint")
    nan = lambda v: v if np.isfinite(v) else None
    steep = max(s_slope, np.max(np.abs(separate[:1])))
    want = [(separate[0], steep), (separate[1], s_level), (joint[1], s_level), (nan(separate[2]), steep), (nan(separate[3]), steep)]
    if variance_is_negative(x, y):
        want[3:] = [(None, 1), (None, 1)]
    say("theil_sen", x, y, [], [], want=want)
    middle = stats.siegelslopes(y, x)
    say("siegel", x, y, [], [], want=[(middle.slope, steep), (middle.intercept, s_level)])

    pairs = [(np.sign(x[j] - x[i]) * np.sign(y[j] - y[i])) for i in range(n) for j in range(i + 1, n)]
    tau = stats.kendalltau(x, y, method="exact" if n == 2 and len(set(y)) == 2 else "asymptotic") if n > 2 or len(set(y)) == 2 else None
    untied = len(set(x)) == n and len(set(y)) == n
    exact = stats.kendalltau(x, y, method="exact").pvalue if untied and n <= 33 else None
    # scipy has no normal p for two points, where it divides by n - 2.
    want = [(tau.statistic if tau else None, 1), (tau.pvalue if n > 2 else None, 1), (exact, 1)]
    say("kendall", x, y, [], [], want=[(sum(pairs), 1), *want])

    say("describe", y, [], [], [], want=[(np.mean(y), np.max(np.abs(y))), (np.std(y, ddof=1), height), (stats.median_abs_deviation(y, scale="normal"), height)])
    if untied or len(set(x)) == n:
        say("halves", x, y, [], [], want=halves(x, y, s_slope, s_level))
    positive = np.abs(y) + 0.5
    logs = np.polynomial.Polynomial.fit(x - centre, np.log10(positive), 1).convert().coef
    logs = np.append(logs, 0.0)[:2]
    rest = np.log10(positive) - logs[0] - logs[1] * (x - centre)
    say("celeration", x, positive, [], [], want=[(10 ** logs[1], 10 ** logs[1]), (10 ** (rest.max() - rest.min()), 10 ** np.ptp(rest))])

    if more and sd > 0:
        need, goal, d = 1.2, y[0] + 20, int(rng.choice([1, -1]))
        floor = max(sd, 1 / np.sqrt(12))
        s = floor / np.sqrt(np.sum((x - centre) ** 2))
        sd_level = np.sqrt(floor**2 / n + (at - centre) ** 2 * s**2)
        p = lambda difference, se: (stats.t.cdf(difference / se, n - 2), 1)
        m = d * slope
        ahead = d * (level + slope * (at - centre) - goal)
        say("own_data", x, y, [d, need, at, goal], [], want=[p(d * need - m, s), p(0.5 * d * need - m, s), p(-m, s), p(ahead, sd_level)])


def variance_is_negative(x, y):
    ties = lambda v: sum(t * (t - 1) * (2 * t + 5) for t in np.unique(v, return_counts=True)[1])
    n = len(x)
    return n * (n - 1) * (2 * n + 5) - ties(x) - ties(y) < 0


def halves(x, y, s_slope, s_level):
    order = np.argsort(x)
    x, y = x[order], y[order]
    n = len(x)
    steep = s_slope * 10
    if n >= 3:
        outer = n // 3 + (n % 3 == 2)
        parts = [slice(0, outer), slice(outer, n - outer), slice(n - outer, n)]
        (x1, y1), (x2, y2), (x3, y3) = [(np.median(x[part]), np.median(y[part])) for part in parts]
        b = (y3 - y1) / (x3 - x1)
        tukey = [(b, steep), (np.mean([y1 - b * x1, y2 - b * x2, y3 - b * x3]), s_level * 10)]
    else:
        tukey = [(None, 1), (None, 1)]
    half = n // 2
    x1, y1, x2, y2 = np.median(x[:half]), np.median(y[:half]), np.median(x[n - half :]), np.median(y[n - half :])
    b = (y2 - y1) / (x2 - x1)
    return tukey + [(b, steep), (y1 - b * x1, s_level * 10), (np.median(y - b * x), s_level * 10)]


def families(rng, x):
    n = len(x)
    x = x - x.min()
    design = sm.add_constant(x, has_constant="add")
    trials = rng.integers(1, 21, n).astype(float)
    right = rng.binomial(trials.astype(int), special.expit(rng.normal(0, 1) + rng.normal(0, 0.3) * (x - x.mean()))).astype(float)
    s, f = x[right > 0], x[right < trials]
    overlap = len(s) and len(f) and s.max() > f.min() and f.max() > s.min()
    if overlap:
        fit = sm.GLM(np.column_stack([right, trials - right]), design, family=sm.families.Binomial()).fit(tol=1e-14, maxiter=200)
        say("trials", x, right, trials, [], want=glm(fit, n))
    else:
        say("trials", x, right, trials, [], want=[(None, 1)] * 5)

    def penalized(beta):
        p = special.expit(design @ beta)
        w = trials * p * (1 - p)
        log_likelihood = np.sum(right * special.log_expit(design @ beta) + (trials - right) * special.log_expit(-(design @ beta)))
        return -(log_likelihood + 0.5 * np.linalg.slogdet(design.T @ (w[:, None] * design))[1])

    best = optimize.minimize(penalized, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-13, "maxiter": 4000})
    say("penalized", x, right, trials, [], want=[(best.x[0], 1 + abs(best.x[0])), (best.x[1], 1 + abs(best.x[1]))])

    minutes = rng.choice([5.0, 10.0, 20.0], n)
    count = rng.poisson(minutes * np.exp(rng.normal(-0.5, 0.7) + rng.normal(0, 0.1) * (x - x.mean()))).astype(float)
    seen = x[count > 0]
    if len(seen) and seen.max() > x.min() and seen.min() < x.max():
        fit = sm.GLM(count, design, family=sm.families.Poisson(), offset=np.log(minutes)).fit(tol=1e-14, maxiter=200)
        say("counts", x, count, minutes, [], want=glm(fit, n))
    else:
        say("counts", x, count, minutes, [], want=[(None, 1)] * 5)


def glm(fit, n):
    scale = 1 + np.abs(fit.params)
    pearson = (fit.pearson_chi2 / (n - 2), 1 + fit.pearson_chi2) if n > 2 else (None, 1)
    # Standard errors of a nearly flat likelihood are as uncertain as they are large.
    return [(fit.params[0], scale[0]), (fit.params[1], scale[1]), (fit.bse[0], fit.bse[0] ** 3 + 1), (fit.bse[1], fit.bse[1] ** 3 + 1), pearson]


def distributions(rng):
    df, t = float(np.exp(rng.uniform(-0.5, 9))), float(rng.normal(0, 3))
    say("t", [t, df], [], [], [], want=[(stats.t.cdf(t, df), stats.t.cdf(t, df))])
    a, b, x = *np.exp(rng.uniform(-1, 5, 2)), rng.random()
    say("beta", [x, a, b], [], [], [], want=[(special.betainc(a, b, x), 1)])
    n = int(rng.integers(1, 60))
    k = int(rng.integers(1, n)) if n > 1 else 0
    ends = [v for method in ("wilson", "beta") for v in proportion_confint(k, n, 0.1, method)]
    say("share", [k, n], [], [], [], want=[(0.0 if np.isnan(v) else v, 1) for v in ends])


def strata(rng):
    """A stratum's prior: moderated variances, two weighted rounds by numpy, the fixed point by statsmodels."""
    goals = int(rng.choice([20, 60, 300]))
    df = rng.integers(1, 15, goals).astype(float)
    unit = np.exp(rng.uniform(-5, -2, goals))
    sigma = 80 * np.exp(rng.normal(0, 0.5, goals))
    b = rng.normal(1.2, 0.6 * rng.choice([0, 1, 2]), goals) + np.sqrt(sigma * unit) * rng.normal(size=goals)
    s2 = sigma * rng.chisquare(df) / df
    e = np.log(s2) - special.digamma(df / 2) + np.log(df / 2)
    spread = e.var(ddof=1) - special.polygamma(1, df / 2).mean()
    if spread <= 1e-3:
        return
    half = optimize.brentq(lambda v: special.polygamma(1, v) - spread, 1e-3, 1e5, xtol=1e-14, rtol=1e-14)
    d0, s0 = 2 * half, np.exp(e.mean() + special.digamma(half) - np.log(half))
    total = d0 + df
    expected = (d0 * s0 + df * s2) / total * np.where(total > 2, total / (total - 2), 1)
    v = expected * unit
    mean, tau2 = b.mean(), b.var(ddof=1) - v.mean()

    def weighted(tau2):
        w = 1 / (max(tau2, 0) + v)
        mean = np.average(b, weights=w)
        q = np.sum(w * (b - mean) ** 2)
        unit = w.sum() - np.sum(w**2) / w.sum()
        return mean, (q - (np.sum(w * v) - np.sum(w**2 * v) / w.sum())) / unit, 1 / w.sum(), np.sqrt(2 * (goals - 1)) / unit

    for _ in range(2):
        mean, tau2, mean_var, se = weighted(tau2)
    two = [(mean, 1), (tau2, 1), (mean_var, 1), (se, 1), (d0, d0), (s0, s0)]
    try:
        fixed = combine_effects(b, v, method_re="iterated", maxiter=1000, atol=1e-14).tau2
    except Exception:
        fixed = None
    # The rounds need not settle; where they do, it is there.
    square = tau2
    for _ in range(300):
        square = weighted(square)[1]
    settled = fixed is not None and fixed > 1e-3 and abs(square - fixed) < 1e-6
    say("prior", b, s2, df, unit, want=two + [(fixed if settled else None, 1)])


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    rng = np.random.default_rng(seed)
    for i in range(count):
        x, y = series(rng)
        lines(rng, x, y)
        families(rng, x)
        distributions(rng)
        if i % 10 == 0:
            strata(rng)


main()
