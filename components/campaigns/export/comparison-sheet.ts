import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { pointsText } from '@/components/report/delta'
import type { Sheet } from '@/components/report/picture/sheet-picture'
import { vendorNames } from '@/components/report/vendor'
import type { AppReply } from '@/lib/contract/apps'
import type { ComparedTask, CompareTasksReply } from '@/lib/contract/campaigns/task-comparison'
import { comparedRates } from '../compare/rates'
import { moment, nameOf } from '../moment'
import { aboutApp, updatedText } from './about'

interface SheetQuestion {
  app: AppReply
  reply: CompareTasksReply
  words: Words
}

const RATES = ['send', 'delivery', 'click'] as const

/** Returns a comparison as a table: what was sent, and each rate with its difference to the first campaign. */
export function comparisonSheet({ app, reply, words }: SheetQuestion): Sheet {
  const { t } = words
  const fetches = reply.tasks.flatMap(({ asOf }) => asOf ?? []).sort()
  const vendors = reply.vendors.map((one) => vendorNames(one, words).name).join(', ')
  return {
    title: `${t('campaign.compare.title')} · ${t(`campaign.age.${reply.age}`)}`,
    ...aboutApp(app, fetches[0] ?? null, words),
    columns: [
      { name: t('campaign.compare.campaign'), share: 340 },
      { name: t('campaigns.column.sentAt'), share: 150 },
      ...(['sent', ...RATES] as const).map((column) => ({
        ...{ name: t(`campaign.compare.${column}`), share: 170, end: true },
      })),
    ],
    rows: reply.tasks.map((task) => ({
      cells: [
        nameOf(task),
        task.sentAt ? moment(task.sentAt, app.utcOffset) : t('campaigns.sentUnknown'),
        ...numbersOf(task, reply, words),
      ],
    })),
    foot: [
      [
        ...updatedText(fetches[0] ?? null, reply.tz, words),
        t('campaigns.export.held', { held: fetches.length, expected: reply.tasks.length }),
        t(`campaign.compare.clickBasis.${reply.clickBasis}`),
      ].join(' · '),
      vendors === '' ? t('campaign.compare.noVendors') : t('campaign.compare.vendors', { vendors }),
    ],
  }
}

function numbersOf(task: ComparedTask, { clickBasis }: CompareTasksReply, words: Words): string[] {
  const { t, locale } = words
  const { counts, differences, gap } = task
  if (counts === null) return [t(`campaign.gap.${gap ?? 'not_collected'}`)]
  const rates = comparedRates(task, counts, clickBasis)
  return [
    counts.sent === null ? t('overview.rate.unknown') : exact(counts.sent),
    ...RATES.map((rate) => {
      const shown = rates[rate]
      if (shown === null) return t('overview.rate.unknown')
      const difference = pointsText(differences?.[rate]?.difference, words)
      return difference === null ? percent(shown, locale) : `${percent(shown, locale)} · ${difference}`
    }),
  ]
}
