"""The UK's lists: OFSI's consolidated list of financial sanctions targets, and the UK Sanctions List."""
