import format, { type CompiledMessage } from 'icu-minify/format'
import type { VendorMessages } from '@/messages/vendors'
import type { Locale } from './locale'

/** English defines the keys. A test compares the other languages with it. */
export interface Messages {
  common: typeof import('@/messages/en/common.json')
  access: typeof import('@/messages/en/access.json')
  'api-docs': typeof import('@/messages/en/api-docs.json')
  apps: typeof import('@/messages/en/apps.json')
  retention: typeof import('@/messages/en/retention.json')
  audit: typeof import('@/messages/en/audit.json')
  box: typeof import('@/messages/en/box.json')
  campaign: typeof import('@/messages/en/campaign.json')
  campaigns: typeof import('@/messages/en/campaigns.json')
  changes: typeof import('@/messages/en/changes.json')
  errors: typeof import('@/messages/en/errors.json')
  oidc: typeof import('@/messages/en/oidc.json')
  overview: typeof import('@/messages/en/overview.json')
  people: typeof import('@/messages/en/people.json')
  profile: typeof import('@/messages/en/profile.json')
  settings: typeof import('@/messages/en/settings.json')
  'second-factor': typeof import('@/messages/en/second-factor.json')
  system: typeof import('@/messages/en/system.json')
  tokens: typeof import('@/messages/en/tokens.json')
  trend: typeof import('@/messages/en/trend.json')
  vendors: VendorMessages
  lookup: typeof import('@/messages/en/lookup.json')
  losses: typeof import('@/messages/en/losses.json')
  reasons: typeof import('@/messages/en/reasons.json')
  shared: typeof import('@/messages/en/shared.json')
  shares: typeof import('@/messages/en/shares.json')
  replies: typeof import('@/messages/en/replies.json')
  user: typeof import('@/messages/en/user.json')
  verdicts: Record<string, string>
  keys: typeof import('@/messages/en/keys.json')
  views: typeof import('@/messages/en/views.json')
}
export type Namespace = keyof Messages
/** The texts that a page sends to the browser, with the names of the app's channels. */
export type PageMessages = Partial<Messages> & { channels?: Words['channels'] }

type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T & string]
export type MessageKey = Leaves<Messages>
type Values = Record<string, string | number>

/** The texts of one language, the same on the server and in the browser. */
export interface Words {
  locale: Locale
  /** Names that administrators gave to channels Tencent does not name, by vendor. */
  channels: Readonly<Record<string, string>>
  t(key: MessageKey, values?: Values): string
  has(key: string): boolean
}

/**
 * Returns the texts for components. `messages` holds the namespaces they use, compiled by `messagesOf`. A missing key
 * or value is a defect and throws.
 */
export function createWords(locale: Locale, messages: PageMessages): Words {
  return {
    locale,
    channels: messages.channels ?? {},
    t(key, values = {}) {
      const message = messageAt(messages, key)
      if (message === undefined) throw new Error(`no words for ${key}`)
      return String(format(message, locale, requireValues(values), { formatters }))
    },
    has: (key) => messageAt(messages, key) !== undefined,
  }
}

/** Returns the compiled text at a path; undefined when there is none. */
function messageAt(messages: object, key: string): CompiledMessage | undefined {
  let at: unknown = messages
  for (const name of key.split('.')) at = isTree(at) && Object.hasOwn(at, name) ? at[name] : undefined
  return typeof at === 'string' || Array.isArray(at) ? at : undefined
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Throws for a value that the text names and the caller did not pass. Otherwise the page would show "undefined". */
function requireValues(values: Values): Values {
  return new Proxy(values, {
    get(given, name) {
      if (!Object.hasOwn(given, name)) throw new Error(`no value for {${String(name)}}`)
      return Reflect.get(given, name)
    },
  })
}

/** Reuses formatters: Intl's own are slow to create, and a list of campaigns needs the same one a hundred times. */
function memoize<A extends unknown[], R>(make: (...args: A) => R): (...args: A) => R {
  const made = new Map<string, R>()
  return (...args) => {
    const key = JSON.stringify(args)
    const formatter = made.get(key) ?? make(...args)
    made.set(key, formatter)
    return formatter
  }
}

const formatters = {
  getNumberFormat: memoize(
    (...args: ConstructorParameters<typeof Intl.NumberFormat>) => new Intl.NumberFormat(...args),
  ),
  getPluralRules: memoize((...args: ConstructorParameters<typeof Intl.PluralRules>) => new Intl.PluralRules(...args)),
  getDateTimeFormat: memoize(
    (...args: ConstructorParameters<typeof Intl.DateTimeFormat>) => new Intl.DateTimeFormat(...args),
  ),
}
