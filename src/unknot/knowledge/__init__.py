"""What the literature says: typed, validated, immutable facts, each with its sources."""

from unknot.knowledge.base import KnowledgeBase, load
from unknot.knowledge.places import Place

__all__ = ["KnowledgeBase", "Place", "load"]
