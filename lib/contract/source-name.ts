/** The `source` of a reason that follows from the text beside its code, not from a table. */
export const SOURCE_TEXT = 'text'

/** Where a meaning is documented, as people see it. `url` is null where the source has no address. */
export interface SourceName {
  name: string
  url: string | null
}

/** Publishers by the end of their host name. */
const PUBLISHERS: readonly (readonly [string, string])[] = [
  ['apple.com', 'Apple Developer'],
  ['firebase.google.com', 'Firebase'],
  ['huawei.com', 'HUAWEI Developers'],
  ['honor.com', 'HONOR Developers'],
  ['mi.com', 'Xiaomi Developer'],
  ['oppomobile.com', 'OPPO Open Platform'],
  ['vivo.com.cn', 'vivo Open Platform'],
  ['meizu.com', 'Flyme Open Platform'],
  ['flyme.cn', 'Flyme Open Platform'],
  ['aliyun.com', 'Alibaba Cloud'],
  ['csdn.net', 'CSDN'],
  ['trtc.io', 'Tencent documentation'],
  ['tencentcloud.com', 'Tencent documentation'],
  ['cloud.tencent.com', 'Tencent documentation'],
]

/** Publishers of sources without an address, by a word in them. */
const NAMED: readonly (readonly [RegExp, string])[] = [
  [/meizu/i, 'Meizu push SDK'],
  [/getui/i, 'Getui receipt codes'],
  [/older docs/i, 'Tencent documentation'],
]

const LONGEST = 40

/**
 * Returns the short name and the first address of a source of the dictionary. Notes about how the source was read stay
 * in the dictionary.
 */
export function sourceNameOf(source: string): SourceName {
  const url = /https:\/\/[^\s,;)]+/.exec(source)?.[0] ?? null
  const host = url === null ? null : hostOf(url)
  if (host === null) return { name: nameWithoutAddress(source), url: null }
  const known = PUBLISHERS.find(([end]) => host === end || host.endsWith(`.${end}`))
  return { name: known?.[1] ?? host.replace(/^www\./, ''), url }
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null
}

/** Without an address the words before the first note are the name. */
function nameWithoutAddress(source: string): string {
  const known = NAMED.find(([word]) => word.test(source))
  const words = source.split(/[,;(]/)[0]?.trim() ?? ''
  return known?.[1] ?? words.slice(0, LONGEST)
}
