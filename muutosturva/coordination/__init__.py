"""Use cases that join rooms: setting up a store, preview and trigger, exports, the demo."""
