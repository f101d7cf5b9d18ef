"""Questions from other systems: what they wrote, read as untrusted, made into drafts of cards."""
