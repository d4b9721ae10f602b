"""What drawing up and publishing refuse."""

from media.refusals import Refusal


class StepNotAllowed(Refusal):
    zh = "检查表当前状态为“{told}”，不能执行“{step}”。"
    en = "The checklist is {told}; {step} is not possible now."


class OwnProposal(Refusal):
    """Published by a second person."""

    zh = "检查表须由提出者以外的人员发布。"
    en = "Somebody other than its proposer publishes a checklist."


class NothingToPublish(Refusal):
    zh = "检查表没有任何检查项，不能发布：{why}"
    en = "The checklist has no item and cannot be published: {why}"
