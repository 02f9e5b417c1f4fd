import type { Words } from '@/components/i18n/words'
import type { ErrorCode } from '@/lib/contract/errors'
import { RetryLink } from './retry-link'

/** Reports a failed refresh in one line beside the time of the data, so that nothing moves. */
export function NotRefreshed({ code, words: { t } }: { code: ErrorCode; words: Words }) {
  return (
    <p role="alert" className="text-warn">
      {t('common.problem.refresh', { why: t(`errors.${code}.title`) })}{' '}
      <RetryLink code={code} className="link" label={t(code === 'not_signed_in' ? 'common.signIn' : 'common.retry')} />
    </p>
  )
}
