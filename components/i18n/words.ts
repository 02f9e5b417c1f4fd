import { createTranslator } from 'use-intl/core'
import type { Locale } from './locale'

/** English is the shape every other language has to fill; a test compares them. */
export interface Messages {
  common: typeof import('@/messages/en/common.json')
  access: typeof import('@/messages/en/access.json')
  box: typeof import('@/messages/en/box.json')
  campaigns: typeof import('@/messages/en/campaigns.json')
  errors: typeof import('@/messages/en/errors.json')
  overview: typeof import('@/messages/en/overview.json')
  system: typeof import('@/messages/en/system.json')
  vendors: typeof import('@/messages/en/vendors.json')
  lookup: typeof import('@/messages/en/lookup.json')
  losses: typeof import('@/messages/en/losses.json')
  reasons: typeof import('@/messages/en/reasons.json')
  replies: typeof import('@/messages/en/replies.json')
  user: typeof import('@/messages/en/user.json')
  verdicts: Record<string, string>
}
export type Namespace = keyof Messages

type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T & string]
export type MessageKey = Leaves<Messages>
type Values = Record<string, string | number>

/** What a component needs to speak: the same on the server and in the browser, so that both write the same page. */
export interface Words {
  locale: Locale
  t(key: MessageKey, values?: Values): string
  has(key: string): boolean
}

/** `messages` holds the namespaces these components use: the browser gets no others. A missing key is a defect and throws. */
export function createWords(locale: Locale, messages: Partial<Messages>): Words {
  const translate = createTranslator<Record<string, Record<string, never>>>({
    locale,
    messages: messages as Record<string, Record<string, never>>,
    timeZone: 'UTC',
    onError(error) {
      throw error
    },
  })
  const say = translate as unknown as { (key: string, values?: Values): string; has(key: string): boolean }
  return { locale, t: (key, values) => say(key, values), has: (key) => say.has(key) }
}
