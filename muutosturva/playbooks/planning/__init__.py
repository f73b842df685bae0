"""From a playbook and what is known to a plan: answers, dates, rules of the law, steps."""
