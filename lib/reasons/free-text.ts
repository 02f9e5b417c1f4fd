import type { Cause } from './causes'

/**
 * What free text says about a cause, in English or Chinese, from the specific to the general: the first match counts.
 * Every gap has a fixed upper bound, so that the time taken grows with the length of the text and no faster.
 */
const PATTERNS: readonly [Cause, RegExp][] = [
  ['certificate_missing', /cert(ificate)? ?id (is )?(not set|missing|empty)|(没有|未)(设置|配置|上传)证书/],
  ['token_missing', /token (is )?not (uploaded|reported|set)|no (device|push) token|(没有|未)(上传|上报) ?token/],
  [
    'session_expired',
    /(access|auth|oauth|jwt|provider|service)[ _-]?token.{0,12}(expired|stale)|jwt.{0,6}expired|(access|auth|oauth|鉴权|认证|授权) ?token.{0,4}(已?过期|失效)/,
  ],
  [
    'notifications_off',
    /notifications?.{0,20}\b(off|disabled|closed|blocked|not allowed)\b|(disabled|turned off|blocked) notifications?|通知.{0,6}(关闭|未开启|未打开|禁用|被禁)|(关闭|禁用)了?.{0,6}通知/,
  ],
  [
    'push_disabled',
    /disable ?push|push.{0,12}(disabled|turned off) by (the )?(client|app)|客户端.{0,6}(关闭|禁用).{0,4}推送/,
  ],
  [
    'token_mismatch',
    /token.{0,16}(wrong|another|other|different|mismatch).{0,16}environment|sandbox token|token.{0,8}环境.{0,4}(错误|不匹配|不一致)/,
  ],
  [
    'credential_wrong',
    /(access|auth|oauth|jwt|provider)[ _-]?token.{0,12}(invalid|illegal|wrong|failed|missing)|(invalid|illegal|wrong|missing) (access|auth|oauth|provider)[ _-]?token/,
  ],
  [
    'token_gone',
    /un-?regist(er|ra)|(not|no longer) ?registered|(reg(istration)?[ _]?(id|token)|device ?token|push ?(id|token)|all (the )?tokens?|\btokens?).{0,8}\b(invalid|illegal|expired|not valid|not exist|does not exist|no longer)|invalid.{0,3}(reg_?id|registration|device ?token|push ?(id|token))|user ?id invalid|uninstall|app.{0,12}(not|no longer) installed|(未|没有|不再)安装|卸载|token ?(已?失效|已?过期|不存在|无效)|(regid|pushid|设备标识|注册id).{0,3}(不合法|无效|失效|不存在|非法)|设备.{0,4}(失效|不存在|已注销|未注册)/,
  ],
  [
    'daily_cap',
    /(daily|per day|today|a day|24 ?h(ours)?).{0,24}(limit|quota|cap|exceed|too many)|(limit|quota|cap|exceed\w{0,6}|too many).{0,24}(daily|per day|today|a day|24 ?h(ours)?)|(每日|每天|单日|当日|当天|今日|今天|日推送|日限).{0,10}(上限|限额|限制|超限|超过|超出|超量|过多)|(超过|超出|达到).{0,8}(每日|每天|单日|当日|当天|今日|日限额|日上限)/,
  ],
  [
    'too_fast',
    /too (fast|frequent|often|many requests)|rate.{0,12}(limit|exceed|too high)|(limit|exceed\w{0,6}).{0,12}(rate|frequency)|flow.?control|throttl|\bqps\b|频率|频繁|流控|频控|限流|速度过快|过快/,
  ],
  [
    'quiet_hours',
    /(sending|push|allowed|quiet|night).{0,4} ?(hours|time).{0,16}(not allowed|outside|range)|outside.{0,16}(hours|time)|(允许|推送|发送)的?时(间|段).{0,6}(外|之外)|超出.{0,6}(推送|发送)?时间|非推送时(间|段)|夜间/,
  ],
  [
    'content_rejected',
    /sensitive|prohibited (word|content)|content.{0,12}(rejected|refused|not compliant)|敏感|违规|违禁|审核(未|不)通过/,
  ],
  [
    'content_too_long',
    /(title|desc\w{0,8}|content|payload|body|message|text).{0,24}too (long|large|big)|too (long|large).{0,12}(title|content|payload|body)|payload.{0,12}exceed|过长|超长|长度超|(标题|内容|消息体).{0,6}(超过|超出|过大|太长)/,
  ],
  [
    'content_empty',
    /(title|content|body|payload|message).{0,12}\b(is )?(empty|missing|blank)|(标题|内容|消息体?|title|content).{0,6}(为空|不能为空|缺失)/,
  ],
  [
    'category_not_allowed',
    /(category|classification|channel_?id|notify_?level).{0,24}(invalid|wrong|mismatch|not (allowed|approved|supported|exist|match))|(no right|not authori[sz]ed|no permission).{0,24}(high.priority|message type|category)|(消息)?(分类|类别|通道|渠道).{0,8}(不支持|不匹配|不存在|未申请|未审批|错误|无效|无权限)/,
  ],
  [
    'app_mismatch',
    /(package ?name|bundle ?id|topic|project|sender ?id|appid).{0,16}(mismatch|not match|does not match|another|different)|mismatch.{0,12}(package|bundle|sender|project)|包名.{0,6}(不匹配|不一致|不合法|错误|不符)/,
  ],
  [
    'build_not_registered',
    /(fingerprint|sha-?256|signing certificate).{0,24}(mismatch|not configured|not match|missing|wrong)|(指纹|签名证书).{0,6}(不匹配|未配置|错误)/,
  ],
  [
    'credential_wrong',
    /auth(entication|orization|oriz|enticat)?\w{0,4} ?(failed|failure|error)|unauthori[sz]ed|invalid.{0,10}(secret|certificate|credential|provider|app ?key|app ?id|signature|api ?key)|(app ?key|app ?id|app ?secret|signature|sign|certificate|api ?key).{0,8}(wrong|invalid|illegal|expired|incorrect|not valid|does not exist)|(鉴权|认证|验签|签名|权限验证)(失败|错误|不正确|不通过)|(app ?key|app ?id|app ?secret|sign).{0,3}(错误|不正确|不合法|不存在|无效|非法|为空)|证书(已?过期|失效|无效|错误)/,
  ],
  [
    'app_not_allowed',
    /app(lication)?.{0,16}(black ?list|blocked|banned|suspended|disabled|forbidden|not allowed|under review|not listed|unlisted)|应用.{0,8}(黑名单|封禁|禁用|禁止|下架|未上架|审核中|不可用|受限)/,
  ],
  [
    'receipt_setup',
    /(receipt|callback).{0,12}(wrong|invalid|mismatch|too long|address|url)|回执.{0,8}(错误|不匹配|过长|无效|不合法)/,
  ],
  [
    'click_target',
    /activity.{0,12}(not (exported|found)|does not exist)|(deep ?link|intent|click action).{0,16}(wrong|invalid|not found|illegal)|(跳转|点击|activity).{0,10}(不存在|未导出|错误|无效|找不到)/,
  ],
  [
    'inactive_device',
    /\binactive\b|(device|offline).{0,16}\b\d+ days|offline for (a )?long|不活跃|长期(未|离线)|\d+ ?天(未|不|离线)|设备.{0,4}(离线|不在线)/,
  ],
  [
    'device_state',
    /(device|phone|screen).{0,12}locked|process (is )?(absent|not running)|设备.{0,4}锁|进程.{0,4}不存在/,
  ],
  ['expired', /(message|ttl|notification).{0,16}\bexpired|消息.{0,6}(过期|超时|失效)|超过(有效期|保留时间)/],
  [
    'replaced',
    /(message|notification).{0,16}(overwritten|replaced|folded|collapsed|superseded)|消息.{0,6}(被?覆盖|被?替换|被?折叠)/,
  ],
  ['filtered', /(device|user|message).{0,12}filtered|(设备|用户|消息).{0,6}(被?过滤|不符合条件)/],
  [
    'bad_parameters',
    /(param(eter)?s?|argument|field|format).{0,16}(invalid|illegal|error|wrong|missing|incorrect)|(invalid|illegal|bad|missing|incorrect).{0,12}(param(eter)?|argument|field|format)|参数.{0,8}(错误|非法|不合法|无效|缺失|有误)|(缺少|非法).{0,6}参数/,
  ],
  [
    'vendor_busy',
    /internal.{0,10}(error|exception|failure)|time(d )?[ -]?out|unavailable|overload|\bbusy\b|(系统|服务器?|内部)(繁忙|错误|异常|不可用|过载)|(服务|系统)暂?不可用|超时|稍后(再|重)试/,
  ],
]

/** Free text longer than this is read only up to here. Named reasons are found anywhere. */
const MAX_FREE_TEXT = 2_000

/** Returns the cause that free text tells, or null where it tells none. Width and case of the text do not matter. */
export function causeOfText(text: string): Cause | null {
  const given = text.slice(0, MAX_FREE_TEXT).normalize('NFKC').slice(0, MAX_FREE_TEXT).toLowerCase()
  return PATTERNS.find(([, pattern]) => pattern.test(given))?.[0] ?? null
}
