"""Documents become policies, policies become clauses."""
