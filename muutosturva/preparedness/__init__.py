"""The roster and the parties that stand ready between incidents."""
