'use client'
import { useEffect, useMemo, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { forget, forgetAll, type Recent, recents } from '@/lib/browser/recent'

interface Props {
  who: string
  locale: Locale
  messages: Partial<Messages>
}

/** Lists this person's look-ups in this browser, with masked IDs. Each can be removed, and sign-out removes all. */
export function Recents({ who, locale, messages }: Props) {
  const { t } = useMemo(() => createWords(locale, messages), [locale, messages])
  const [list, setList] = useState<Recent[]>([])
  useEffect(() => setList(recents(who)), [who])
  if (list.length === 0) return null
  const name = ({ kind, label }: Recent) =>
    kind === 'list' ? t('box.kind.list', { n: label }) : `${t(`box.kind.${kind}`)} ${label}`
  const clear = () => {
    forgetAll()
    setList([])
  }
  return (
    <section aria-labelledby="recent" className="card p-5 max-sm:p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="recent" className="font-semibold">
          {t('box.recent.title')}
        </h2>
        <p className="text-13 text-second">{t('box.recent.note')}</p>
      </div>
      <ul className="mt-2 divide-y divide-line">
        {list.map((one) => (
          <li key={one.href} className="flex items-center gap-3">
            <a href={one.href} className="flex min-h-11 min-w-0 flex-1 items-center break-words hover:underline">
              {name(one)}
            </a>
            <button
              type="button"
              className="button min-h-9 min-w-9"
              aria-label={t('box.recent.remove', { what: name(one) })}
              onClick={() => setList(forget(who, one.href))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="button mt-3" onClick={clear}>
        {t('box.recent.clear')}
      </button>
    </section>
  )
}
