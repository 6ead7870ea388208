"""
The numbers of the network: how likely, how strong, how often by chance.

They are readings of the books' own words, made into probabilities by us; no study measured them. What
follows from them is tested: see ``docs/reasoning.md``. A link is the chance that an active point makes a
person *draw* a place: that it hurts there and that they mark it. So one number serves for what was drawn
and for what was not, and because people draw incompletely, a place left blank speaks only weakly against a
point.
"""

from __future__ import annotations

ACTIVE: dict[int, float] = {1: 0.01, 2: 0.02, 3: 0.04, 4: 0.08, 5: 0.16}
"""
Prevalence in the muscle files (1-5) → chance that a muscle, on one side, has an active trigger point in a
person who seeks this massage. The scale is a judgement, so each step simply doubles.
"""

ESSENTIAL = 0.6
"""Where a point "refers pain in nearly everyone" (0.9 or more), drawn by about two of three who feel it."""

SPILLOVER = 0.2
"""Where it "sometimes spreads": about three in ten, drawn by two of three of them."""

OTHER_SIDE = 0.3
"""Where it crosses to the other side of the body; the books say neither "always" nor "rarely"."""

WORSENED = 0.5
"""A motion that aggravates or restricts the muscle, named as such by the person."""

NEARLY_WORSENED = 0.3
"""The motion hurts by the books but the person says it is restricted, or the other way round."""

MOTION_LEAK = 0.2
"""A motion hurts for a reason outside the network: a joint, a tendon, no reason that is known."""


def place_leak(pain: int) -> float:
    """
    The chance that a place is drawn with this pain (1-10) though no trigger point sends pain there.

    Over the body's 195 places it lets a person draw about one that the network knows nothing of. It carries
    the weight of a finding: a faint pain (0.05) is easily there for no reason, the worst one (0.005) asks
    for an explanation. This is Pearl's virtual evidence (1988): a likelihood ratio for "there is
    pain" scales what is left of a noisy-OR finding, which is the same as a larger leak.

    >>> [round(place_leak(pain), 3) for pain in (1, 5, 10)]
    [0.05, 0.018, 0.005]
    """
    return 0.005 * 10 ** ((10 - pain) / 9)
