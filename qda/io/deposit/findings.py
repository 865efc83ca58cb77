"""What a deposit holds beside texts and codings: claims, summaries, facts, and the datasets of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.confidential import INTERNAL, PUBLIC
from qda.model.project import Left

if TYPE_CHECKING:
    from qda.io.deposit.package import Package
    from qda.store import Study

_WITHHELD = "touch what is confidential, and are left out"


def add_findings(package: Package, study: Study) -> tuple[dict[str, int], list[Left]]:
    """Add the claims, summaries, facts and datasets of a study; there is no file of what it has none of.

    Under `--profile public`, citations and summaries that rest on confidential words stay out. The bytes of a dataset
    as it came in go along only where nobody's name is looked for: they may be in any encoding.

    Returns:
        How many of each kind went, and what was withheld.

    Raises:
        OSError: The package cannot be written.
    """
    counts, withheld = {}, []
    for name, add in (("claims", _claims), ("summaries", _summaries), ("facts", _facts), ("datasets", _datasets)):
        counts[name], left = add(package, study)
        withheld += [left] if left else []
    return counts, withheld


def _claims(package: Package, study: Study) -> tuple[int, Left | None]:
    from qda.io.claims import is_withheld, write_claims

    claims = study.claims.all()
    if claims:
        package.add("claims.md", write_claims(study))
    public = study.outside.profile == PUBLIC
    secret = sum(map(is_withheld, study.claims.citations())) if public else 0
    return len(claims), Left("citations for and against claims", secret, _WITHHELD) if secret else None


def _summaries(package: Package, study: Study) -> tuple[int, Left | None]:
    from qda.io.registers.summaries import summaries_table
    from qda.io.tables import write_table
    from qda.reports.published import withheld_summaries

    secret = withheld_summaries(study) if study.outside.profile == PUBLIC else frozenset[str]()
    header, rows = summaries_table(study, without=secret)
    if rows:
        package.add("summaries.csv", write_table(header, rows))
    return len(rows), Left("summaries of cases by theme", len(secret), _WITHHELD) if secret else None


def _facts(package: Package, study: Study) -> tuple[int, Left | None]:
    from qda.io.registers.facts import facts_table
    from qda.io.tables import write_table

    header, rows = facts_table(study)
    if rows:
        package.add("facts.csv", write_table(header, rows))
    return len(rows), None


def _datasets(package: Package, study: Study) -> tuple[int, Left | None]:
    from qda.io.datasets import dataset_csv, dataset_page
    from qda.io.outgoing import Names, as_file_name

    names, datasets = Names(folded=True), study.datasets.all()
    for one in datasets:
        place = f"datasets/{names.give(as_file_name(one.name))}"
        data = study.datasets.data(one)
        package.add(f"{place}/data.csv", dataset_csv(data))
        package.add(f"{place}/README.md", dataset_page(study, one, data))
        if study.outside.profile == INTERNAL:
            package.add(f"{place}/as-it-came.csv", study.datasets.raw(one))
    return len(datasets), None
