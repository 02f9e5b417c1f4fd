import type { Words } from '@/components/i18n/words'
import { COMPARED_TASKS } from '@/lib/contract/limits'
import { PATHS } from '@/lib/contract/paths'
import { COMPARE_FORM } from './list-row'

interface Props {
  appParam: string | null
  /** How many are ticked; null without scripts, where nobody counts them. */
  ticked: number | null
  words: Words
}

/** Sends the ticked campaigns to the page that compares them. It is a form, so it needs no JavaScript. */
export function CompareBar({ appParam, ticked, words: { t } }: Props) {
  const fits = ticked === null || (ticked >= COMPARED_TASKS.least && ticked <= COMPARED_TASKS.most)
  return (
    <form
      id={COMPARE_FORM}
      action={PATHS.compare}
      method="get"
      className="no-print flex min-h-9 flex-wrap items-center gap-3"
    >
      {appParam !== null && <input type="hidden" name="app" value={appParam} />}
      <button type="submit" className="button" disabled={!fits} aria-describedby="compare-hint">
        {ticked !== null && ticked >= COMPARED_TASKS.least
          ? t('campaigns.compare.some', { n: ticked })
          : t('campaigns.compare.button')}
      </button>
      <p id="compare-hint" className="text-13 text-second" role="status">
        {fits && ticked !== null ? '' : t('campaigns.compare.hint', COMPARED_TASKS)}
      </p>
    </form>
  )
}
