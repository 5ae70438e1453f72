"""Any list written as FollowTheMoney JSON lines."""
