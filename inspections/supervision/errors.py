"""What supervision refuses."""

from media.refusals import Refusal


class ReviewStepNotAllowed(Refusal):
    zh = "该年度年检当前状态为“{told}”，不能执行“{step}”。请刷新后按当前状态继续。"
    en = "The annual review is {told}; {step} is not possible now. Reload it and go on from there."


class OwnReviewProposal(Refusal):
    zh = "年检结论须由提出人以外的监督人员决定。"
    en = "A supervisor other than the one who proposed the annual review decides it."


class VetoStands(Refusal):
    zh = "该年度有成立的一票否决案件，年检结论只能为不合格。"
    en = "A one-vote veto stands in this year: the annual review can only be failed."
