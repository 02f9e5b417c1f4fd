import { minute, second, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { vendorNames } from '@/components/report/vendor'
import { stripControls } from '@/components/ui/strip-controls'
import type { DeviceReply, SentenceReply, TraceReply, VerdictReply } from '@/lib/contract/traces'
import { type Step, stepsOf } from './steps'
import { verdictActor } from './verdict'
import { verdictSentences, verdictText } from './verdict-text'

interface Subject {
  verdict: VerdictReply
  /** What was looked up, in one line. */
  about: string
  /** Lines between the verdict and the last line. */
  body?: string[]
  foot: string
  tz: string
  words: Words
}

/** Returns a verdict as text for a ticket: the sentence, its evidence, the next step and who acts. */
export function verdictTicketText({ verdict, about, body = [], foot, tz, words }: Subject): string {
  const { t } = words
  const text = (line: SentenceReply) => verdictText(line, words, tz)
  const actor = verdictActor(verdict.actor, words)
  return [
    `${verdictSentences(verdict, words, tz)} (${t(`lookup.verdict.${verdict.confidence}`)})`,
    about,
    ...verdict.evidence.map((line) => ['-', text(line), line.values.url].filter(Boolean).join(' ')),
    verdict.next.text && `${t('lookup.verdict.next')}: ${text(verdict.next)}${actor && ` (${actor})`}`,
    ...body,
    foot,
  ]
    .filter((line) => line !== '')
    .join('\n')
}

/**
 * Returns a verdict with its devices and steps, and the time of the data. Push tokens are left out, because many people
 * read a ticket.
 */
export function traceTicketText(
  reply: TraceReply & { verdict: VerdictReply },
  about: string,
  tz: string,
  words: Words,
) {
  const { t, locale } = words
  const { asOf, devices, verdict } = reply
  const foot = asOf ? t('lookup.asOf', { time: minute(asOf, tz, locale), zone: zoneLabel(asOf, tz) }) : ''
  return verdictTicketText({
    verdict,
    about,
    body: devices.flatMap((device) => deviceLines(device, tz, words)),
    foot,
    tz,
    words,
  })
}

function deviceLines(device: DeviceReply, tz: string, words: Words): string[] {
  const { t } = words
  const name = [
    stripControls(device.model) || t('lookup.device.unnamed'),
    stripControls(`${device.system} ${device.systemVersion}`.trim()),
    vendorNames(device, words).name,
  ]
  const steps = stepsOf(device).filter(({ state }) => state !== 'not_applicable')
  return ['', name.filter(Boolean).join(' · '), ...steps.map((step) => `  ${stepLine(step, tz, words)}`)]
}

function stepLine(step: Step, tz: string, { t, locale }: Words): string {
  const { at, atText, code, stage, online, state } = step
  const name = t(online && stage === 'channel' ? 'lookup.onlineChannel' : `lookup.stage.${stage}`)
  const outcome = t('lookup.ticket.step', { stage: name, state: t(`lookup.state.${state}`) })
  const when = at ? `${minute(at, tz, locale)}${second(at, tz).slice(5)}` : stripControls(atText)
  const why =
    state === 'failed'
      ? [code === null ? '' : t('lookup.code', { code: String(code) }), stripControls(step.reason)]
      : []
  return [outcome, when, ...why].filter(Boolean).join(' ')
}

/** Returns the labels of the button that copies a ticket. */
export function copyLabels({ t }: Words) {
  return { copy: t('lookup.ticket.copy'), copied: t('lookup.copy.copied'), failed: t('lookup.copy.failed') }
}
