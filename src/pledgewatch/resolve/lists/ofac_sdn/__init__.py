"""The Specially Designated Nationals list of the US Office of Foreign Assets Control."""
