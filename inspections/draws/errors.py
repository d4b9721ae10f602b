"""Why a draw is not made."""

from media.refusals import Refusal


class BadDraw(Refusal):
    zh = "抽取方案不可用：{why}。请修改后重新提交。"
    en = "The draw cannot be made: {why}. Change it and send it again."


class TooFewOfficers(Refusal):
    """Recusal and the limit a person leave a site without its team."""

    zh = "检查对象 {site} 可派人员不足 {team} 人（含回避与人均上限）。请增加人员或提高上限。"
    en = "Site {site} has fewer than {team} officers left. Name more, or let each take more sites."


class NotWhileDrawn(Refusal):
    zh = "该抽取{told}，不能再执行此操作。请刷新后查看。"
    en = "This draw is {told}: that is not done any more. Load it again."


class OwnDraw(Refusal):
    zh = "提出方案的人不得自行抽取。请由另一人现场宣读公开随机数并抽取。"
    en = "Who committed to a draw does not make it. Let another person read the beacon and draw."
