"""Where finished pages go: the folder that is served, and the host that dresses them."""
