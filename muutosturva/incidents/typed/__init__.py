"""What people type: dates, moments, numbers, ids, pasted lines."""
