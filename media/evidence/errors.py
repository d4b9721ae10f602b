"""Why evidence is refused, on its way in or out."""

from media.refusals import Refusal


class HashMismatch(Refusal):
    """The bytes are not those that the sender hashed (SHA-256)."""

    zh = "收到的文件与声明的 SHA-256 不一致（声明 {declared}，实为 {found}）。请重新上传原文件。"
    en = "The bytes are not those declared (SHA-256 {declared}, found {found}). Send them again."


class EvidenceDamaged(Refusal):
    """What is stored is no longer what was received; nothing of it is handed out."""

    zh = "证据 {id} 的存储内容与入库记录不符（{reason}），已拒绝提供。请立即报告管理员核查。"
    en = "Evidence {id} is not what was received ({reason}); it is withheld. Tell an administrator."


class QuotaReached(Refusal):
    """A device has its share of photos and bytes a day, so that one tablet fills no disk."""

    zh = (
        "本设备今日上传已达上限（{photos} 张或 {megabytes} MB）。请于次日零时后再传，或联系管理员。"
    )
    en = (
        "This device has sent its share of today ({photos} photos or {megabytes} MB)."
        " Send the rest after midnight, or ask the administrator."
    )


class EvidenceDeleted(Refusal):
    """It was there and is gone, by a decision that the case's history holds (RFC 9110, 15.5.11)."""

    zh = "证据 {id} 已于 {day} 依决定删除；其哈希与决定记录在案件全程记录中。"
    en = "Evidence {id} was deleted on {day}; the case's history holds its hash and the decision."
