"""Numbers that are one value: tolerances from the data, and buckets around the dominant number.

Tolerance and buckets follow Li, Dong, Lyons, Meng and Srivastava, "Truth Finding on the Deep Web"
(PVLDB 6(2), 2012): a hundredth of an attribute's median, half of it to each side of the number that
most sources give. That rule is for numbers of one size (times of a day, prices of one share). Where
an attribute's numbers differ in size themselves (inhabitants of villages and of capitals) it is a
hundredth of the number.

Belongs here: which values of an item stand for one number. Does not belong here: which is right.
"""

import numpy as np
from numpy.typing import NDArray

from summit_pipeline.reconcile.truth_discovery.coded_claims import CodedClaims, Floats, Ints

_SHARE = 0.01
# Numbers of one size: the ninth decile is at most this many times the first. Minutes of a day in
# the flight data of the paper: 3; inhabitants of places: over 100.
_ONE_SIZE = 20.0
# Rounds of bucketing; an item has as many buckets, what is left stands alone.
_MOST_BUCKETS = 32


def tolerances(claims: CodedClaims, is_number: NDArray[np.bool_]) -> Floats:
    """How far from each value another one is still the same; NaN for values that are no numbers.

    Args:
        claims: the claims.
        is_number: for each attribute, whether its values are numbers.
    """
    numbers, attribute = claims.numbers, claims.values.get_column("attribute").to_numpy()
    found = np.full(len(numbers), np.nan)
    counts = claims.counts()
    for code in np.flatnonzero(is_number):
        own = (attribute == code) & ~np.isnan(numbers)
        sizes = np.abs(numbers[own])
        if not len(sizes):
            continue
        low, middle, high = _deciles(sizes, counts[own])
        one_size = high <= _ONE_SIZE * low
        found[own] = _SHARE * (middle if one_size else sizes)
    return found


def _deciles(sizes: Floats, weights: Floats) -> tuple[float, float, float]:
    """First decile, median and ninth decile of weighted numbers."""
    order = np.argsort(sizes, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    places = np.minimum(np.searchsorted(reached, (0.1, 0.5, 0.9)), len(sizes) - 1)
    low, middle, high = sizes[order][places]
    return float(low), float(middle), float(high)


def bucket(claims: CodedClaims, tolerance: Floats) -> Ints:
    """For each value the value that stands for its bucket: the one that most sources give.

    Of equally many, the more precisely written (fewer zeros at its end), then the smaller.
    """
    item, numbers, counts = claims.item_of_value, claims.numbers, claims.counts()
    stands_for = np.arange(len(numbers))
    left = np.flatnonzero(~np.isnan(tolerance) & ~np.isnan(numbers))
    rank = np.lexsort((numbers[left], roundness(claims)[left], -counts[left], item[left]))
    left = left[rank]
    for _ in range(_MOST_BUCKETS):
        if not len(left):
            break
        owners, first = np.unique(item[left], return_index=True)
        head = left[first][np.searchsorted(owners, item[left])]
        reach = np.maximum(tolerance[left], tolerance[head]) / 2
        near = np.abs(numbers[left] - numbers[head]) <= reach * (1 + 1e-9)
        stands_for[left[near]] = head[near]
        left = left[~near]
    return stands_for


def roundness(claims: CodedClaims) -> Ints:
    """Zeros at the end of each value's text: 46000 is written less precisely than 47018."""
    zeros = claims.values.get_column("value").str.extract(r"(0*)$").str.len_chars()
    return zeros.fill_null(0).cast(int).to_numpy()
