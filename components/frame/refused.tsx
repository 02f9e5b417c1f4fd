import type { Words } from '@/components/i18n/words'
import type { ErrorCode } from '@/lib/contract/errors'
import { PLAIN_OVERVIEW } from '@/lib/contract/paths'

/** Shows why a page could not answer, with a link to the overview. */
export function Refused({ code, words: { t } }: { code: ErrorCode; words: Words }) {
  return (
    <section className="card mx-auto mt-8 max-w-150 space-y-3 p-6" role="alert">
      <h1 className="text-20 font-semibold">{t(`errors.${code}.title`)}</h1>
      <p>{t(`errors.${code}.detail`)}</p>
      <p>
        <a href={PLAIN_OVERVIEW} className="button">
          {t('common.toOverview')}
        </a>
      </p>
    </section>
  )
}
