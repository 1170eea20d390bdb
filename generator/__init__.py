"""Fihrist: a folder of YAML becomes an IT provider's service catalogue and ITIL knowledge site."""

__version__ = "0.1.0"
