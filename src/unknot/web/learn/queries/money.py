"""What it costs, and who may pay."""

from __future__ import annotations

from dataclasses import dataclass

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.billing import Coverage, GoodFaithEstimate, HsaFsa, Price
from unknot.web.learn import links
from unknot.web.learn.links import Link
from unknot.web.learn.references import Mark, Reference, References

ASKED = ("what_does_it_cost", "does_insurance_pay", "do_i_need_a_referral")


@dataclass(frozen=True)
class PriceShown:
    """A usual price range in US dollars."""

    price: Price
    mark: Mark


@dataclass(frozen=True)
class CoverageShown:
    """What one kind of payer covers; ``remembered`` where no source was read."""

    coverage: Coverage
    remembered: bool
    mark: Mark


@dataclass(frozen=True)
class PricesPage:
    """Prices, insurance, savings accounts and the estimate that law asks for."""

    prices: tuple[PriceShown, ...]
    coverage: tuple[CoverageShown, ...]
    hsa_fsa: HsaFsa
    hsa_fsa_mark: Mark
    estimate: GoodFaithEstimate
    estimate_mark: Mark
    questions: tuple[Link, ...]
    references: tuple[Reference, ...]


def prices_page(kb: KnowledgeBase) -> PricesPage:
    """What it costs in the United States, and who may pay."""
    references = References()
    billing = kb.billing
    return PricesPage(
        prices=tuple(PriceShown(p, references.mark(p.sources)) for p in kb.prices.values()),
        coverage=tuple(
            CoverageShown(c, c.checked == "memory", references.mark(c.sources)) for c in kb.coverage.values()
        ),
        hsa_fsa=billing.hsa_fsa,
        hsa_fsa_mark=references.mark(billing.hsa_fsa.sources),
        estimate=billing.good_faith_estimate,
        estimate_mark=references.mark(billing.good_faith_estimate.sources),
        questions=tuple(links.question(kb, q) for q in ASKED),
        references=references.listed(),
    )
