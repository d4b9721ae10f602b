"""What the room of dossiers refuses."""

from media.refusals import Refusal


class DossierStepNotAllowed(Refusal):
    zh = "该案件当前状态为“{told}”，不能执行“{step}”。请刷新后查看。"
    en = "The dossier is {told}; {step} is not possible now. Load it again."


class OwnDossier(Refusal):
    zh = "案件须由未参与办理的监督人员办结。"
    en = "A supervisor without part in the dossier ends it."


class StillAtWork(Refusal):
    zh = "尚未证明该人员已停止工作，不能办结。请先登记其已停止工作。"
    en = "The person was not shown to be off work. Record that they stopped, then end it."


class BadDossier(Refusal):
    zh = "案件内容不可用：{why}。请补充后重新提交。"
    en = "The dossier cannot be used: {why}. Mend it and send it again."
