"""Words beside a number that look like bounds or shares and are none."""

from __future__ import annotations

from pledgewatch.text.numbers import find_estimates


def test_an_eighth_post_is_a_place_in_a_row_and_an_eighth_of_the_posts_is_a_share() -> None:
    assert find_estimates("The Front handed over an eighth post.") == ()
    assert [estimate.best for estimate in find_estimates("The Front handed over an eighth of the posts.")] == [0.125]


def test_over_is_no_bound_where_it_belongs_to_the_verb() -> None:
    (handed,) = find_estimates("The Front handed over seven posts.")
    (held,) = find_estimates("The Front held over seven posts.")
    assert (handed.low, handed.best) == (None, 7)
    assert (held.low, held.best) == (7, None)
