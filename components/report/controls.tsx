import Link from 'next/link'
import type { Words } from '@/components/i18n/words'
import { Icon } from '@/components/ui/icon'
import type { FunnelView } from '@/lib/contract/links'
import { PRESETS, type Preset, type RangeReply } from '@/lib/contract/ranges'
import { SOURCES } from '@/lib/contract/sources'
import { CustomDates } from './header/custom-dates'
import { shiftedView } from './header/shifted-view'

interface Props {
  app: string | null
  view: FunnelView
  range: RangeReply
  /** Epoch milliseconds of the data's clock. */
  nowMs: number
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
        <Shift {...props} by={-1} />
        {PRESETS.map((name) => (
          <li key={name}>
            <Link
              prefetch={false}
              scroll={false}
              href={hrefOf({ source: view.source, range: name, tz: view.tz, compare: keptComparison(view) })}
              data-key={KEYS[name]}
              aria-keyshortcuts={KEYS[name]?.slice(-1)}
              aria-current={name === preset ? 'true' : undefined}
            >
              {t(`overview.range.${name}`)}
            </Link>
          </li>
        ))}
        <li>
          <CustomDates {...props} />
        </li>
        <Shift {...props} by={1} />
      </ul>
    </div>
  )
}

/** The ranges that a key opens. */
const KEYS: Partial<Record<Preset, string>> = { today: 'KeyD', '7d': 'KeyW', '30d': 'KeyT' }

/** Another range has another usual comparison. Only "none" stays chosen. */
const keptComparison = ({ compare }: FunnelView) => (compare === 'none' ? compare : undefined)

/** Links to the range of the same length before or after this one. */
function Shift({ view, range, nowMs, words: { t }, hrefOf, by }: Props & { by: -1 | 1 }) {
  const shifted = shiftedView({ view, range, nowMs }, by)
  const label = t(by < 0 ? 'overview.range.earlier' : 'overview.range.later')
  const icon = <Icon name="chevron" size={16} className={by < 0 ? 'rotate-90' : '-rotate-90'} />
  return (
    <li>
      {shifted ? (
        <Link
          prefetch={false}
          scroll={false}
          href={hrefOf(shifted)}
          title={label}
          aria-label={label}
          data-key={by < 0 ? 'ArrowLeft' : 'ArrowRight'}
          aria-keyshortcuts={by < 0 ? 'ArrowLeft' : 'ArrowRight'}
          className="px-1!"
        >
          {icon}
        </Link>
      ) : (
        <span aria-hidden="true" className="inline-flex min-h-7 items-center px-1 opacity-30 max-sm:hidden">
          {icon}
        </span>
      )}
    </li>
  )
}
