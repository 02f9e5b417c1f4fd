import { type ReactNode, useId } from 'react'
import type { Words } from '@/components/i18n/words'

/** Renders two views of one answer. Radio buttons switch them, so they work without JavaScript and by arrow keys. */
export function Views({ story, raw, words: { t } }: { story: ReactNode; raw: ReactNode; words: Words }) {
  const name = useId()
  return (
    <div className="group/views space-y-4">
      <fieldset className="choices no-print">
        <legend className="sr-only">{t('lookup.view.label')}</legend>
        {(['story', 'raw'] as const).map((view) => (
          <label key={view}>
            <input type="radio" name={name} value={view} defaultChecked={view === 'story'} className="sr-only" />
            {t(`lookup.view.${view}`)}
          </label>
        ))}
      </fieldset>
      <div className="group-has-[[value=raw]:checked]/views:hidden">{story}</div>
      <div className="hidden group-has-[[value=raw]:checked]/views:block">{raw}</div>
    </div>
  )
}
