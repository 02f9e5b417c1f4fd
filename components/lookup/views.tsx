import { type ReactNode, useId } from 'react'
import type { Words } from '@/components/i18n/words'

/** Renders two views of one answer. Radio buttons switch them, so they work without JavaScript and by arrow keys. */
export function Views({ story, raw, words: { t } }: { story: ReactNode; raw: ReactNode; words: Words }) {
  const name = useId()
  return (
    <div className="views space-y-4">
      <fieldset className="choices no-print">
        <legend className="sr-only">{t('lookup.view.label')}</legend>
        {(['story', 'raw'] as const).map((view) => (
          <label key={view}>
            <input type="radio" name={name} value={view} defaultChecked={view === 'story'} className="sr-only" />
            {t(`lookup.view.${view}`)}
          </label>
        ))}
      </fieldset>
      <div className="story-view">{story}</div>
      <div className="raw-view">{raw}</div>
    </div>
  )
}
