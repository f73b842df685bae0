"""The use cases: values in, one transaction with one event, values out."""
