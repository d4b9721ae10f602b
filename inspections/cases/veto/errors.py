"""What the room of veto cases refuses."""

from media.refusals import Refusal


class StepNotAllowed(Refusal):
    zh = "否决案件当前状态为“{told}”，不能执行“{step}”。请刷新后按当前状态继续。"
    en = "The veto case is {told}; {step} is not possible now. Reload it and go on from there."


class Barred(Refusal):
    """The case is decided by two supervisors of different units who had no part in it."""

    zh = "您不能对本案作出决定：{why}。请由其他单位、未参与本案的监督人员决定。"
    en = "You may not decide this case: {why}. A supervisor of another unit without part in it may."


class CannotBeNamed(Refusal):
    zh = "账号 {account_id} 不能列入本案：须为管辖该区域的在用检查或监督账号，且未回避。"
    en = "{account_id} cannot be named: it takes an active officer of the region, not recused."


class NobodyTold(Refusal):
    zh = "尚未告知当事人。请先登记告知，再登记陈述申辩。"
    en = "The person concerned was not told yet. Record that first, then what was said."


class NotAVetoItem(Refusal):
    zh = "{item} 不是该区域现行检查表中的一票否决事项。请核对事项编号。"
    en = "{item} is no one-vote veto item of the region's checklist in force. Check the item's id."


class ConsequenceLacks(Refusal):
    zh = "处理结果缺少：{why}。请补充后重新提交。"
    en = "What follows lacks {why}. Add it and send it again."
