"""What pages are made of: menus, charts with their evidence, the reader of an article."""
