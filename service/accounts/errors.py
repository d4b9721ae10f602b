"""What the accounts refuse."""

from media.refusals import Refusal


class NotAuthenticated(Refusal):
    zh = "请先登录：未提供有效的令牌，或令牌已过期、已被撤销。"
    en = "Log in first: there is no valid token, or it has expired or was revoked."


class WrongCredentials(Refusal):
    """One answer for an unknown name, a wrong password and a disabled account."""

    zh = "用户名或密码不正确。"
    en = "The user name or the password is wrong."


class TooManyAttempts(Refusal):
    zh = "尝试次数过多，请在 {retry_after} 秒后重试。"
    en = "Too many attempts. Try again in {retry_after} seconds."


class WeakPassword(Refusal):
    zh = "密码太弱：至少 {least} 个字符，且不得与用户名相同或过于单一。"
    en = "The password is too weak: at least {least} characters, not the user name, not repetitive."


class UsernameTaken(Refusal):
    zh = "用户名 {username} 已被使用，请换一个。"
    en = "The user name {username} is taken. Choose another."


class RolesClash(Refusal):
    zh = "角色组合不允许：园长账号不能同时拥有其他角色；管理员不能兼任检查或监督。"
    en = (
        "These roles do not go together: a director's account has no other role, and an"
        " administrator neither inspects nor supervises."
    )


class InvitationInvalid(Refusal):
    """One answer for a code that is unknown, used or too old, and for a closed account."""

    zh = "邀请码无效、已使用或已过期。请向管理员索取新的邀请码。"
    en = "The invitation code is not valid, was used, or is too old. Ask the administrator for one."


class OpenWork(Refusal):
    """Nobody leaves without somebody to take over."""

    zh = "该账号还有 {count} 项未完成的检查，请用 hand_over_to 指定接手的账号。"
    en = "The account has {count} inspections open: name in hand_over_to who takes them over."


class StepNotAllowed(Refusal):
    zh = "账号当前不能执行 {step}。"
    en = "The account does not permit {step} now."
