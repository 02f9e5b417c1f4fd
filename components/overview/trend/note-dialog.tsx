'use client'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { removeAnnotation, saveAnnotation } from '@/lib/browser/annotations'
import { errorCodeOf } from '@/lib/browser/api'
import type { ErrorCode } from '@/lib/contract/errors'
import { MAX_NOTE } from '@/lib/contract/limits'
import type { Source } from '@/lib/contract/sources'

/** What the form begins with. `id` is null for a new note. `time` is local to `tz`. */
export interface NoteDraft {
  id: string | null
  text: string
  time: string
  instant: string
  tz: string
  isOfSource: boolean
}

export interface NoteDialogProps {
  app: string
  draft: NoteDraft
  source: Source
  onClose(): void
  words: Words
}

/** Adds, changes or removes a note. Input that could not be saved stays in the form. */
export function NoteDialog({ app, draft, source, onClose, words: { t } }: NoteDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const cache = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const run = async (work: Promise<unknown>) => {
    setBusy(true)
    setFailure(null)
    try {
      await work
      await cache.invalidateQueries({ queryKey: ['annotations', app] })
      dialog.current?.close()
    } catch (error) {
      setFailure(errorCodeOf(error))
      setBusy(false)
    }
  }
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const time = String(fields.get('at'))
    // An unchanged time keeps its instant, because a clock that is put back shows an hour twice.
    const at = time === draft.time ? draft.instant : time
    const isOfSource = fields.get('source') !== null
    run(
      saveAnnotation(app, draft.id, {
        ...{ at, tz: draft.tz, source: isOfSource ? source : null },
        text: String(fields.get('text')),
      }),
    )
  }
  const { id } = draft
  return (
    <dialog ref={dialog} className="note-dialog" aria-labelledby="note-title" onClose={onClose}>
      <form onSubmit={save} method="post" className="space-y-3">
        <h2 id="note-title" className="text-16 font-semibold">
          {t(id === null ? 'trend.note.add' : 'trend.note.editTitle')}
        </h2>
        <label className="block text-13 font-medium">
          {t('trend.note.text')}
          <input
            className="field mt-1 font-normal"
            name="text"
            defaultValue={draft.text}
            maxLength={MAX_NOTE}
            required
            autoComplete="off"
          />
        </label>
        <label className="block text-13 font-medium">
          {t('trend.note.at', { zone: zoneName(draft.instant, draft.tz) })}
          <input
            className="field mt-1 font-normal"
            type="datetime-local"
            name="at"
            defaultValue={draft.time}
            required
          />
        </label>
        <label className="flex min-h-6 items-center gap-2 text-13">
          <input type="checkbox" className="accent-accent" name="source" defaultChecked={draft.isOfSource} />
          {t('trend.note.source', { source: t(`overview.source.${source}`) })}
        </label>
        <p role="alert" className="min-h-5 text-13 text-bad">
          {failure && failureText(failure, t)}
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <button type="submit" className="button" data-kind="main" disabled={busy}>
            {t(busy ? 'trend.note.saving' : 'trend.note.save')}
          </button>
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            {t('trend.note.cancel')}
          </button>
          {id !== null && (
            <button
              type="button"
              className="button ms-auto"
              disabled={busy}
              onClick={() => run(removeAnnotation(app, id))}
            >
              {t('trend.note.remove')}
            </button>
          )}
        </div>
      </form>
    </dialog>
  )
}

function failureText(failure: ErrorCode, t: Words['t']): string {
  if (failure === 'bad_range') return t('trend.note.future')
  return failure === 'bad_request' ? t('trend.note.refused') : t(`errors.${failure}.title`)
}
