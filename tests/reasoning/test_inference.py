"""The ways of solving a piece, against plain enumeration and against each other."""

from __future__ import annotations

from itertools import product
from math import prod
from random import Random

import pytest

from unknot.reasoning import exact, loopy
from unknot.reasoning.beliefs import WIDEST, solve
from unknot.reasoning.pieces import Piece, PointIn, Posterior, joined
from unknot.reasoning.sweep import Apply, Leave, sweep

CAUSES = 9


def enumerated(piece):
    """The posterior by its definition: the sum over every combination of causes."""
    causes = [(g, n, point) for g, group in enumerate(piece.groups) for n, point in enumerate(group)]
    points = [[0.0] * len(group) for group in piece.groups]
    any_of = [0.0] * len(piece.groups)
    total = 0.0
    for active in product((False, True), repeat=len(causes)):
        on = [cause for cause, is_on in zip(causes, active, strict=True) if is_on]
        silent = [1 - leak for leak in piece.leaks]
        for _, _, point in on:
            for finding, chance in point.links:
                silent[finding] *= 1 - chance
        weight = prod(
            p.prior if is_on else 1 - p.prior for (_, _, p), is_on in zip(causes, active, strict=True)
        )
        weight *= prod(1 - s for s in silent)
        total += weight
        for g, n, _ in on:
            points[g][n] += weight
        for g in {g for g, _, _ in on}:
            any_of[g] += weight
    return Posterior(
        tuple(tuple(p / total for p in group) for group in points), tuple(a / total for a in any_of)
    )


def random_piece(seed, findings=None, causes=CAUSES):
    rng = Random(seed)
    findings = findings or rng.randint(1, 6)
    groups, left = [], causes
    while left:
        group = []
        for _ in range(min(left, rng.choice((1, 1, 2, 3)))):
            reached = sorted(rng.sample(range(findings), min(findings, rng.choice((0, 1, 1, 2, 3)))))
            group.append(
                PointIn(rng.uniform(0.01, 0.4), tuple((f, rng.choice((0.2, 0.3, 0.6))) for f in reached))
            )
        if any(point.links for point in group):
            groups.append(tuple(group))
            left -= len(group)
    return Piece(tuple(rng.uniform(0.005, 0.05) for _ in range(findings)), tuple(groups))


def flat(posterior):
    return [*posterior.at_least_one, *(chance for group in posterior.points for chance in group)]


@pytest.mark.parametrize("seed", range(40))
def test_the_exact_way_agrees_with_enumeration(seed):
    piece = random_piece(seed)
    assert flat(exact.solve(piece, sweep(piece, WIDEST))) == pytest.approx(flat(enumerated(piece)), abs=1e-12)


def test_the_exact_way_loses_nothing_where_findings_are_very_unlikely():
    """Quickscore's alternating signs would: the findings' chance here is about 1e-16."""
    point = (PointIn(1e-3, tuple((f, 0.5) for f in range(4))),)
    piece = Piece((1e-6,) * 6, (point, (PointIn(1e-5, ((3, 0.5), (4, 0.2), (5, 0.2))),)))
    assert flat(exact.solve(piece, sweep(piece, WIDEST))) == pytest.approx(flat(enumerated(piece)), rel=1e-9)


@pytest.mark.parametrize("seed", range(40))
def test_the_approximate_way_comes_near_the_truth(seed):
    piece = random_piece(seed)
    assert flat(loopy.solve(piece)) == pytest.approx(flat(enumerated(piece)), abs=0.12)


def test_the_approximate_way_is_exact_without_loops():
    """One finding in common, and the points of one muscle, make no loop."""
    piece = Piece(
        (0.01, 0.02),
        (
            (PointIn(0.1, ((0, 0.6),)), PointIn(0.05, ((0, 0.2), (1, 0.6)))),
            (PointIn(0.2, ((0, 0.3),)),),
            (PointIn(0.1, ((1, 0.6),)),),
        ),
    )
    assert flat(loopy.solve(piece)) == pytest.approx(flat(enumerated(piece)), abs=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_on_wider_pieces_the_two_ways_agree_on_the_whole(seed):
    piece = random_piece(100 + seed, findings=14, causes=40)
    truth = flat(exact.solve(piece, sweep(piece, 14)))
    found = flat(loopy.solve(piece))
    errors = [abs(a - b) for a, b in zip(truth, found, strict=True)]
    assert sum(errors) / len(errors) < 0.03
    assert max(errors) < 0.25


def test_a_wide_piece_is_solved_all_the_same():
    piece = random_piece(5, findings=12, causes=40)
    assert sweep(piece, 3) is None
    assert all(0 <= chance <= 1 for chance in flat(solve(piece, widest=3)))
    assert solve(piece, widest=3) == loopy.solve(piece)


@pytest.mark.parametrize("seed", range(20))
def test_a_sweep_meets_every_group_before_its_findings_leave(seed):
    piece = random_piece(seed, findings=8, causes=20)
    order = sweep(piece, WIDEST)
    left = set()
    applied = []
    for step in order.steps:
        if isinstance(step, Apply):
            assert not left & set(step.slots)
            assert len(set(step.slots.values())) == len(step.slots)
            assert max(step.slots.values()) < order.width
            applied.append(step.group)
        else:
            assert isinstance(step, Leave)
            left.add(step.finding)
    assert left == set(range(8))
    assert sorted(applied) == [g for g, reach in enumerate(piece.reaches) if reach.bit_count() > 1]


def test_two_causes_of_one_finding_explain_each_other_away():
    alone = Piece((0.01,), ((PointIn(0.1, ((0, 0.6),)),),))
    both = Piece((0.01,), (*alone.groups, (PointIn(0.3, ((0, 0.6),)),)))
    assert solve(both).at_least_one[0] < solve(alone).at_least_one[0]


def test_joined_findings_come_together():
    assert joined([0b10001, 0b00110, 0b00100], 5) == [0b10001, 0b00110, 0b01000]
