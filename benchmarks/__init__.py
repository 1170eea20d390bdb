"""How fast the site is built, beside Hugo on the same pages: `python -m benchmarks`."""
