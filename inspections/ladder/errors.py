"""What the ladder refuses."""

from media.refusals import Refusal


class MeasureStepNotAllowed(Refusal):
    zh = "该措施当前状态为“{told}”，不能执行“{step}”。请刷新后查看。"
    en = "The measure is {told}; {step} is not possible now. Load it again."


class RecordLacks(Refusal):
    zh = "办理记录缺少：{why}。请补充后重新提交。"
    en = "The record lacks {why}. Add it and send it again."
