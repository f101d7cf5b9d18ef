"""Questions for other systems: what a learning platform or an item bank takes in."""
