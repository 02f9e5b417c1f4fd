import type { ReactNode } from 'react'
import { Demo } from '@/components/frame/demo'
import { minute, zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { scopeTexts } from '@/components/report/share/scope-text'
import { Mark } from '@/components/ui/icon'
import { stripControls } from '@/components/ui/strip-controls'
import type { SharedHead as Head } from '@/lib/contract/shares/view'
import { FrozenCopy } from './frozen-copy'

interface Props {
  head: Head
  tz: string
  language: ReactNode
  copy(): Promise<Blob>
  words: Words
}

/** Says what a visitor sees: whose data, which part of it, as of when, and until when the link works. */
export function SharedHead({ head, tz, language, copy, words }: Props) {
  const { t, locale } = words
  const { app, frozen, endsAt } = head
  const facts = [
    frozen
      ? { text: t('shared.frozen', { time: minute(frozen.at, tz, locale) }), title: t('shared.frozenMeaning') }
      : { text: t('shared.live'), title: t('shared.liveMeaning') },
    { text: t('shared.ends', { time: minute(endsAt, tz, locale) }), title: undefined },
    { text: t('shared.zone', { zone: zoneName(endsAt, tz) }), title: undefined },
  ]
  return (
    <header className="space-y-3 py-5">
      {app.demo && <Demo words={words} />}
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <p className="flex items-center gap-2 text-13 text-second">
            <Mark size={20} />
            <span className="min-w-0 break-words">{t('shared.of', { app: stripControls(app.name) })}</span>
          </p>
          <h1 className="mt-1 text-20 font-semibold break-words">{stripControls(head.name)}</h1>
        </div>
        {language}
      </div>
      <ul aria-label={t('shared.facts')} className="flex flex-wrap gap-x-2 gap-y-1 text-13">
        {facts.map(({ text, title }, i) => (
          <li
            key={text}
            title={title}
            className={i === 0 ? 'rounded-full border border-field px-2.5 font-medium' : 'px-0.5'}
          >
            {text}
          </li>
        ))}
      </ul>
      {head.scope && (
        <ul className="flex flex-wrap gap-y-1 text-13 text-second">
          {scopeTexts(head.scope, tz, words).map((text) => (
            <li key={text} className="min-w-0 break-words not-last:after:px-2 not-last:after:content-['·']">
              {text}
            </li>
          ))}
        </ul>
      )}
      {frozen && <FrozenCopy sha256={frozen.sha256} copy={copy} words={words} />}
      {frozen?.erased && <p className="text-13 text-warn">{t('shared.erased')}</p>}
    </header>
  )
}
