"""Tests of pledgewatch.export."""
