import { withoutInvisible } from './junk'

/** The parts of a pasted text: IDs recognised by their shape, and values recognised by the name before them. */
export interface Parts {
  pushIds: string[]
  taskIds: string[]
  msgKeys: string[]
  msgIds: string[]
  /** Values that follow a name, of any shape. */
  named: Record<Named, string[]>
  /** The text without all of the above, dates and addresses. */
  rest: string
}

const NAMED = ['pushId', 'taskId', 'userId', 'code', 'msgId'] as const
type Named = (typeof NAMED)[number]

// Chinese and Korean text may touch an ID without a space.
const BEFORE = '(?<![a-z0-9_-])'
const AFTER = '(?![a-z0-9_-])'
const SHAPES = {
  taskIds: '(?:batch_)?[0-9a-f]{8}_[0-9a-f]{1,8}_2000[0-9a-f]{11}_[0-9a-f]{1,16}_[0-9a-f]{1,16}',
  pushIds: '[0-9a-f]{8}_[0-9a-f]{1,16}_[0-9a-f]{1,16}_2000[0-9a-f]{11}_2000[0-9a-f]{11}',
  msgIds: '\\d{15,20}-\\d{10}-\\d{1,20}',
  msgKeys: '\\d{1,20}_\\d{1,20}_\\d{10}',
} as const
const ANY_SHAPE = new RegExp(`${BEFORE}(?:${Object.values(SHAPES).join('|')})${AFTER}`, 'iu')
const shape = (name: keyof typeof SHAPES) => new RegExp(`${BEFORE}${SHAPES[name]}${AFTER}`, 'giu')

/** Names in Tencent's spellings, in ours, and in three languages. A `loose` name counts only if a sign follows it. */
const NAMES: Record<Named, { strict: string; loose?: string }> = {
  pushId: { strict: 'push[ _-]?id|推送 ?id|푸시 ?id' },
  taskId: { strict: 'task[ _-]?id|任务 ?id|작업 ?id|캠페인 ?id' },
  userId: {
    strict: 'user[ _-]?id|to[ _]?account|uid|用户 ?id|사용자 ?(?:id|아이디)|유저 ?(?:id|아이디)|회원 ?(?:id|아이디)',
    loose:
      'user(?:[ _]?name)?|account|receiver|recipient|用户(?:账号|帐号|名)?|账号|帐号|接收(?:方|者|人)|收件人|사용자|유저|아이디|계정|수신자|회원',
  },
  code: { strict: 'err(?:or)?[ _-]?code|错误码|错误代码|오류 ?코드|에러 ?코드', loose: 'code' },
  msgId: { strict: 'msg[ _-]?(?:key|id)|message[ _-]?id' },
}
/** What may stand between a name and its value. Each run of spaces has one place, so that no run is tried twice. */
const SIGN = '\\s*(?:["\'”]\\s*)?(?:[:=：＝]|->|=>|是|为)\\s*(?:\\[+\\s*)?'
/** A quoted value may contain spaces. */
const VALUE = '(?:"([^"\\n\\t]{1,200})"|[“\']?([^\\s"\'“”,，;；&#|<>{}\\[\\]()（）、]{1,200}))'
/** Any kind of space may stand in a name. */
const spaced = (pattern: string) => pattern.replaceAll(' ', '\\s')
const named = (name: Named) => {
  const [strict, loose] = [spaced(NAMES[name].strict), spaced(NAMES[name].loose ?? '')]
  const always = `(?:${strict})(?:${SIGN}|\\s+)`
  return new RegExp(`(?<![a-z0-9_])(?:${always}${loose ? `|(?:${loose})${SIGN}` : ''})${VALUE}`, 'giu')
}
const ANY_NAME = new RegExp(
  `(?<![\\p{L}\\p{N}_])(?:${spaced(NAMED.flatMap((name) => [NAMES[name].strict, NAMES[name].loose ?? []].flat()).join('|'))})(?![a-z0-9_])`,
  'giu',
)

const ADDRESS = /\bhttps?:\/\/[^\s/?#]*/gi
/** Other pairs of a JSON object or an address. A list stays, because it may be a list of users. */
const PAIR = /"[\w-]+"\s*:\s*(?:"[^"]*"|-?[\d.]+|true|false|null)?|[?&][\w-]+=[^\s&#]*/g
const WHEN = /\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?!\d)|UTC[+-]\d+/g

