"""What statistics refuse."""

from media.refusals import Refusal


class BadPeriod(Refusal):
    zh = "统计期间不可用：{why}。请修改起止日期。"
    en = "The period cannot be used: {why}. Change its days."


class NoSuchMeasure(Refusal):
    zh = "没有指标 {measure}。可用：{known}"
    en = "There is no measure {measure}. There are: {known}"


class BulletinPublished(Refusal):
    zh = "该通报{told}，不能再执行此操作。请刷新后查看。"
    en = "The bulletin is {told}: that is not done any more. Load it again."


class OwnBulletin(Refusal):
    zh = "通报须由起草人以外的监督人员发布。"
    en = "A supervisor other than the one who drafted the bulletin publishes it."
