import { minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { vendorNames } from '@/components/report/vendor'
import { stripControls } from '@/components/ui/strip-controls'
import type { SentenceReply } from '@/lib/contract/traces'
import { duration } from './duration'

/** Values that are instants. `time` is Tencent's own text in the same zone. */
const INSTANTS = ['at', 'begun', 'ended'] as const
const ZONELESS = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/

/**
 * Returns the sentence in the viewer's language, its times in the console's zone `tz`. Falls back to the reply's own
 * text when this page does not know the key.
 */
export function verdictText({ key, values, text }: SentenceReply, words: Words, tz: string): string {
  if (!words.has(`verdicts.${key}`)) return stripControls(text)
  try {
    return stripControls(words.t(`verdicts.${key}`, named(values, words, tz)))
  } catch {
    return stripControls(text)
  }
}

/** Returns the whole verdict: its own sentence, then what failed on another path or device. */
export function verdictSentences(
  { key, values, text, also }: SentenceReply & { also: SentenceReply[] },
  words: Words,
  tz: string,
): string {
  if (!words.has(`verdicts.${key}`)) return stripControls(text)
  const between = words.locale === 'zh-CN' ? '' : ' '
  return [{ key, values, text }, ...also].map((line) => verdictText(line, words, tz)).join(between)
}

function named(values: SentenceReply['values'], words: Words, tz: string): Record<string, string> {
  const found: Record<string, string> = { ...values }
  if (values.vendor !== undefined) found.vendor = vendorNames({ vendor: values.vendor, channel: 'offline' }, words).name
  if (values.ago !== undefined) found.ago = duration(Number(values.ago), words)
  for (const name of INSTANTS) {
    const at = values[name]
    if (at !== undefined) found[name] = `${minute(at, tz, words.locale)} (${zoneLabel(at, tz)})`
  }
  const [, day, clock] = ZONELESS.exec(values.time ?? '') ?? []
  if (day && isRealTime(`${day}T${clock}`)) found.time = `${day} ${clock} (${zoneLabel(`${day}T${clock}Z`, tz)})`
  return found
}

/** Tells whether a zoneless text is a time at all: 30 February and hour 24 are not, so they have no zone either. */
function isRealTime(text: string): boolean {
  const at = Date.parse(`${text}Z`)
  return at > 0 && new Date(at).toISOString().startsWith(text)
}
