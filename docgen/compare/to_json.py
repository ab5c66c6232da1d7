"""A comparison for programs: one object. The matrix is whole, the evidence of the first pairs."""

from docgen.compare import Comparison, Detail
from docgen.compare.shared import Pair

#: Of more pairs than this the sentences are left out (`null`): the likeliest come first.
MOST_PAIRS = 200


def to_json(comparison: Comparison) -> dict[str, object]:
    """Return the comparison in the shape of `--json`."""
    shared = comparison.shared
    return {
        "threshold": comparison.threshold,
        "inputs": [_input_record(comparison, index) for index in range(len(comparison.sources))],
        "matrix": [[round(share, 4) for share in row] for row in shared.matrix],
        "pairs": [
            _pair_record(comparison, pair, evidence=number < MOST_PAIRS)
            for number, pair in enumerate(comparison.pairs)
        ],
        "common": [common._asdict() for common in shared.common],
        "detail": _detail_record(comparison.detail) if comparison.detail else None,
    }


def _input_record(comparison: Comparison, index: int) -> dict[str, object]:
    source = comparison.sources[index]
    kinds = [sentence.kind for sentence in comparison.texts[index]]
    counted = comparison.shared.sizes[index]
    return {
        "input": source.path,
        "body": source.report.body.name,
        "year": source.report.year,
        "form": source.form.key,
        "errors": source.errors,
        "sentences": len(kinds),
        "counted": counted,
        "formulas": kinds.count("formula"),
        "common": len(comparison.shared.texts.own[index]) - counted,
        "cut": comparison.is_cut(index),
    }


def _pair_record(comparison: Comparison, pair: Pair, *, evidence: bool) -> dict[str, object]:
    matches = comparison.evidence(pair) if evidence else None
    return {
        "first": pair.first,
        "second": pair.second,
        "share": round(pair.share, 4),
        "of_first": round(pair.of_first, 4),
        "of_second": round(pair.of_second, 4),
        "sentences": matches and [match._asdict() for match in matches],
    }


def _detail_record(detail: Detail) -> dict[str, object]:
    return {
        "facts": [each._asdict() for each in detail.facts],
        "figures": [each._asdict() for each in detail.figures],
        "only_first": [each._asdict() for each in detail.only_first],
        "only_second": [each._asdict() for each in detail.only_second],
        "sections": [
            {"title": title, "changes": [change._asdict() for change in changes]}
            for title, changes in detail.sections
        ],
        "kept_of_first": round(detail.kept[0], 4),
        "kept_of_second": round(detail.kept[1], 4),
    }
