import { exact } from '@/components/i18n/number'
import { day } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { RetentionItem } from '@/lib/contract/installation/retention'
import { sizeText } from './size-text'

interface Props {
  items: RetentionItem[]
  tz: string
  words: Words
}

const CELL = 'px-3 py-2 first:ps-5 last:pe-5 max-sm:px-2'
const NUMBER = `${CELL} text-end tabular-nums`
/** A phone has room for the kind, the rows and the size. How long it is kept then stands under the kind. */
const WIDE = 'max-sm:hidden'

/** Lists the kinds of data: how long each is kept, and what there is of it. */
export function Stored({ items, tz, words }: Props) {
  const { t } = words
  return (
    <section className="card" aria-labelledby="stored">
      <h2 id="stored" className="px-5 py-4 text-16 font-semibold max-sm:px-4">
        {t('retention.table')}
      </h2>
      <table className="w-full border-t border-line text-13">
        <caption className="sr-only">{t('retention.table')}</caption>
        <thead>
          <tr className="text-12 text-second">
            <Head text={t('retention.column.kind')} />
            <Head text={t('retention.column.kept')} more={WIDE} />
            <Head text={t('retention.column.rows')} more="text-end" />
            <Head text={t('retention.column.size')} more="text-end" />
            <Head text={t('retention.column.oldest')} more={`text-end ${WIDE}`} />
            <Head text={t('retention.column.perDay')} more={`text-end ${WIDE}`} />
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={item.kind} item={item} tz={tz} words={words} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Head({ text, more = '' }: { text: string; more?: string }) {
  return (
    <th
      scope="col"
      className={`px-3 py-2 font-medium whitespace-nowrap first:ps-5 last:pe-5 max-sm:px-2 ${more || 'text-start'} ${more === WIDE ? 'text-start' : ''}`}
    >
      {text}
    </th>
  )
}

function Row({ item, tz, words }: { item: RetentionItem; tz: string; words: Words }) {
  const { t, locale } = words
  return (
    <tr className="border-t border-line align-baseline">
      <th scope="row" className={`${CELL} text-start`}>
        <span className="font-medium">{t(`retention.kind.${item.kind}.name`)}</span>
        <span className="block max-w-[60ch] font-normal text-second">{t(`retention.kind.${item.kind}.note`)}</span>
        <span className="block font-normal sm:hidden">{keptText(item, words)}</span>
      </th>
      <td className={`${CELL} ${WIDE} whitespace-nowrap`}>{keptText(item, words)}</td>
      <td className={NUMBER}>{exact(item.rows)}</td>
      <td className={`${NUMBER} whitespace-nowrap`}>{sizeText(item.bytes, words)}</td>
      <td className={`${NUMBER} ${WIDE} whitespace-nowrap`}>
        {item.oldest === null ? (
          <span className="text-second">{t('retention.none')}</span>
        ) : (
          <time dateTime={item.oldest}>{day(item.oldest, tz, locale)}</time>
        )}
      </td>
      <td className={`${NUMBER} ${WIDE}`}>{rateText(item.perDay)}</td>
    </tr>
  )
}

/** Fewer than ten a day get a digit after the point. */
const rateText = (perDay: number): string => (perDay < 10 ? String(Math.round(perDay * 10) / 10) : exact(perDay))

function keptText({ days, newest, kind }: RetentionItem, { t }: Words): string {
  if (newest !== null) return t('retention.kept.newest', { n: newest })
  if (days !== null) return t('retention.kept.days', { n: days })
  return t(kind === 'backups' ? 'retention.kept.byHand' : 'retention.kept.forever')
}
