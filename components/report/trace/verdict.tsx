import type { ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import type { SentenceReply, VerdictReply } from '@/lib/contract/traces'
import { verdictSentences, verdictText } from './verdict-text'

interface Props {
  verdict: VerdictReply
  /** The console's zone. */
  tz: string
  words: Words
  /** The buttons below the answer. */
  children?: ReactNode
}

/** Renders the answer: one sentence, its confidence, the evidence, the next step and who acts. */
export function Verdict({ verdict, tz, words, children }: Props) {
  const { t } = words
  const { confidence, evidence } = verdict
  const actor = verdictActor(verdict.actor, words)
  return (
    <section aria-label={t('lookup.verdict.label')} className="card p-5 sm:p-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <h2 className="max-w-[44em] min-w-0 flex-1 basis-80 text-20 font-semibold break-words">
          {verdictSentences(verdict, words, tz)}
        </h2>
        <p
          title={t(`lookup.verdict.${confidence}Meaning`)}
          className="rounded-full border border-field px-2.5 py-0.5 text-13 font-medium"
        >
          {t(`lookup.verdict.${confidence}`)}
        </p>
      </div>
      {evidence.length > 0 && (
        <ul aria-label={t('lookup.verdict.evidence')} className="mt-3 max-w-[78ch] space-y-1 text-second">
          {evidence.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines never move, and two may say the same
            <li key={`${i} ${line.text}`} className="flex gap-2 break-words before:content-['·']">
              <span className="min-w-0">
                <Evidence line={line} tz={tz} words={words} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {verdict.next.text && (
        <dl className="mt-4 flex flex-wrap gap-x-12 gap-y-3 border-t border-line pt-4">
          <div>
            <dt className="text-13 text-second">{t('lookup.verdict.next')}</dt>
            <dd className="max-w-[78ch] font-medium">{verdictText(verdict.next, words, tz)}</dd>
          </div>
          {actor && (
            <div>
              <dt className="text-13 text-second">{t('lookup.verdict.actor')}</dt>
              <dd className="font-medium">{actor}</dd>
            </div>
          )}
        </dl>
      )}
      {children}
    </section>
  )
}

/** Renders one line of evidence, the name of its source as a link. */
function Evidence({ line, tz, words }: { line: SentenceReply; tz: string; words: Words }) {
  const text = verdictText(line, words, tz)
  const { source = '', url = '' } = line.values
  const at = source === '' ? -1 : text.lastIndexOf(source)
  if (at < 0 || !url.startsWith('https://')) return text
  return (
    <>
      {text.slice(0, at)}
      <a className="link" href={url} rel="noreferrer noopener" target="_blank">
        {source}
      </a>
      {text.slice(at + source.length)}
    </>
  )
}

/** Returns who acts; '' when nobody has to. */
export function verdictActor(actor: string, { t, has }: Words): string {
  if (actor === 'none') return ''
  const key = `lookup.actor.${actor}`
  return has(key) ? t(key as 'lookup.actor.user') : stripControls(actor)
}
