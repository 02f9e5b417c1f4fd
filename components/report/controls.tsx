import Link from 'next/link'
import type { Words } from '@/components/i18n/words'
import type { FunnelView } from '@/lib/contract/links'
import { PRESETS, type RangeReply } from '@/lib/contract/ranges'
import { SOURCES } from '@/lib/contract/sources'
import { CustomDates } from './header/custom-dates'

interface Props {
  app: string | null
  view: FunnelView
  range: RangeReply
  words: Words
  /** The page of the links, and the other fields that its form keeps. */
  path: string
  keptFields?: Record<string, string | undefined>
  hrefOf(view: FunnelView): string
}

/** Renders source and range as links, so that every view has an address and works without JavaScript. */
export function Controls(props: Props) {
  const { view, range, words, hrefOf } = props
  const { t } = words
  const preset = range.preset
  return (
    <div className="no-print flex max-w-full flex-wrap items-center gap-2">
      <ul aria-label={t('overview.source.label')} className="choices">
        {SOURCES.map((source) => (
          <li key={source}>
            <Link
              prefetch={false}
              scroll={false}
              href={hrefOf({ ...view, source })}
              title={t(`overview.source.${source}Meaning`)}
              aria-current={source === view.source ? 'true' : undefined}
            >
              {t(`overview.source.${source}`)}
            </Link>
          </li>
        ))}
      </ul>
      <ul aria-label={t('overview.range.label')} className="choices flex-wrap">
        {PRESETS.map((name) => (
          <li key={name}>
            <Link
              prefetch={false}
              scroll={false}
              href={hrefOf({ source: view.source, range: name, tz: view.tz })}
              aria-current={name === preset ? 'true' : undefined}
            >
              {t(`overview.range.${name}`)}
            </Link>
          </li>
        ))}
        <li>
          <CustomDates {...props} />
        </li>
      </ul>
    </div>
  )
}
