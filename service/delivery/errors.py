"""What the delivery refuses."""

from media.refusals import Refusal


class AddressRefused(Refusal):
    """The address of a receiver is none that this service may call."""

    zh = "接收地址不可用：{why}。如确需使用内部地址，请由运维人员在 HUYUAN_DELIVERY_ALLOW 中列出。"
    en = (
        "The receiver's address cannot be used: {why}. Where an inside address is meant, whoever"
        " keeps the machine lists it in HUYUAN_DELIVERY_ALLOW."
    )


class StepNotAllowed(Refusal):
    zh = "该投递已经送达，无需重试。"
    en = "The delivery has arrived; there is nothing to retry."


class RobotHasItsOwn(Refusal):
    zh = "群机器人的密钥由其平台生成，不能在此轮换。请在该平台更换后修改地址（url）。"
    en = "A robot's key is made by its platform. Change it there, then change the address (url)."
