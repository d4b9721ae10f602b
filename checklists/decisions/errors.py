"""What deciding refuses."""

from media.refusals import Refusal


class NotDecidable(Refusal):
    """The choice does not go with what it is on."""

    zh = "不能作出这一决定：{why}"
    en = "This cannot be decided: {why}"
