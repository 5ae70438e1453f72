"""The consolidated list of persons, groups and entities under EU financial sanctions."""
