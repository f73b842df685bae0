"""What screens, documents and use cases read of the incidents."""
