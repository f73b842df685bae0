"""What ships as content: playbooks, standing data, and the plans that follow from them."""
