"""Which controls answer to a label's topic: what counts as found when the reading is scored."""

SYSTEMS = {
    "房屋设备": "system-premises-equipment",
    "消防": "system-fire",
    "门卫": "system-gatekeeping",
    "食品药品": "system-food-medicine",
    "幼儿接送交接": "system-handover",
    "幼儿就寝值守": "system-sleep-watch",
    "活动组织": "system-activities",
}

TOPICS = {
    "大班额": {"class-size"},
    "无证幼儿园": {"unlicensed-kindergarten"},
    "园舍安全隐患": {"premises-hazard", "equipment-provision", "play-materials"},
    "配套园性质": {"complex-kindergarten-nature"},
    "园长任职培训": {"principal-training"},
    "教师资格与定期注册": {"teacher-registration", "teacher-qualification"},
    "两教一保": {"class-staffing"},
    "社保公积金": {"social-insurance"},
    "年检前置条件": {"annual-review-precondition"},
    "社保检查": {"bureau-insurance-inspection"},
    "信息备案公示": {"information-system"},
    "信息公布": {"public-information"},
    "园长教师变更备案": {"staff-change-filing"},
    "备案账户": {"filed-account"},
    "收费专项检查": {"fee-inspection"},
    "收费用途": {"fee-use"},
    "办学结余": {"operator-returns"},
    "营利园收费监管": {"fee-control-for-profit"},
    "安全主体责任": {"safety-responsibility"},
    "风险防控体系": {"risk-prevention-system"},
    "隐患排查": {"hazard-inspection"},
    "三防建设": {"three-defences"},
    "硬质防冲撞设施": {"anti-ram-barrier"},
    "专职保安配备": {"full-time-guard"},
    "一键式报警装置配备": {"one-key-alarm"},
    "视频监控装置配备": {"camera-coverage"},
    "与电子政务外网视频资源共享交换总平台联网": {"camera-linkage"},
    "食品安全等级": {"food-grade"},
    "高峰勤务": {"police-peak-duty"},
    "护学岗": {"school-guarding-post"},
    "工作机制-安全日常监管": {"bureau-daily-safety-supervision"},
    "工作机制-重大隐患督办": {"bureau-major-hazard-listing"},
    "工作机制-约谈通报": {"bureau-interview-bulletin"},
    "联合检查": {"bureau-joint-inspection"},
    "办园行为督导": {"bureau-conduct-supervision"},
    "不规范办园-危房": {"dangerous-building"},
    "不规范办园-“三防”不达标": {"three-defences-below-standard"},
    "不规范办园-园长不具备规定资格": {"principal-qualification"},
    "不规范办园-教师不具备规定资格": {"teacher-qualification"},
    "师德失范-虐童": {"child-abuse"},
    "师德失范-体罚及变相体罚": {"corporal-punishment"},
    "商业广告": {"no-advertising"},
    "名称规范-包含外语词": {"name-foreign-words"},
    "名称规范-包含外国国名": {"name-foreign-country"},
    "名称规范-包含外国地名": {"name-foreign-place"},
    "名称规范-片面强调课程特色": {"name-curriculum-claim"},
    "名称规范-带有宗教色彩": {"name-religious"},
    "名称规范-民办幼儿园使用公办学校名称或简称": {"name-public-school"},
    "更名换证": {"name-change"},
    "校外培训-线上": {"training-online"},
    "校外培训-其他违反儿童身心发展规律的培训": {"training-against-development"},
    "小学化": {"no-primary-curriculum"},
    "督导问责": {"bureau-hazard-rectification"},
}

FAMILIES = {
    "动态监管-": {"bureau-dynamic-supervision"},
    "违规收费-": {"special-class-fees"},
    "入园挂钩收费-": {"admission-linked-fees"},
    "变相广告-": {"no-disguised-advertising"},
    "名称规范-冠以": {"name-banned-terms"},
    "名称一致-": {"name-consistency"},
    "校外培训-": {"training-offline-classes"},
}


def controls_for(label):
    """The controls of which any one answers to the label; none is known for an empty set."""
    topic = label["topic"]
    if topic.startswith("安全防护和检查制度-"):
        return {SYSTEMS[label["sub_item"]]}
    if topic in TOPICS:
        return TOPICS[topic]
    return next((fit for start, fit in FAMILIES.items() if topic.startswith(start)), set())


def is_found(label, requirements):
    """A requirement of a fitting control holds some of the label's words."""
    fit = controls_for(label)
    return any(
        each.control in fit and each.start < label["char_end"] and each.end > label["char_start"]
        for each in requirements
    )
