"""Speed and memory, each figure beside a named peer that did the same work in the same run. ``python -m bench``."""
