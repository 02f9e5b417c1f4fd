'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { errorCodeOf } from '@/lib/browser/api'
import { importTasks, previewImport, undoImport } from '@/lib/browser/tasks'
import type { ErrorCode } from '@/lib/contract/errors'
import type { ImportReply } from '@/lib/contract/tasks'
import { type Step, useAddDraft } from './add-draft'
import { Preview } from './preview'

interface Props {
  app: string
  tz: string
  locale: Locale
  messages: Partial<Messages>
}

type Work = 'preview' | 'save' | 'undo'

/**
 * Imports campaigns from pasted text in three steps: paste, preview, save. Saving can be undone. Text and undo stay when
 * the dialog is closed, until the page is loaded again.
 */
export function AddCampaigns({ app, tz, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { t } = words
  const router = useRouter()
  const [{ text, step }, change] = useAddDraft(app)
  const [busy, setBusy] = useState<Work | null>(null)
  const [failure, setFailure] = useState<{ work: Work; code: ErrorCode } | null>(null)
  const outcome = useRef<HTMLDivElement>(null)
  const focused = useRef(step)

  // The pressed button disappears with its step, so the focus moves to the result.
  useEffect(() => {
    if (step !== focused.current && step.at !== 'text') outcome.current?.focus()
    focused.current = step
  }, [step])

  const run = async (work: Work, ask: () => Promise<Step>) => {
    setBusy(work)
    setFailure(null)
    try {
      const next = await ask()
      change(() => ({ step: next, ...(next.at === 'saved' && { text: '' }) }))
      if (next.at !== 'preview') router.refresh()
    } catch (error) {
      setFailure({ work, code: errorCodeOf(error) ?? 'internal' })
    }
    setBusy(null)
  }
  const preview = () => run('preview', async () => ({ at: 'preview', reply: await previewImport(app, text) }))
  const save = () => run('save', async () => ({ at: 'saved', reply: await importTasks(app, text), text }))
  const undo = (id: string, saved: string) =>
    run('undo', async () => {
      await undoImport(app, id)
      change((present) => ({ text: present.text || saved }))
      return { at: 'undone' }
    })
  const writes = step.at === 'preview' ? step.reply.summary.new + step.reply.summary.changed : 0

  return (
    <div className="mt-3">
      <noscript>
        <p>{t('campaigns.add.noScript')}</p>
      </noscript>
      <div className="needs-script space-y-3">
        <label className="block text-13 font-medium">
          {t('campaigns.add.text')}
          <textarea
            className="field mt-1 min-h-28 font-mono text-12 font-normal"
            value={text}
            onChange={(event) => {
              const typed = event.currentTarget.value
              change(() => ({ text: typed, ...(step.at === 'preview' && { step: { at: 'text' } }) }))
            }}
            aria-describedby="add-hint"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        </label>
        <p id="add-hint" className="text-12 text-second">
          {t('campaigns.add.hint')}
        </p>
        {step.at !== 'preview' && (
          <button
            type="button"
            className="button"
            data-kind="main"
            disabled={busy !== null || text.trim() === ''}
            onClick={preview}
          >
            {t(busy === 'preview' ? 'campaigns.add.reading' : 'campaigns.add.preview')}
          </button>
        )}
        <div ref={outcome} tabIndex={-1} role="status" className="space-y-3 outline-none">
          {step.at === 'preview' && <Preview reply={step.reply} tz={tz} words={words} />}
          {step.at === 'saved' && (
            <Saved reply={step.reply} busy={busy !== null} undo={(id) => undo(id, step.text)} t={t} />
          )}
          {step.at === 'undone' && <p className="font-medium">{t('campaigns.add.undone')}</p>}
        </div>
        {step.at === 'preview' && (
          <button
            type="button"
            className="button"
            data-kind="main"
            disabled={busy !== null || writes === 0}
            onClick={save}
          >
            {busy === 'save' ? t('campaigns.add.saving') : t('campaigns.add.save', { n: writes })}
          </button>
        )}
        <p role="alert" className="text-13 text-bad">
          {failure && failureText(failure)}
        </p>
      </div>
    </div>
  )

  function failureText({ work, code }: { work: Work; code: ErrorCode }): string {
    if (code === 'too_large') return t('campaigns.add.tooLarge')
    return work === 'undo' && code === 'conflict' ? t('campaigns.add.undoConflict') : t(`errors.${code}.title`)
  }
}

interface SavedProps {
  reply: ImportReply
  busy: boolean
  undo(id: string): void
  t: ReturnType<typeof createWords>['t']
}

function Saved({ reply, busy, undo, t }: SavedProps) {
  const { summary, undo: id } = reply
  const done = [
    summary.new > 0 && t('campaigns.add.added', { n: summary.new }),
    summary.changed > 0 && t('campaigns.add.changed', { n: summary.changed }),
    summary.refused > 0 && t('campaigns.add.count.refused', { n: summary.refused }),
  ].filter(Boolean)
  return (
    <p className="flex flex-wrap items-center gap-3 font-medium">
      {id === null ? t('campaigns.add.noChange') : done.join(' · ')}
      {id !== null && (
        <button type="button" className="button" disabled={busy} onClick={() => undo(id)}>
          {t(busy ? 'campaigns.add.undoing' : 'campaigns.add.undo')}
        </button>
      )}
    </p>
  )
}
