"""
Approximate posteriors of a noisy-OR piece that is too wide for the exact way: damped belief propagation.

Each finding tells each cause how much likelier it makes it, the others being believed as they are told by
the *other* findings (Pearl 1988, ch. 4, on a network with loops). Such messages oscillated in QMR-DT, whose
priors are tiny (Murphy, Weiss & Jordan, UAI 1999, 467-475); half of the last message is kept in each round,
and the rounds are of a fixed number, so the result is the same every time. How far it is from the truth is
measured in ``tests/reasoning/test_inference.py`` where the exact way can still be gone.
"""

from __future__ import annotations

import numpy as np

from unknot.reasoning.pieces import Piece, Posterior

ROUNDS = 60
KEPT = 0.5


def solve(piece: Piece) -> Posterior:
    """The approximate posterior of every cause and group; of a group as if its causes were independent."""
    points = [point for group in piece.groups for point in group]
    link_cause = np.array([c for c, point in enumerate(points) for _ in point.links])
    link_finding = np.array([finding for point in points for finding, _ in point.links])
    chance = np.array([chance for point in points for _, chance in point.links])
    prior = np.array([point.prior for point in points])
    prior_odds = np.log(prior) - np.log1p(-prior)
    leak_silent = np.log1p(-np.array(piece.leaks))

    told = np.zeros(len(chance))
    odds = prior_odds
    for _ in range(ROUNDS):
        believed = 1 / (1 + np.exp(told - odds[link_cause]))
        silent = np.log1p(-chance * believed)
        all_silent = leak_silent + np.bincount(link_finding, silent, len(piece.leaks))
        others_silent = np.exp(all_silent[link_finding] - silent)
        says = np.log1p(-(1 - chance) * others_silent) - np.log1p(-others_silent)
        told = KEPT * told + (1 - KEPT) * says
        odds = prior_odds + np.bincount(link_cause, told, len(points))
    return _grouped(piece, 1 / (1 + np.exp(-odds)))


def _grouped(piece: Piece, posterior: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Posterior:
    """The flat posteriors in the groups' shape."""
    by_group, any_of, start = [], [], 0
    for group in piece.groups:
        mine = posterior[start : start + len(group)]
        start += len(group)
        by_group.append(tuple(mine.tolist()))
        any_of.append(float(1 - np.prod(1 - mine)))
    return Posterior(tuple(by_group), tuple(any_of))
