"""Tests of pledgewatch.report."""
