"""What the checklists refuse."""

from media.refusals import Refusal


class OwnProposal(Refusal):
    """Publishing takes a second person, whatever accounts the first one has."""

    zh = "检查表须由提出人以外的另一人发布。请由其他监督员或管理员办理。"
    en = "A checklist is published by another person than the one who proposed it."


class StepNotAllowed(Refusal):
    zh = "检查表当前状态为 {status}，不能执行 {step}。请重新读取后再试。"
    en = "The checklist is {status}; the step {step} is not possible now. Read it again."


class NothingToPublish(Refusal):
    zh = "检查表没有检查项，不能发布：{why}"
    en = "The checklist has no items and cannot be published: {why}"
