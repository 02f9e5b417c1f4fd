import { distinctMinute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import type { LossesReply } from '@/lib/contract/losses'

/**
 * Lists the campaigns in the sums, how much of each is stored, and which ones Tencent does not know. A single campaign
 * is listed only when Tencent does not know it.
 */
export function TasksCover({ reply: { tasks, range }, words: { t, locale } }: { reply: LossesReply; words: Words }) {
  if (tasks.length < 2 && tasks.every(({ known }) => known !== false)) return null
  return (
    <details className="card" open={tasks.some(({ known }) => known === false) || undefined}>
      <summary className="min-h-11 px-5 py-3 max-sm:px-4">
        <span className="link">{t('losses.tasks.title')}</span>
      </summary>
      <table className="sums">
        <thead>
          <tr>
            <th scope="col">{t('losses.tasks.task')}</th>
            <th scope="col">{t('losses.tasks.held')}</th>
            <th scope="col">{t('losses.tasks.asOf')}</th>
          </tr>
        </thead>
        <tbody>
          {tasks.map(({ task, known, held, expected, asOf }) => (
            <tr key={task}>
              <th scope="row">
                <code className="raw">{stripControls(task)}</code>
                {known === false && <span className="block text-13 text-warn">{t('losses.tasks.unknown')}</span>}
              </th>
              <td>{known === null ? t('losses.tasks.notHeld') : t('losses.tasks.cover', { held, expected })}</td>
              <td>{asOf && distinctMinute(asOf, range.tz, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
