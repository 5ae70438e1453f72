"""Tests of pledgewatch.release."""
