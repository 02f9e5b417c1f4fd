'use client'
import { type ComponentType, useEffect, useState } from 'react'
import { isSingleKey } from '@/components/frame/keys/single-key'
import { isoDay, second } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { ChartButton } from '@/components/overview/picture/picture-buttons'
import type { PictureSubject } from '@/components/report/picture/funnel-lines'
import type { AnnotationReply } from '@/lib/contract/chart/annotations'
import type { TrendView } from '@/lib/contract/chart/trend-view'
import type { FunnelReply } from '@/lib/contract/funnel'
import type { NoteDialogProps, NoteDraft } from './note-dialog'

interface Props {
  app: string
  reply: FunnelReply
  view: TrendView
  annotations: readonly AnnotationReply[]
  subject: PictureSubject
  mayNote: boolean
  /** The note that somebody opened from the list. */
  edited: AnnotationReply | null
  /** Ends editing. */
  onDone(): void
  words: Words
}

/** The buttons of the chart: add a note, save a picture. The dialog is loaded when it is needed. */
export function TrendActions({ app, reply, view, annotations, subject, mayNote, edited, onDone, words }: Props) {
  const { t } = words
  const [isAdding, setAdding] = useState(false)
  const [Dialog, setDialog] = useState<ComponentType<NoteDialogProps> | null>(null)
  const draft = edited ? draftOf(edited, reply) : isAdding ? newDraft(reply) : null
  const isOpen = draft !== null
  useEffect(() => {
    if (isOpen) import('./note-dialog').then(({ NoteDialog }) => setDialog(() => NoteDialog)).catch(() => undefined)
  }, [isOpen])
  useEffect(() => {
    if (!mayNote) return
    const onKey = (event: KeyboardEvent) => {
      if (event.code !== 'KeyN' || event.shiftKey || !isSingleKey(event)) return
      event.preventDefault()
      setAdding(true)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [mayNote])
  const close = () => {
    setAdding(false)
    onDone()
  }
  return (
    <>
      {mayNote && (
        <button
          type="button"
          className="button needs-script no-print text-13"
          title={t('trend.note.addKey')}
          aria-keyshortcuts="N"
          onClick={() => setAdding(true)}
        >
          {t('trend.note.add')}
        </button>
      )}
      <ChartButton {...{ reply, view, annotations, subject, words }} />
      {draft && Dialog && (
        <Dialog key={draft.id} app={app} draft={draft} source={reply.source} onClose={close} words={words} />
      )}
    </>
  )
}

/** A new note is about the last bucket of the chart. */
function newDraft({ series, range }: FunnelReply): NoteDraft {
  const at = series.at(-1)?.from ?? range.from
  return { id: null, text: '', tz: range.tz, ...local(at, range.tz), isOfSource: false }
}

function draftOf({ id, text, at, source }: AnnotationReply, { range }: FunnelReply): NoteDraft {
  return { id, text: text ?? '', tz: range.tz, ...local(at, range.tz), isOfSource: source !== null }
}

/** An instant as the value of an input for local times. */
function local(at: string, tz: string) {
  return { instant: at, time: `${isoDay(at, tz)}T${second(at, tz).slice(0, 5)}` }
}
