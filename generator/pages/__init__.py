"""Edition → typed page objects, the addresses, the map of the site."""
