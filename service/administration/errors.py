"""What administration refuses."""

from media.refusals import Refusal


class UsernameTaken(Refusal):
    zh = "用户名 {username} 已被使用，请换一个。"
    en = "The user name {username} is taken. Choose another."


class RolesClash(Refusal):
    zh = "角色组合不允许：园长账号不能同时拥有其他角色；管理员不能兼任检查或监督。"
    en = (
        "These roles do not go together: a director's account has no other role, and an"
        " administrator neither inspects nor supervises."
    )


class OpenWork(Refusal):
    """Nobody leaves without somebody to take over."""

    zh = "该账号还有 {count} 项未完成的检查，请用 hand_over_to 指定接手的账号。"
    en = "The account has {count} inspections open: name in hand_over_to who takes them over."


class StepNotAllowed(Refusal):
    zh = "账号当前不能执行 {step}。"
    en = "The account does not permit {step} now."
