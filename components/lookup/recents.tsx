'use client'
import { useEffect, useMemo, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import { forget, forgetAll, type Recent, recentLabels, recents } from '@/lib/browser/recent'

interface Props {
  app: string
  who: string
  locale: Locale
  messages: Partial<Messages>
}

interface Named {
  recent: Recent
  /** Null until the server has opened it, and where it does not. */
  label: string | null
}

/**
 * Lists this person's look-ups in this browser. Only the server can read their names, and only for this person. Each can
 * be removed, and sign-out removes all.
 */
export function Recents({ app, who, locale, messages }: Props) {
  const { t } = useMemo(() => createWords(locale, messages), [locale, messages])
  const [list, setList] = useState<Named[]>([])
  useEffect(() => {
    const kept = recents(who)
    setList(kept.map((recent) => ({ recent, label: null })))
    if (kept.length === 0) return
    let isShown = true
    recentLabels(app, kept)
      .then((labels) => isShown && setList(kept.map((recent, i) => ({ recent, label: labels[i] ?? null }))))
      // Without their names the look-ups can still be opened.
      .catch(() => undefined)
    return () => {
      isShown = false
    }
  }, [app, who])
  if (list.length === 0) return null
  const name = ({ recent: { kind }, label }: Named) => {
    if (kind === 'list') return t('box.kind.list', { n: label ?? '…' })
    return `${t(`box.kind.${kind}`)} ${label === null ? '…' : stripControls(label)}`
  }
  const remove = ({ recent: { href } }: Named) => {
    forget(who, href)
    setList(list.filter(({ recent }) => recent.href !== href))
  }
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
          <li key={one.recent.href} className="flex items-center gap-3">
            <a
              href={one.recent.href}
              className="flex min-h-11 min-w-0 flex-1 items-center wrap-anywhere hover:underline"
            >
              {name(one)}
            </a>
            <button
              type="button"
              className="button min-h-9 min-w-9"
              aria-label={t('box.recent.remove', { what: name(one) })}
              onClick={() => remove(one)}
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
