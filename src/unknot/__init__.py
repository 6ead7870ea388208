"""Unknot: from where it hurts to a safe, planned and measured course of treatment."""

__version__ = "0.1.0"
