import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { reasonTitle } from '@/components/report/reason-titles'
import { LinkOrText } from '@/components/ui/link-or-text'
import { codeHref, lossesHref } from '@/lib/contract/links'
import type { LossesReply, LossStageReply } from '@/lib/contract/losses'

interface Props {
  losses: LossesReply
  taskId: string
  appParam: string | null
  /** Leaves out the links to the losses, as in a shared view. */
  unlinked?: boolean
  words: Words
}

const SHOWN = 3

/** Shows the largest reasons of each stage, and links to all losses of the campaign. */
export function TopLosses({ losses, taskId, appParam, unlinked = false, words }: Props) {
  const { t } = words
  const isGone = losses.freshness.problem?.code === 'upstream_data_expired'
  const view = { source: 'task' as const, task: [taskId] }
  return (
    <section className="card px-5 py-4 max-sm:px-4" aria-labelledby="losses">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="losses" className="text-16 font-semibold">
          {t('campaign.losses.title')}
        </h2>
        {!unlinked && (
          <a href={lossesHref(appParam, view)} className="link text-13">
            {t('campaign.losses.all')}
          </a>
        )}
      </div>
      <div className="mt-2 grid gap-x-8 gap-y-4 md:grid-cols-2">
        {losses.stages.map((stage) => (
          <Stage
            key={stage.stage}
            stage={stage}
            isGone={isGone}
            hrefOf={(code) => (unlinked ? null : codeHref(appParam, view, code))}
            words={words}
          />
        ))}
      </div>
    </section>
  )
}

interface StageProps {
  stage: LossStageReply
  /** Tencent has deleted the reasons. */
  isGone: boolean
  hrefOf(code: string): string | null
  words: Words
}

function Stage({ stage, isGone, hrefOf, words }: StageProps) {
  const { t, locale } = words
  const { reasons, unavailable } = stage
  const without = reasons !== null ? 'none' : isGone || (unavailable ?? 0) > 0 ? 'gone' : 'unknown'
  const largest = [...(reasons ?? [])]
    .filter(({ explained }) => (explained ?? 0) > 0)
    .sort((a, b) => (b.explained ?? 0) - (a.explained ?? 0))
    .slice(0, SHOWN)
  return (
    <div className="min-w-0">
      <h3 className="text-13 font-medium">{t(`losses.stage.${stage.stage}`)}</h3>
      {largest.length === 0 ? (
        <p className="mt-1 text-13 text-second">{t(`campaign.losses.${without}`)}</p>
      ) : (
        <ol className="mt-1 text-13">
          {largest.map((row) => (
            <li key={`${row.code} ${row.text}`} className="flex justify-between gap-4 border-t border-line py-1.5">
              <LinkOrText href={hrefOf(row.code)} className="min-w-0 break-words">
                {reasonTitle(row.reason, words, row.code)}
              </LinkOrText>
              <span className="whitespace-nowrap text-second">
                {row.share === null
                  ? exact(row.explained ?? 0)
                  : t('campaign.losses.row', { n: exact(row.explained ?? 0), share: percent(row.share, locale) })}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
