import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from './configuration'

const ROOT = join(import.meta.dirname, '../..')
/** Pages for readers, in every language. Other files in docs/ are for developers, or written by a command. */
const FOR_READERS = /^(README|api|faq|comparison|(operate|use)\/[a-z-]+)\.md$/

/** Returns the pages of a language, relative to its folder. */
export function pages(locale: Locale): string[] {
  const files = readdirSync(folder(locale), { recursive: true, encoding: 'utf8' })
  return files.filter((file) => FOR_READERS.test(file)).sort()
}

/** Returns the folder of a language. */
export function folder(locale: Locale): string {
  return locale === 'en' ? join(ROOT, 'docs') : join(ROOT, 'docs', locale)
}

export const configurationPage = (locale: Locale) => join(folder(locale), 'operate/configuration.md')
