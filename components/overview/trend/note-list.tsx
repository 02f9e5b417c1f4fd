import { distinctMinute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import type { AnnotationReply } from '@/lib/contract/chart/annotations'
import type { ChartNote } from './chart-notes'

interface Props {
  notes: readonly ChartNote[]
  tz: string
  /** Opens a note for changes; absent where nobody may. */
  onEdit?: ((note: AnnotationReply) => void) | undefined
  words: Words
}

/** Lists what the numbers on the chart mean. */
export function NoteList({ notes, tz, onEdit, words: { t, locale } }: Props) {
  if (notes.length === 0) return null
  return (
    <ol aria-label={t('trend.note.list')} className="mt-3 space-y-1 text-13">
      {notes.map(({ n, at, text, annotation }) => (
        <li key={n} className="flex min-h-6 items-baseline gap-2">
          <span className="note-number">{n}</span>
          <span className="min-w-0 break-words">
            <time dateTime={at} className="text-second">
              {distinctMinute(at, tz, locale)}
              {annotation?.until && ` – ${distinctMinute(annotation.until, tz, locale)}`}
            </time>{' '}
            {text}
            {annotation?.author?.name && (
              <span className="text-second"> · {stripControls(annotation.author.name)}</span>
            )}{' '}
            {annotation?.editable && onEdit && (
              <button type="button" className="link needs-script no-print min-h-6" onClick={() => onEdit(annotation)}>
                {t('trend.note.edit')}
                <span className="sr-only"> {n}</span>
              </button>
            )}
          </span>
        </li>
      ))}
    </ol>
  )
}
