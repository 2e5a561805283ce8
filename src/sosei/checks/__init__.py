"""The review (点検): rules that find what does not add up in a plan and its yearly report."""
