"""The trained head of bearing: does a statement say that something holds, that it does not, or neither?"""

from __future__ import annotations

from pledgewatch.weigh.head.entail import Entailment, entail

__all__ = ["Entailment", "entail"]
