"""Working days and the law as dated data, with pure functions over it."""
