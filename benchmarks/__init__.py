"""How fast the site is built, beside other programs on the same pages: `python -m benchmarks`."""
