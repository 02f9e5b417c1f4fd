import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import { HOUR, MIN_VOLUME } from '@/lib/contract/limits'
import type { ListedTask, TaskGroup } from '@/lib/contract/tasks'
import { ageIn } from './moment'

type Total = NonNullable<ListedTask['total']>

/** The text of a rate, what it is of, and what it means. `known` is false where there is no rate. */
export interface Figure {
  text: string
  note: string | null
  title: string | null
  known: boolean
}

/** Returns the delivery rate over vendors with receipts, and how much of the campaign they sent. */
export function deliveryFigure(total: Total, { t, locale }: Words): Figure {
  const { delivery, rates, cover, sent } = total
  if (delivery === 'unreported') return absent(t('campaigns.rate.unreported'), t('campaigns.rate.unreportedMeaning'))
  if (rates.deliveryReporting !== null) {
    const isPart = cover.share !== null && cover.share < 1
    const note =
      isPart && cover.share !== null ? t('campaigns.rate.cover', { share: percent(cover.share, locale) }) : null
    return { text: percent(rates.deliveryReporting, locale), note, title: note, known: true }
  }
  const few = (cover.reportingSent ?? 0) > 0 || (sent ?? MIN_VOLUME) < MIN_VOLUME
  return few ? tooFew({ t }) : absent(t('campaigns.rate.unknown'), t('campaigns.rate.unknownMeaning'))
}

/** Returns the click rate, and what it is of where that is not the deliveries. */
export function clickFigure({ rates, delivered, sent }: Total, { t, locale }: Words): Figure {
  const ofSent = rates.clickBasis === 'sent'
  if (rates.click !== null) {
    const note = ofSent ? t('campaigns.rate.ofSent') : null
    return { text: percent(rates.click, locale), note, title: note, known: true }
  }
  const base = ofSent ? sent : delivered
  return base !== null && base < MIN_VOLUME
    ? tooFew({ t })
    : absent(t('campaigns.rate.unknown'), t('campaigns.rate.unknownMeaning'))
}

const tooFew = ({ t }: Pick<Words, 't'>) => absent(t('campaigns.rate.tooFew'), t('campaigns.rate.tooFewMeaning'))
const absent = (text: string, title: string): Figure => ({ text, note: null, title, known: false })

/** Returns what the head of a group says: how many campaigns, of how many the numbers are known, and their sums. */
export function groupFigures(group: TaskGroup, words: Words) {
  const { t, locale } = words
  const { tag, campaigns, known, sent, delivery, share, click, clickBasis, reportingSent } = group
  const part = share === null || share >= 1 ? null : t('campaigns.rate.cover', { share: percent(share, locale) })
  const ofSent = clickBasis === 'sent' ? t('campaigns.rate.ofSent') : null
  const rate = (value: number | null, note: string | null): Figure =>
    value === null ? tooFew(words) : { text: percent(value, locale), note, title: note, known: true }
  const count = t('campaigns.group.total', { n: campaigns })
  return {
    name: tag === null ? t('campaigns.group.none') : stripControls(tag),
    cover: known === campaigns ? count : `${count} · ${t('campaigns.group.cover', { known, n: campaigns })}`,
    sent: sent === null ? t('campaigns.noData') : exact(sent),
    delivery:
      sent !== null && reportingSent === 0
        ? absent(t('campaigns.rate.unreported'), t('campaigns.rate.unreportedMeaning'))
        : rate(delivery, part),
    click: rate(click, ofSent),
  }
}

/** Returns the age of a campaign in its largest unit, as its page does. */
export function ageText(hours: number, { t }: Pick<Words, 't'>): string {
  const { unit, n } = ageIn(hours * HOUR)
  return unit === 'days' ? t('campaigns.age.days', { n }) : t('campaigns.age.hours', { n: hours })
}
