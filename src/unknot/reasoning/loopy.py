"""
Approximate posteriors of a noisy-OR piece that is too wide for the exact way: damped belief propagation.

Each finding tells each group of causes how well it goes with every state of the group (which of its causes
are active), the other groups being believed as the *other* findings tell them (Pearl 1988, ch. 4, on a
network with loops). With whole groups for nodes, the points of one muscle explain each other away exactly.
Such messages oscillated in QMR-DT, whose priors are tiny (Murphy, Weiss & Jordan, UAI 1999, 467-475); so
half of the last message is kept in each round, and the rounds are of a fixed number. How far the result is
from the truth is measured in ``tests/reasoning/test_inference.py``, on pieces where the exact way can still
be gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
import numpy.typing as npt

from unknot.reasoning.pieces import Group, Piece, Posterior, bits_of

ROUNDS = 40
KEPT = 0.5

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Flat:
    """
    A piece as flat arrays.

    A state is a set of active causes of one group; a bond joins a group and a finding that it reaches; an
    entry is a state with a bond of its group, and ``silent`` the chance that this state does not cause it.
    """

    state_group: Indices
    state_prior: Numbers
    bond_finding: Indices
    entry_state: Indices
    entry_bond: Indices
    silent: Numbers


def solve(piece: Piece) -> Posterior:
    """The approximate posterior of every cause and group."""
    states = [tuple(product((0, 1), repeat=len(group))) for group in piece.groups]
    chances = _propagate(_flat(piece, states), piece)
    points, any_of, start = [], [], 0
    for of_group in states:
        mine = chances[start : start + len(of_group)]
        start += len(of_group)
        points.append(tuple((mine @ np.array(of_group)).tolist()))
        any_of.append(float(mine[1:].sum()))
    return Posterior(tuple(points), tuple(any_of))


def _flat(piece: Piece, states: list[tuple[tuple[int, ...], ...]]) -> _Flat:
    state_group: list[int] = []
    state_prior: list[float] = []
    bond_finding: list[int] = []
    entries: list[tuple[int, int, float]] = []
    for g, group in enumerate(piece.groups):
        reached = bits_of(piece.reaches[g])
        for active in states[g]:
            for n, finding in enumerate(reached):
                entries.append((len(state_group), len(bond_finding) + n, _silent(group, active, finding)))
            state_group.append(g)
            state_prior.append(_prior(group, active))
        bond_finding += reached
    entry_state, entry_bond, silent = zip(*entries, strict=True)
    return _Flat(
        np.array(state_group),
        np.array(state_prior),
        np.array(bond_finding),
        np.array(entry_state),
        np.array(entry_bond),
        np.array(silent),
    )


def _propagate(flat: _Flat, piece: Piece) -> Numbers:
    """The chance of every state within its group."""
    bonds, states = len(flat.bond_finding), len(flat.state_prior)
    leak_silent = np.log1p(-np.array(piece.leaks))
    told = np.zeros(len(flat.silent))
    weight = np.log(flat.state_prior)
    for _ in range(ROUNDS):
        believed = np.exp(weight[flat.entry_state] - told)
        expected = np.bincount(flat.entry_bond, believed * flat.silent, bonds)
        bond_silent = np.log(expected / np.bincount(flat.entry_bond, believed, bonds))
        all_silent = leak_silent + np.bincount(flat.bond_finding, bond_silent, len(piece.leaks))
        others_silent = np.exp(all_silent[flat.bond_finding] - bond_silent)
        says = np.log1p(-others_silent[flat.entry_bond] * flat.silent)
        told = KEPT * told + (1 - KEPT) * says
        weight = np.log(flat.state_prior) + np.bincount(flat.entry_state, told, states)
    chance = np.exp(weight)
    return chance / np.bincount(flat.state_group, chance)[flat.state_group]


def _prior(group: Group, active: tuple[int, ...]) -> float:
    return prod(point.prior if on else 1 - point.prior for point, on in zip(group, active, strict=True))


def _silent(group: Group, active: tuple[int, ...], finding: int) -> float:
    return prod(
        1 - chance
        for point, on in zip(group, active, strict=True)
        for reached, chance in point.links
        if on and reached == finding
    )
