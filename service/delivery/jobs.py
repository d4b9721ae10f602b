"""What the timetable calls."""

from service.delivery.post import BATCH, Post


def address(post: Post) -> int:
    """Address every message that waits; return how many."""
    done = 0
    while True:
        batch = post.address()
        done += batch
        if batch < BATCH:
            return done


def deliver(post: Post) -> int:
    """Start the deliveries that are due; return to how many receivers."""
    return post.dispatch()
