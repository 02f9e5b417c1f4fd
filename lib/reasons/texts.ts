import type { Cause } from './causes'
import type { Entry } from './dictionary'

/** Letters and digits only, in one case and width: 'Bad-Device Token' and 'baddevicetoken' are one. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Long enough not to be found in other sentences by chance; a Chinese character says as much as two letters. */
const SHORTEST = 12
const isTelling = (name: string): boolean => name.length + (name.match(/\p{Script=Han}/gu)?.length ?? 0) >= SHORTEST

/** Whether a `plain` text names this entry: the same words, or a longer text that quotes them. */
export function names(entry: Entry, given: string): boolean {
  return given !== '' && plainNames(entry).some((name) => given === name || (isTelling(name) && given.includes(name)))
}

const known = new WeakMap<Entry, string[]>()

/** An entry's own words, worked out once: every look-up compares with all of them. The name comes first. */
export function plainNames(entry: Entry): string[] {
  const held = known.get(entry)
  if (held) return held
  const made = [entry.name, ...entry.texts].map(plain)
  known.set(entry, made)
  return made
}

/** What free text gives away about its cause, in English or Chinese; the first that fits. */
const TELLING: [Cause, RegExp][] = [
  ['certificate_missing', /certificate id not set|(没有|未)设置证书/],
  ['token_missing', /token not uploaded|(没有|未)上传 ?token/],
  ['notifications_off', /notifications?.{0,20}(off\b|disabled|closed|not allowed)|通知.{0,6}(关闭|未开启|未打开|禁用)/],
  [
    'token_gone',
    /un-?regist|not ?registered|reg_?id.{0,3}(invalid|illegal)|invalid.{0,3}reg|user ?id invalid|token.{0,12}(expired|no longer)|uninstall|(未|没有)安装|卸载|token ?(已?失效|过期|不存在)|设备.{0,4}(失效|不存在)/,
  ],
  ['daily_cap', /daily.{0,20}(limit|quota|cap)|quota.{0,12}exceed|(每日|单日|当日|日推送).{0,8}(上限|限额|限制|超限)/],
  ['too_fast', /too (fast|frequent|many requests)|rate.?limit|flow.?control|\bqps\b|频率|流控|频控|限流/],
  ['content_rejected', /sensitive|敏感|审核(未|不)通过/],
  ['content_too_long', /too (long|large)|过长|超长|长度超/],
  [
    'credential_wrong',
    /auth(entication|orization)? ?(failed|failure|error)|invalid.{0,10}(secret|certificate|provider)|鉴权失败|认证失败|签名错误|证书(已?过期|失效|无效)/,
  ],
  ['inactive_device', /inactive|不活跃|长期(未|离线)/],
  ['expired', /message.{0,12}expired|消息.{0,4}过期/],
  ['vendor_busy', /internal (server )?error|time(d )?out|unavailable|busy|系统(繁忙|错误|异常)|服务(繁忙|不可用)|超时/],
]

export function causeOfText(text: string): Cause | null {
  const given = text.normalize('NFKC').toLowerCase()
  return TELLING.find(([, pattern]) => pattern.test(given))?.[0] ?? null
}
