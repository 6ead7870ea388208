"""Where on the body: figures, the shapes of regions, and which places touch."""

from unknot.atlas.neighbours import touching

__all__ = ["touching"]
