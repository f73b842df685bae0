"""The incident: opening, anchors, waves, tasks, roles, answers, notes, states and grouping."""
