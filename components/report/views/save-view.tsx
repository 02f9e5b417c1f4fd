'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { errorCodeOf } from '@/lib/browser/api'
import { saveView } from '@/lib/browser/views'
import { VIEW_LIMITS } from '@/lib/contract/limits'
import type { ViewPage } from '@/lib/contract/views/view-pages'

export interface SaveViewProps {
  app: string
  page: ViewPage
  /** The query of the page's address, without the app. */
  query: string
  locale: Locale
  messages: Partial<Messages>
}

/** Saves the page under a name. A name that could not be saved stays in the form. */
export function SaveView({ app, page, query, locale, messages }: SaveViewProps) {
  const { t } = createWords(locale, messages)
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ text: string; bad: boolean } | null>(null)
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const fields = new FormData(form)
    setBusy(true)
    setSaid(null)
    try {
      await saveView({
        ...{ app, page, query: Object.fromEntries(new URLSearchParams(query)) },
        ...{ name: String(fields.get('name')), start: fields.get('start') !== null },
      })
      form.reset()
      setSaid({ text: t('views.save.done'), bad: false })
      router.refresh()
    } catch (error) {
      const code = errorCodeOf(error) ?? 'internal'
      const text = code === 'conflict' ? t('views.save.full', { n: VIEW_LIMITS.perApp }) : t(`errors.${code}.title`)
      setSaid({ text, bad: true })
    }
    setBusy(false)
  }
  return (
    <form method="post" onSubmit={save} className="space-y-2 p-2.5 text-13">
      <label className="block font-medium">
        {t('views.save.name')}
        <input
          className="field mt-1 font-normal"
          name="name"
          required
          maxLength={VIEW_LIMITS.name}
          autoComplete="off"
          dir="auto"
        />
      </label>
      <label className="flex min-h-6 items-center gap-2">
        <input type="checkbox" className="accent-accent" name="start" />
        {t('views.save.start')}
      </label>
      <button type="submit" className="button w-full" disabled={busy}>
        {t(busy ? 'views.save.busy' : 'views.save.submit')}
      </button>
      <p role="status" className={`empty:hidden ${said?.bad ? 'text-bad' : 'text-good'}`}>
        {said?.text}
      </p>
    </form>
  )
}
