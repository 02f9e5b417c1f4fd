import type { ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'
import { MEASURES, type Measure } from '@/components/report/cells'
import { Hint } from '@/components/ui/hint'
import type { Source } from '@/lib/contract/sources'

interface Props {
  source: Source
  words: Words
}

/** The head of the vendor table. It says what each rate is of, for the total and the rows alike. */
export function VendorHead({ source, words: { t } }: Props) {
  const bases: Record<Measure, string> = {
    sendable: t('overview.vendors.base.total'),
    sent: t('overview.vendors.base.sendable'),
    delivered: t('overview.vendors.base.reporting'),
    clicked: t('overview.vendors.base.sent'),
  }
  return (
    <thead>
      <tr>
        <Head>{t('overview.vendors.vendor')}</Head>
        <Head>
          <span className="sr-only">{t('overview.vendors.legend')}</span>
        </Head>
        {MEASURES.map((metric) => (
          <Head key={metric} base={bases[metric]}>
            <Hint
              id={`column-${metric}`}
              end={metric === 'clicked'}
              meaning={`${t(`overview.meaning.${metric}`)} ${t(`overview.unit.${source}`)}`}
            >
              {t(`overview.metric.${metric}`)}
            </Hint>
          </Head>
        ))}
        <Head base={t('overview.vendors.base.sendable')}>{t('overview.vendors.lostHead')}</Head>
        <Head base={t('overview.vendors.base.change')}>{t('overview.vendors.changeHead')}</Head>
        <Head>{t('overview.vendors.curve')}</Head>
      </tr>
    </thead>
  )
}

function Head({ base, children }: { base?: string; children: ReactNode }) {
  return (
    <th scope="col">
      {children}
      {base !== undefined && <span className="block text-12">{base}</span>}
    </th>
  )
}
