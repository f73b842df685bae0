"""Engine, migrations, unit of work, chained event log, rule-book rows and checks."""
