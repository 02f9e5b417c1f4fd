import { minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'

const ENDINGS = ['handed_over', 'not_delivered_yet', 'submitted', 'maybe_switched_off']

export function isInconclusive(verdictKey: string): boolean {
  return ENDINGS.includes(verdictKey)
}

interface Props {
  /** When this device last received a push; null when unknown. */
  receivedAt: string | null
  tz: string
  words: Words
}

/** Lists what to ask and try, in this order, when the vendor accepted the push and no receipt will come. */
export function NextChecks({ receivedAt, tz, words: { t, locale } }: Props) {
  return (
    <section aria-label={t('lookup.ending.title')} className="card p-4 sm:p-5">
      <h3 className="font-semibold">{t('lookup.ending.title')}</h3>
      {receivedAt && (
        <p className="mt-1">
          {t('lookup.ending.received', { time: minute(receivedAt, tz, locale), zone: zoneLabel(receivedAt, tz) })}
        </p>
      )}
      <ol className="mt-2 list-decimal space-y-1 ps-5 marker:text-second">
        {(['ask', 'test', 'phone', 'devices'] as const).map((step) => (
          <li key={step} className="max-w-[78ch]">
            {t(`lookup.ending.${step}`)}
          </li>
        ))}
      </ol>
    </section>
  )
}
