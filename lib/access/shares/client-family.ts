import 'server-only'

/** In this order: most browsers also name those that they descend from. */
const FAMILIES: readonly (readonly [string, string])[] = [
  ['micromessenger/', 'WeChat'],
  ['kakaotalk', 'KakaoTalk'],
  ['dingtalk', 'DingTalk'],
  ['feishu', 'Feishu'],
  ['lark/', 'Lark'],
  ['slackbot', 'Slack preview'],
  ['bot', 'Bot'],
  ['crawler', 'Bot'],
  ['spider', 'Bot'],
  ['headlesschrome', 'Headless Chrome'],
  ['edg/', 'Edge'],
  ['edga/', 'Edge'],
  ['edgios/', 'Edge'],
  ['opr/', 'Opera'],
  ['samsungbrowser/', 'Samsung Internet'],
  ['firefox/', 'Firefox'],
  ['fxios/', 'Firefox'],
  ['crios/', 'Chrome'],
  ['chrome/', 'Chrome'],
  ['safari/', 'Safari'],
  ['curl/', 'curl'],
]
const LONGEST = 500

/** Returns the family of a client as it names itself, such as Firefox; `Other` for everything else. Anybody can claim any. */
export function clientFamily(userAgent: string | null): string {
  const text = (userAgent ?? '').slice(0, LONGEST).toLowerCase()
  return FAMILIES.find(([part]) => text.includes(part))?.[1] ?? 'Other'
}
