import type { ReactNode } from 'react'
import { distinctMinute, minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { ErrorCode } from '@/lib/contract/errors'
import type { ProblemNote } from '@/lib/contract/freshness'
import { Notice } from './notice'
import { RetryLink } from './retry-link'

/** Errors that stop the whole app, not one report. */
const APP_WIDE: readonly ErrorCode[] = [
  'upstream_credential',
  'upstream_not_admin',
  'upstream_wrong_region',
  'upstream_not_enabled',
  'upstream_billing',
  'upstream_quota',
  'upstream_not_allowed',
]

interface Props {
  /** The upstream's refusal. It takes precedence over `failure`. */
  problem: ProblemNote | null
  /** Why the reply did not reach this page. */
  failure?: ErrorCode | null
  /** What the page still shows. */
  still?: string
  tz: string
  /** The button for an administrator of a stopped app. It replaces the reload link. */
  repair?: ReactNode
  /** Asking again changes nothing, so there is no reload link. */
  final?: boolean
  words: Words
}

/** Shows what went wrong, since when, what is still shown and what to do. Renders nothing without a problem. */
export function Problem({ problem, failure = null, still, tz, repair, final = false, words: { t, locale } }: Props) {
  const code = problem?.code ?? failure
  if (!code) return null
  const title = t(`errors.${code}.title`)
  const since = problem?.since
  const facts = [
    since && t('common.problem.since', { time: minute(since, tz, locale), zone: zoneLabel(since, tz) }),
    problem?.until && t('common.problem.until', { time: distinctMinute(problem.until, tz, locale) }),
    still,
    problem?.upstreamCode != null && t('common.problem.code', { code: String(problem.upstreamCode) }),
  ].filter(Boolean)
  const wide = APP_WIDE.includes(code)
  const retry = (
    <RetryLink code={code} className="button" label={t(code === 'not_signed_in' ? 'common.signIn' : 'common.retry')} />
  )
  return (
    <div data-app-wide={wide || undefined}>
      <Notice kind={wide ? 'bad' : 'warn'} title={title} action={final ? undefined : wide && repair ? repair : retry}>
        <p>{t(`errors.${code}.detail`)}</p>
        {facts.length > 0 && <p className="text-13 text-second">{facts.join(' ')}</p>}
      </Notice>
    </div>
  )
}
