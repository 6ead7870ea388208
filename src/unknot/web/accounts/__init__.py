"""Accounts: who signs in, by e-mail."""
