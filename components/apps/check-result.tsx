import type { ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'
import { Notice } from '@/components/ui/notice'
import type { CheckReply } from '@/lib/contract/apps/check'
import type { ProblemNote } from '@/lib/contract/freshness'
import { answerTo, looksLikeSecretKey, problemsOf, resultOf } from './answers'

interface Props {
  check: CheckReply
  /** The key that was typed, to say when it cannot be one; '' if it was not typed now. */
  typedKey: string
  words: Words
  children?: ReactNode
}

/** Shows what each endpoint answered, what that means, and what to press in Tencent's console. */
export function CheckResult({ check, typedKey, words, children }: Props) {
  const { t } = words
  const { endpoints } = check
  const result = resultOf(check)
  const ok = endpoints.filter((one) => one.ok).length
  return (
    <div className="space-y-3">
      {problemsOf(check).map((problem) => (
        <Explanation
          key={`${problem.code} ${problem.upstreamCode}`}
          problem={problem}
          typedKey={typedKey}
          words={words}
        />
      ))}
      {result !== 'refused' && (
        <section className="rounded-10 border border-line px-4 py-3" aria-labelledby="check-result">
          <h2 id="check-result" className="font-semibold">
            {result === 'partly'
              ? t('apps.connecting.partly', { ok, all: endpoints.length })
              : t('apps.connecting.ready')}
          </h2>
          {result === 'ready' && <p className="text-13 text-second">{t('apps.connecting.readyDetail')}</p>}
          <ul className="mt-2 grid gap-x-6 gap-y-1 text-13 sm:grid-cols-2">
            {endpoints.map((line) => (
              <Line key={line.endpoint} line={line} words={words} />
            ))}
          </ul>
          {children}
        </section>
      )}
    </div>
  )
}

function Explanation({ problem, typedKey, words: { t } }: { problem: ProblemNote; typedKey: string; words: Words }) {
  const known = answerTo(problem)
  const isNoKey = known?.field === 'secretKey' && typedKey !== '' && !looksLikeSecretKey(typedKey)
  return (
    <Notice kind="bad" title={known ? t(`apps.answer.${known.answer}.title`) : t(`errors.${problem.code}.title`)}>
      <p>{known ? t(`apps.answer.${known.answer}.detail`) : t(`errors.${problem.code}.detail`)}</p>
      {isNoKey && <p>{t('apps.connecting.notHex')}</p>}
      {problem.upstreamCode !== null && (
        <p className="text-13 text-second">{t('apps.connecting.code', { code: String(problem.upstreamCode) })}</p>
      )}
    </Notice>
  )
}

/** Each state has its own sign and word, so that colour is not the only one. */
function Line({
  line: { endpoint, ok, problem },
  words: { t },
}: {
  line: CheckReply['endpoints'][number]
  words: Words
}) {
  const [sign, colour] = ok
    ? (['✓', 'text-good'] as const)
    : ok === null
      ? (['–', 'text-warn'] as const)
      : (['✕', 'text-bad'] as const)
  return (
    <li className="flex items-baseline gap-2">
      <span aria-hidden="true" className={`w-3 shrink-0 ${colour}`}>
        {sign}
      </span>
      <span>
        {t(`system.endpoint.${endpoint}`)}
        <span className="text-second">
          {' · '}
          {ok ? t('apps.connecting.works') : problem ? t(`errors.${problem.code}.title`) : t('apps.connecting.late')}
        </span>
      </span>
    </li>
  )
}
