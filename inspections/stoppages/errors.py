"""What stoppages refuse."""

from media.refusals import Refusal


class StoppageStepNotAllowed(Refusal):
    zh = "停用决定当前状态为“{told}”，不能执行“{step}”。请刷新后查看。"
    en = "The stoppage is {told}; {step} is not possible now. Load it again."


class NotAMajorHazard(Refusal):
    zh = "只有经检查“不符合”的重大隐患可以责令立即停用。请先记录检查结果。"
    en = "Only a major hazard that was found not met can be stopped at once. Record that first."


class NotAnOfficerThere(Refusal):
    zh = "只有参加该次检查的人员或监督人员可以责令停用。"
    en = "An officer of the inspection, or a supervisor, orders a stoppage."


class ProofLacksPhoto(Refusal):
    zh = "请先上传停用现场照片，再提交证明。"
    en = "Send a photo of it out of use first, then the proof that names it."


class OwnStoppage(Refusal):
    zh = "停用决定须由未参加该次检查的监督人员解除。"
    en = "A supervisor who neither ordered it nor made the visit lifts a stoppage."
