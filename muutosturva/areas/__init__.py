"""Employment areas, municipalities and what commuting says of them."""
