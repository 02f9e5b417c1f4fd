import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/**
 * Finds words that are written into a .tsx file instead of messages: text between tags, and literal values of
 * attributes that people read or hear. This small JSX reader knows strings, comments, tags and braces only.
 */
const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'title',
  'placeholder',
  'alt',
  'label',
])
const LETTERS = /[A-Za-z\u00c0-\u024f\u3131-\ud79d\u4e00-\u9fff]{2,}/

function bareText(source: string): string[] {
  const found: string[] = []
  const note = (text: string) => {
    if (LETTERS.test(text)) found.push(text.trim().replace(/\s+/g, ' '))
  }
  let at = 0

  function skipString(quote: string): string {
    const start = ++at
    while (at < source.length && source[at] !== quote) {
      if (source[at] === '\\') at++
      else if (quote === '`' && source.startsWith('${', at)) {
        at += 2
        code('}')
        continue
      }
      at++
    }
    return source.slice(start, at++)
  }

  function skipComment(): boolean {
    const end = source.startsWith('//', at) ? '\n' : source.startsWith('/*', at) ? '*/' : ''
    if (!end) return false
    const stop = source.indexOf(end, at + 2)
    at = stop < 0 ? source.length : stop + end.length
    return true
  }

  /** `<` opens a tag unless a name, a number or a bracket stands before it: then it is a type argument or less-than. */
  function opensTag(): boolean {
    if (source[at] !== '<' || !/[A-Za-z>]/.test(source[at + 1] ?? '')) return false
    const before = source.slice(0, at).trimEnd()
    return /\b(return|default|case)$/.test(before) || !/[\w$)\]'"`]$/.test(before)
  }

  function code(end: string): void {
    let depth = 0
    while (at < source.length) {
      const c = source[at] ?? ''
      if (skipComment()) continue
      if (c === "'" || c === '"' || c === '`') skipString(c)
      else if (opensTag()) element()
      else {
        at++
        if (c === end && depth === 0) return
        if (c === '{') depth++
        else if (c === '}') depth--
      }
    }
  }

  function attribute(): void {
    const name = /^[\w:-]+/.exec(source.slice(at, at + 60))?.[0] ?? ''
    at += Math.max(1, name.length)
    if (source[at] !== '=') return
    at++
    const c = source[at] ?? ''
    if (c === '"' || c === "'") {
      const value = skipString(c)
      if (SPOKEN.has(name)) note(value)
    } else if (c === '{') {
      const literal = /^\{\s*(['"`])([^'"`$]*)\1\s*\}/.exec(source.slice(at, at + 300))
      if (literal && SPOKEN.has(name)) note(literal[2] ?? '')
      at++
      code('}')
    }
  }

  function element(): void {
    at = source.slice(at).search(/[\s/>]/) + at
    while (at < source.length && source[at] !== '>' && !source.startsWith('/>', at)) {
      if (/\s/.test(source[at] ?? '')) at++
      else if (source[at] === '{') {
        at++
        code('}')
      } else if (!skipComment()) attribute()
    }
    const closed = source.startsWith('/>', at)
    at += closed ? 2 : 1
    if (!closed) children()
  }

  function children(): void {
    let start = at
    while (at < source.length) {
      if (source[at] === '{') {
        note(source.slice(start, at))
        at++
        code('}')
        start = at
      } else if (source[at] === '<') {
        note(source.slice(start, at))
        if (source[at + 1] === '/') {
          at = source.indexOf('>', at) + 1
          return
        }
        element()
        start = at
      } else at++
    }
  }

  code('')
  return found
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

function pages(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return pages(path)
    return entry.name.endsWith('.tsx') && !entry.name.includes('.test.') ? [path] : []
  })
}

test('pages contain only words from messages', () => {
  const files = ['app', 'components'].flatMap(pages)
  expect(files.length).toBeGreaterThan(5)
  const wrong = files.flatMap((file) =>
    bareText(readFileSync(join(ROOT, file), 'utf8')).map((text) => `${file}: ${text}`),
  )
  expect(wrong).toEqual([])
})

test.each([
  ['text between tags', 'const a = <p>Hello there</p>', ['Hello there']],
  ['text beside an expression', 'return <p>{n} devices <b>{x}</b></p>', ['devices']],
  ['Chinese and Korean', 'return <><i>推送</i><i>발송</i></>', ['推送', '발송']],
  ['a spoken attribute', 'return <img alt="A picture" className="big one" />', ['A picture']],
  ['a spoken attribute in braces', "return <a title={'Open it'} />", ['Open it']],
  ['text in a conditional branch', 'return ok ? <p>Yes it is</p> : null', ['Yes it is']],
  ['text in a nested attribute', 'return <A b={<p>deep text</p>} />', ['deep text']],
])('the reader sees %s', (_, source, found) => {
  expect(bareText(source)).toEqual(found)
})

test.each([
  ['punctuation and numbers', 'return <p>{a} · {b} — 42 %</p>'],
  ['types and comparisons', 'const f = useState<string>(x); if (a < b && c > d) return g<Foo>(`some text`)'],
  [
    'strings, comments and class names',
    '// a > b <p>\nconst s = \'<p>no text</p>\' /* <b>no</b> */; return <p className="text big" />',
  ],
  ['words that come from messages', "return <p title={t('a.title')}>{t('some key')}</p>"],
  ['arrows in attributes', 'return <b onClick={() => go(<i />)}>{x}</b>'],
])('the reader lets %s pass', (_, source) => {
  expect(bareText(source)).toEqual([])
})
