"""The demo: the whole of Unknot on this machine, with a database of its own."""
