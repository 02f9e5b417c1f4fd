import { pickMessages } from '@/components/i18n/messages'
import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { ExportButton } from '@/components/report/export-button'
import { stripControls } from '@/components/ui/strip-controls'
import { FAILED_SIGN_INS_DAYS, type FailedSignInsReply } from '@/lib/contract/access/audit'
import { tableCsvHref } from '@/lib/contract/links'
import { moment } from './names'

type Item = FailedSignInsReply['items'][number]
const COLUMNS = ['hour', 'account', 'network', 'count'] as const

interface Props {
  reply: FailedSignInsReply
  /** The fields of the same question to the API. */
  params: Record<string, string | undefined>
  tz: string
  words: Words
}

/** Shows where sign-in failed lately, per hour, account and network. */
export function FailedSignIns({ reply, params, tz, words }: Props) {
  const { t } = words
  return (
    <section className="card" aria-labelledby="failed-sign-ins">
      <div className="flex flex-wrap items-start justify-between gap-3 px-5 py-4 max-sm:px-4">
        <div>
          <h2 id="failed-sign-ins" className="text-16 font-semibold">
            {t('audit.failed.title')}
          </h2>
          <p className="max-w-[78ch] text-13 text-second">{t('audit.failed.lead', { days: FAILED_SIGN_INS_DAYS })}</p>
          {reply.items.length === 0 && <p className="mt-2 text-13">{t('audit.failed.none')}</p>}
        </div>
        {reply.items.length > 0 && (
          <ExportButton
            href={tableCsvHref('audit/failed-sign-ins', params)}
            name="failed-sign-ins.csv"
            label={t('audit.failed.csv')}
            title={t('audit.failed.csvMeaning')}
            locale={words.locale}
            messages={pickMessages(words.locale, ['common', 'errors'])}
          />
        )}
      </div>
      {reply.items.length > 0 && (
        <table className="w-full border-t border-line text-13">
          <caption className="sr-only">{t('audit.failed.title')}</caption>
          <thead>
            <tr className="text-12 text-second">
              {COLUMNS.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className="px-3 py-2 text-start font-medium first:ps-5 last:pe-5 max-sm:px-2"
                >
                  {t(`audit.failed.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {reply.items.map((item) => (
              <Row key={`${item.hour} ${item.person?.id} ${item.network}`} item={item} tz={tz} words={words} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Row({ item, tz, words }: { item: Item; tz: string; words: Words }) {
  const cell = 'px-3 py-2 first:ps-5 last:pe-5 max-sm:px-2'
  return (
    <tr className="border-t border-line align-baseline">
      <td className={`${cell} tabular-nums text-second`}>{moment(item.hour, tz).slice(0, 16)}</td>
      <th scope="row" className={`${cell} text-start font-medium break-words`}>
        {accountText(item, words)}
      </th>
      <td className={`${cell} tabular-nums break-all`}>{networkText(item, words)}</td>
      <td className={`${cell} tabular-nums`}>{exact(item.count)}</td>
    </tr>
  )
}

function accountText({ person }: Item, { t }: Words): string {
  if (!person) return t('audit.failed.noAccount')
  return person.name === null ? t('audit.actor.removedPerson') : stripControls(person.name)
}

function networkText({ network }: Item, { t }: Words): string {
  if (network === 'others') return t('audit.failed.others')
  return network === 'unknown' ? t('audit.failed.unknown') : network
}
