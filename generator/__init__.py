"""Fihrist: a folder of YAML becomes an IT provider's service catalogue and ITIL knowledge site."""

import os

__version__ = "0.1.0"

# What may be written is for the models alone to say; to look for plugins takes longer than a small change.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
