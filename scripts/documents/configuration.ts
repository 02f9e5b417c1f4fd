import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { SECRETS, schema } from '@/lib/env'
import { DOOR_VARIABLES, readSettings } from '../../server/settings.mjs'

export const LOCALES = ['en', 'zh-CN'] as const
export type Locale = (typeof LOCALES)[number]
type Texts = Record<Locale, string>
type Described = Texts & { default?: Texts }

type Group = Texts & { variables: Record<string, Described> }

const groups: Group[] = JSON.parse(readFileSync(join(import.meta.dirname, 'variables.json'), 'utf8'))

const HEADS: Record<Locale, string> = {
  en: '| name | default | values | meaning |',
  'zh-CN': '| 名称 | 默认值 | 取值 | 含义 |',
}
const NONE: Texts = { en: 'none', 'zh-CN': '无' }
const FROM_FILE: Record<Locale, (file: string) => string> = {
  en: (file) => `. Also ${file}`,
  'zh-CN': (file) => `。也可用 ${file}`,
}

const BEGIN = '<!-- written by npm run documents: begin -->'
const END = '<!-- written by npm run documents: end -->'

/** Returns the names of all variables, also of those that the front door reads. */
export function variableNames(): string[] {
  return [...DOOR_VARIABLES, ...Object.keys(schema.shape)]
}

/** Returns the names that variables.json describes. */
export function describedNames(): string[] {
  return groups.flatMap(({ variables }) => Object.keys(variables))
}

/** Returns a page of the configuration with the tables between its marks replaced. Throws if the marks are missing. */
export function withTables(page: string, locale: Locale): string {
  const [before, rest] = page.split(BEGIN)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error(`the page needs the lines ${BEGIN} and ${END}`)
  return `${before}${BEGIN}\n\n${tables(locale)}\n\n${END}${after}`
}

/** Returns a heading and a table for each group, with defaults and values from the schema. */
function tables(locale: Locale): string {
  return groups
    .map((group) => {
      const rows = Object.entries(group.variables).map(([name, one]) => row(name, one, locale))
      return [`## ${group[locale]}`, '', HEADS[locale], '|---|---|---|---|', ...rows].join('\n')
    })
    .join('\n\n')
}

function row(name: string, texts: Described, locale: Locale): string {
  const value = defaults()[name]
  const usual = texts.default?.[locale] ?? (value == null ? NONE[locale] : code(value))
  const file = SECRETS.some((secret) => secret === name) ? FROM_FILE[locale](code(`${name}_FILE`)) : ''
  return `| ${code(name)} | ${usual} | ${values(name)} | ${texts[locale]}${file} |`
}

/** Returns what is in effect in an empty environment. */
function defaults(): Record<string, unknown> {
  const { host, port, trustProxy, allowInsecureHttp } = readSettings({}).settings
  const door = { HOST: host, PORT: port, TRUST_PROXY: trustProxy, ALLOW_INSECURE_HTTP: allowInsecureHttp ? 1 : 0 }
  return { ...schema.parse({}), ...door }
}

/** What is read of a JSON schema. */
interface Limits {
  enum?: string[]
  minimum?: number
  maximum?: number
}

/** Returns the words or the range that the schema accepts; nothing where it accepts any text. */
function values(name: string): string {
  const { properties } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const { enum: words, minimum, maximum } = (properties?.[name] ?? {}) as Limits
  if (words) return words.map(code).join(' ')
  return minimum === undefined || maximum === undefined ? '' : `${minimum} – ${maximum}`
}

const code = (value: unknown) => `\`${value}\``
