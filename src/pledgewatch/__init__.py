"""Pledgewatch: is a promise between armed parties being kept, on what evidence, and how sure may one be?"""
