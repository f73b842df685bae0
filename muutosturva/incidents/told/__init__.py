"""The log and the plan in words, for whoever was not there."""
