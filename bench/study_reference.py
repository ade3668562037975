"""The Python side of bench/study.sh: variant `clean` of the reference study with pandas, SciPy, scikit-learn and XGBoost.

usage: study_reference.py SHARED JOBS       prints a line `stage <TAB> wall seconds` for each stage

Scaling rule, CCC, rank-sum, mRMR (in NumPy, which is faster than the packages) and clinical screen are fitted once in each fold, then the
100 configurations of each of the four models are fitted on the five folds, JOBS at a time, one thread each.
"""
import json, os, sys, time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
os.environ["PYTHONWARNINGS"] = "ignore"
import warnings

warnings.simplefilter("ignore")
import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy import stats
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.svm import SVC
from xgboost import XGBClassifier

STUDY, JOBS = os.path.join(sys.argv[1], "golden", "study"), int(sys.argv[2])
CLINICAL = ["age", "female", "bmi", "bmd", "vas", "odi", "ivc", "tlf", "location", "height_reduction", "cobb"]
BINARY = ["female", "ivc", "tlf", "location"]


def measure(stage, work):
    start = time.perf_counter()
    result = work()
    print(f"{stage}\t{time.perf_counter() - start:.3f}", flush=True)
    return result


def read(name):
    return pd.read_csv(os.path.join(STUDY, "synthetic", name), index_col="id")


def scaling(x):
    """Centre and scale of each column: mean and sd, or median and interquartile range where the rule says so."""
    q1, q2, q3 = np.quantile(x, [0.25, 0.5, 0.75], axis=0)
    iqr = q3 - q1
    outliers = ((x < q1 - 1.5 * iqr) | (x > q3 + 1.5 * iqr)).mean(0)
    plain = (np.abs(stats.skew(x)) < 2) & (stats.kurtosis(x, fisher=False) < 7) & (outliers <= 0.1)
    return np.where(plain, x.mean(0), q2), np.where(plain, x.std(0, ddof=1), iqr)


def concordance(a, b):
    ma, mb = a.mean(0), b.mean(0)
    return 2 * ((a - ma) * (b - mb)).mean(0) / (a.var(0) + b.var(0) + (ma - mb) ** 2)


def mrmr(x, y, count):
    """F-test correlation quotient, by keeping the sum of |r| to the columns chosen so far."""
    n, events = len(y), y == 1
    within = ((x[events] - x[events].mean(0)) ** 2).sum(0) + ((x[~events] - x[~events].mean(0)) ** 2).sum(0)
    total = ((x - x.mean(0)) ** 2).sum(0)
    relevance = (total - within) / (within / (n - 2))
    unit = (x - x.mean(0)) / np.sqrt(total)
    chosen, redundancy = [int(np.argmax(relevance))], np.zeros(x.shape[1])
    while len(chosen) < count:
        redundancy += np.maximum(np.abs(unit.T @ unit[:, chosen[-1]]), 0.001)
        score = relevance / (redundancy / len(chosen))
        score[chosen] = -np.inf
        chosen.append(int(np.argmax(score)))
    return chosen


def prepare(clinical, first, second, y, train, validation):
    def fitted(frame, again=None):
        centre, scale = scaling(frame[train])
        return (frame - centre) / scale, None if again is None else (again - centre) / scale

    a, b = fitted(first, second)
    keep = np.flatnonzero(concordance(a[train], b[train]) >= 0.85)
    p = stats.mannwhitneyu(a[train][y[train] == 1][:, keep], a[train][y[train] == 0][:, keep], method="asymptotic").pvalue
    passed = keep[p < 0.1] if (p < 0.1).sum() >= 20 else keep[np.argsort(p)[:50]]
    radiomic = passed[mrmr(a[train][:, passed], y[train], 20)]
    columns = []
    for name in CLINICAL:
        values = clinical[name].to_numpy(float)
        t, o = values[train], y[train]
        if name in BINARY:
            p = stats.chi2_contingency(pd.crosstab(t, o))[1]
        else:
            p = stats.mannwhitneyu(t[o == 1], t[o == 0], method="asymptotic").pvalue
            values = fitted(values[:, None])[0][:, 0]
        if p < 0.1:
            columns.append(values)
    x = np.column_stack([*columns, a[:, radiomic]])
    return x[train], y[train], x[validation], y[validation]


def make(model, setting):
    s = dict(setting)
    if model == "lr":
        return LogisticRegression(solver="saga", max_iter=1000, tol=1e-4, random_state=0, **s)
    if model == "svm":
        return SVC(**s)
    if model == "rf":
        return RandomForestClassifier(random_state=0, n_jobs=1, **s)
    return XGBClassifier(tree_method="hist", max_bin=256, reg_lambda=1, n_jobs=1, random_state=0, **s)


def score(model, setting, fold):
    x, y, xv, yv = fold
    estimator = make(model, setting)
    if model == "xgb":
        estimator.set_params(base_score=float(y.mean()))
    estimator.fit(x, y)
    risk = estimator.decision_function(xv) if model in ("lr", "svm") else estimator.predict_proba(xv)[:, 1]
    return roc_auc_score(yv, risk)


def search(model, settings, folds):
    results = Parallel(n_jobs=JOBS)(delayed(score)(model, setting, fold) for setting in settings for fold in folds)
    means = np.reshape(results, (len(settings), len(folds))).mean(1)
    print(f"best {model}\t{means.max():.4f}\t{settings[int(means.argmax())]}", flush=True)


def main():
    clinical, first, second = measure("read", lambda: [read(f"{n}.csv.gz") for n in ("clinical", "reader1", "reader2")])
    y = clinical["rbp"].to_numpy(int)
    split = json.load(open(os.path.join(STUDY, "synthetic", "split.json")))
    train, fold_of = np.array(split["train"]), np.array(split["fold_of_train"])
    first, second = first.loc[clinical.index].to_numpy(float), second.loc[clinical.index].to_numpy(float)
    folds = measure("preparation in folds", lambda: [
        prepare(clinical, first, second, y, train[fold_of != f], train[fold_of == f]) for f in range(5)])
    trials = json.load(open(os.path.join(STUDY, "grids.json")))["trials"]
    for model in ("lr", "svm", "xgb", "rf"):
        measure(f"search {model}", lambda: search(model, trials[model], folds))


main()
