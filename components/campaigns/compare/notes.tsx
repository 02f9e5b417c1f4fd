import type { Words } from '@/components/i18n/words'
import { pointsText } from '@/components/report/delta'
import { vendorNames } from '@/components/report/vendor'
import type { CompareTasksReply } from '@/lib/contract/campaigns/task-comparison'
import { nameOf } from '../moment'

const RATES = ['send', 'delivery', 'click'] as const

/** Says in sentences which differences are more than chance, and what the numbers cover. */
export function ComparisonNotes({ reply, words }: { reply: CompareTasksReply; words: Words }) {
  const { t } = words
  const facts = [
    reply.vendors.length > 0
      ? t('campaign.compare.vendors', { vendors: reply.vendors.map((one) => vendorNames(one, words).name).join(', ') })
      : t('campaign.compare.noVendors'),
    t(`campaign.compare.clickBasis.${reply.clickBasis}`),
    reply.age === 'latest' && t('campaign.compare.latest'),
    t('campaign.compare.chance'),
  ].filter((fact) => typeof fact === 'string')
  return (
    <div className="space-y-3">
      <ul aria-label={t('campaign.compare.result')} className="space-y-1">
        {sentencesOf(reply, words).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <ul className="max-w-[90ch] space-y-0.5 text-12 text-second">
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </div>
  )
}

/** Returns a sentence for each difference that is more than chance, or one that says there is none. */
function sentencesOf({ tasks: [first, ...others] }: CompareTasksReply, words: Words): string[] {
  const { t } = words
  const all = others.flatMap((task) =>
    RATES.flatMap((rate) => {
      const found = task.differences?.[rate]
      return found ? [{ task, rate, found }] : []
    }),
  )
  if (!first || all.length === 0) return [t('campaign.compare.nothing')]
  const told = all.filter(({ found }) => found.beyondChance)
  if (told.length === 0) return [t('campaign.compare.alone')]
  return told.map(({ task, rate, found }) =>
    t(`campaign.compare.${found.difference > 0 ? 'higher' : 'lower'}`, {
      name: nameOf(task),
      base: nameOf(first),
      rate: t(`campaign.compare.rate.${rate}`),
      points: (pointsText(Math.abs(found.difference), words) ?? '').replace(/^[+±]/, ''),
    }),
  )
}