/** Splits a pasted text into parts. The text must be clean: no control characters except line ends and tabs. */
export function pastedParts(given: string): Parts {
  const text = joinedId(withPlainIds(percentDecoded(given)))
  const all = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([whole]) => whole))]
  const shaped = {
    taskIds: all(shape('taskIds')),
    pushIds: all(shape('pushIds')),
    msgIds: all(shape('msgIds')),
    msgKeys: all(shape('msgKeys')),
  }
  const known = new Set(Object.values(shaped).flat())
  const values = (name: Named) => {
    // What is in quotes is meant as it stands.
    const found = [...text.matchAll(named(name))].map(([, quoted, word = '']) => quoted?.trim() ?? trimmedWord(word))
    return [...new Set(found)].filter((value) => value !== '' && !known.has(value) && !isName(value))
  }
  return {
    ...shaped,
    named: {
      pushId: values('pushId'),
      taskId: values('taskId'),
      userId: values('userId'),
      code: values('code'),
      msgId: values('msgId'),
    },
    rest: restOf(text, [...known]),
  }
}

function restOf(text: string, known: string[]): string {
  // A whole list may follow one TaskID, so only the IDs themselves are removed.
  const without = known.reduce((left, id) => left.replaceAll(id, ' '), text)
  return without.replace(PAIR, ' ').replace(ADDRESS, ' ').replace(WHEN, ' ').replace(ANY_NAME, ' ')
}

/** Takes invisible characters out of words that have the shape of a push or a campaign. UserIDs keep them. */
function withPlainIds(text: string): string {
  return text
    .split(/(\s+)/u)
    .map((word) => {
      const plain = withoutInvisible(word)
      return plain !== word && ANY_SHAPE.test(plain) ? plain : word
    })
    .join('')
}

/** Returns a text without the quotes or brackets around it. */
export function unquoted(text: string): string {
  return (
    /^(?:"([^"]*)"|'([^']*)'|`([^`]*)`|“([^”]*)”|‘([^’]*)’|\(([^)]*)\)|<([^>]*)>|\[([^\]]*)\])$/u
      .exec(text)
      ?.slice(1)
      .find((inner) => inner !== undefined) ?? text
  )
}

const BEFORE_WORD = new Set([...'"\'`“”‘’<(（[{【《「/|:：=＝,，;；、。.?!？！>'])
const AFTER_WORD = new Set([...'"\'`“”‘’>)）]}】》」/|:：=＝,，;；、。.?!？！<'])

/** Removes quotes and punctuation around a word, and Korean, Chinese or Japanese particles after a Latin one. */
export function trimmedWord(word: string): string {
  // A pattern would try every start of a long run of punctuation.
  let [from, to] = [0, word.length]
  while (from < to && isEdge(word.charAt(from), BEFORE_WORD)) from++
  while (to > from && isEdge(word.charAt(to - 1), AFTER_WORD)) to--
  const bare = word.slice(from, to)
  return /^([\x21-\x7e]+)(?:님|씨|의|가|이|은|는|께|的|さん)$/u.exec(bare)?.[1] ?? bare
}

function isEdge(sign: string, signs: Set<string>): boolean {
  return signs.has(sign) || sign.trim() === ''
}

export function isName(word: string): boolean {
  return word.replace(ANY_NAME, '').trim() === ''
}

/** Decodes percent-encoding where the text contains an address. */
function percentDecoded(text: string): string {
  if (!/https?:\/\/|[?&][a-z_]+=/i.test(text)) return text
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (coded) => {
    try {
      return decodeURIComponent(coded).replace(/\p{Cc}/gu, ' ')
    } catch {
      return coded
    }
  })
}

/** Joins an ID that a mail broke across lines, if the text contains nothing else. */
function joinedId(text: string): string {
  const whole = text.replace(/\s+/gu, '')
  const holds = (pattern: (each: string) => string, where: string) =>
    Object.values(SHAPES).some((each) => new RegExp(pattern(each), 'iu').test(where))
  if (whole === text || holds((each) => `${BEFORE}${each}${AFTER}`, text)) return text
  return holds((each) => `^${each}$`, whole) ? whole : text
}
