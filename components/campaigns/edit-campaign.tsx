'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf } from '@/lib/browser/api'
import { putTask } from '@/lib/browser/tasks'
import type { ErrorCode } from '@/lib/contract/errors'
import { TAG_BREAKS, TASK_LIMITS } from '@/lib/contract/limits'
import type { TaskReply } from '@/lib/contract/tasks'

interface Props {
  app: string
  task: TaskReply
  /** The page without this form. */
  back: string
  locale: Locale
  messages: Partial<Messages>
}

/** Splits tags as people type them, with or without a leading #. */
function tagsOf(text: string): string[] {
  return text
    .split(TAG_BREAKS)
    .map((tag) => tag.replace(/^\s*#/, '').trim())
    .filter((tag) => tag !== '')
}

/** Edits name, tags and note of one campaign. Input that could not be saved stays in the form. */
export function EditCampaign({ app, task, back, locale, messages }: Props) {
  const { t } = useMemo(() => createWords(locale, messages), [locale, messages])
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const hydrated = useHydrated()
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const text = (name: string) => String(fields.get(name) ?? '')
    setBusy(true)
    setFailure(null)
    try {
      await putTask(app, task.taskId, {
        label: text('label'),
        tags: tagsOf(text('tags')),
        note: text('note').replaceAll('\r\n', '\n'),
      })
      router.push(back, { scroll: false })
      router.refresh()
    } catch (error) {
      setFailure(errorCodeOf(error))
      setBusy(false)
    }
  }
  return (
    <form onSubmit={save} className="needs-script mt-3 space-y-3" method="post">
      <label className="block text-13 font-medium">
        {t('campaigns.form.name')}
        <input
          className="field mt-1 font-normal"
          name="label"
          ref={first}
          defaultValue={task.label}
          maxLength={TASK_LIMITS.label}
          autoComplete="off"
        />
      </label>
      <label className="block text-13 font-medium">
        {t('campaigns.form.tags')}
        <input
          className="field mt-1 font-normal"
          name="tags"
          defaultValue={task.tags.join(', ')}
          autoComplete="off"
          aria-describedby="tags-hint"
        />
      </label>
      <p id="tags-hint" className="-mt-2 text-12 text-second">
        {t('campaigns.form.tagsHint')}
      </p>
      <label className="block text-13 font-medium">
        {t('campaigns.form.note')}
        <textarea
          className="field mt-1 min-h-20 font-normal"
          name="note"
          defaultValue={task.note}
          maxLength={TASK_LIMITS.note}
        />
      </label>
      <div className="flex flex-wrap items-center gap-3">
        <button type="submit" className="button" data-kind="main" disabled={!hydrated || busy}>
          {t(busy ? 'campaigns.form.saving' : 'campaigns.form.save')}
        </button>
        <p role="alert" className="text-13 text-bad">
          {failure && t(failure === 'bad_request' ? 'campaigns.form.refused' : `errors.${failure}.title`)}
        </p>
      </div>
    </form>
  )
}
