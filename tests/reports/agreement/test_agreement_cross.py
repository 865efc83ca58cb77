"""Other people's libraries say the same, where they are installed; none of them is needed."""

from __future__ import annotations

from random import Random

import pytest

from qda.reports.agreement import cohen, gwet, krippendorff
from qda.reports.agreement.ratings import ratings


def made(coders: int, seed: int) -> list[list[int]]:
    random = Random(seed)
    true = [random.randrange(4) for _ in range(60)]
    return [[value if random.random() < 0.7 else random.randrange(4) for _ in range(coders)] for value in true]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("weighting", "theirs"), [("identity", None), ("linear", "linear"), ("quadratic", "quadratic")]
)
def test_kappa_of_scikit_learn(seed: int, weighting: str, theirs: str | None) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    rows = made(2, seed)
    one, two = zip(*rows, strict=True)
    theirs = None if weighting == "identity" else weighting
    ours = cohen.kappa(ratings(rows), weighting).value
    assert ours == pytest.approx(metrics.cohen_kappa_score(one, two, weights=theirs), abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_kappas_of_statsmodels(seed: int) -> None:
    rater = pytest.importorskip("statsmodels.stats.inter_rater")
    rows = made(2, seed)
    square = [[sum(row == [one, two] for row in rows) for two in range(4)] for one in range(4)]
    theirs = rater.cohens_kappa(square)
    ours = cohen.kappa(ratings(rows))
    assert ours.value == pytest.approx(theirs.kappa, abs=1e-9)
    assert ours.error == pytest.approx(theirs.std_kappa, abs=1e-9)
    many = made(5, seed)
    counts = [[row.count(value) for value in range(4)] for row in many]
    fleiss = gwet.fleiss(gwet.counted(ratings(many))).value
    assert fleiss == pytest.approx(rater.fleiss_kappa(counts), abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_alpha_and_pi_of_nltk(seed: int) -> None:
    agreement = pytest.importorskip("nltk.metrics.agreement")
    rows = made(3, seed)
    task = agreement.AnnotationTask([(str(c), str(u), v) for u, row in enumerate(rows) for c, v in enumerate(row)])
    rated = ratings(rows)
    assert krippendorff.alpha(rated).value == pytest.approx(task.alpha(), abs=1e-9)
    assert gwet.fleiss(gwet.counted(rated)).value == pytest.approx(task.pi(), abs=1e-9)
