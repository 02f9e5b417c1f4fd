import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { MEASURES } from '@/components/report/cells'
import { stripControls } from '@/components/ui/strip-controls'
import { isAwaited } from '@/lib/contract/awaited'
import type { FunnelReply } from '@/lib/contract/funnel'

/** Lists the counts of several campaigns. They have no total, because a device can be in several of them. */
export function TaskTotals({ reply, words }: { reply: FunnelReply; words: Words }) {
  const { t } = words
  const absent = t(isAwaited(reply.freshness) ? 'overview.waiting.asking' : 'overview.absent.title')
  return (
    <section className="card overflow-x-auto px-5 py-4 max-sm:px-4" aria-labelledby="by-task">
      <h2 id="by-task" className="text-16 font-semibold">
        {t('overview.tasks.title')}
      </h2>
      <table className="mt-2 w-full text-13">
        <thead>
          <tr className="text-second">
            <th scope="col" className="py-1 pe-4 text-start font-medium">
              {t('overview.tasks.task')}
            </th>
            {MEASURES.map((metric) => (
              <th key={metric} scope="col" className="py-1 ps-4 text-end font-medium">
                {t(`overview.metric.${metric}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {reply.tasks.map(({ task, total }) => (
            <tr key={task} className="border-t border-line">
              <th scope="row" className="py-1.5 pe-4 text-start font-mono text-12 font-normal break-all">
                {stripControls(task)}
              </th>
              {total === null ? (
                <td colSpan={MEASURES.length} className="py-1.5 text-end text-second">
                  {absent}
                </td>
              ) : (
                MEASURES.map((metric) => (
                  <td key={metric} className="py-1.5 ps-4 text-end">
                    {countText(total, metric, words)}
                  </td>
                ))
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type Total = NonNullable<FunnelReply['tasks'][number]['total']>

/** Deliveries that no vendor reports are not zero. */
function countText(total: Total, metric: (typeof MEASURES)[number], { t }: Words): string {
  if (metric === 'delivered' && total.delivery === 'unreported') return t('overview.delivery.unreported')
  const count = total[metric]
  return count === null ? t('overview.rate.unknown') : exact(count)
}
