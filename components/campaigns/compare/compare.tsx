import Link from 'next/link'
import type { Words } from '@/components/i18n/words'
import type { AppReply } from '@/lib/contract/apps'
import { COMPARED_AGES, type ComparedAge, type CompareTasksReply } from '@/lib/contract/campaigns/task-comparison'
import { COMPARED_TASKS } from '@/lib/contract/limits'
import { campaignsHref, compareHref } from '@/lib/contract/links'
import type { TaskReply } from '@/lib/contract/tasks'
import { ExportComparison } from '../export/export-campaigns'
import { ChooseCampaign } from './choose'
import { ComparisonNotes } from './notes'
import { ComparisonTable } from './table'

interface Props {
  app: AppReply
  appParam: string | null
  read: {
    query: { task: string[]; age?: ComparedAge | undefined }
    reply: CompareTasksReply | null
    others: TaskReply[]
  }
  words: Words
}

/** Renders the comparison of 2 to 5 campaigns at equal age. */
export function Compare({ app, appParam, read: { query, reply, others }, words }: Props) {
  const { t } = words
  const tz = app.utcOffset
  return (
    <div className="space-y-4">
      <header className="space-y-2">
        <p className="no-print text-13">
          <Link prefetch={false} href={campaignsHref(appParam, {})} className="link">
            {t('campaign.back')}
          </Link>
        </p>
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <h1 className="text-20 font-semibold">{t('campaign.compare.title')}</h1>
          {reply && (
            <div className="flex max-w-full flex-wrap items-center gap-2">
              <Ages appParam={appParam} tasks={query.task} reply={reply} words={words} />
              <ExportComparison app={app} reply={reply} words={words} />
            </div>
          )}
        </div>
      </header>
      {reply ? (
        <>
          <ComparisonTable reply={reply} appParam={appParam} tz={tz} words={words} />
          <ComparisonNotes reply={reply} words={words} />
        </>
      ) : (
        <p>{t('campaign.compare.choose')}</p>
      )}
      {query.task.length < COMPARED_TASKS.most && (
        <ChooseCampaign
          appParam={appParam}
          tasks={query.task}
          others={others}
          tz={tz}
          label={t('campaign.compare.add')}
          submit={t('campaign.compare.addSubmit')}
          words={words}
        />
      )}
    </div>
  )
}

interface AgesProps {
  appParam: string | null
  tasks: string[]
  reply: CompareTasksReply
  words: Words
}

/** Links to the other ages. An age that not all campaigns have is no link, and says why. */
function Ages({ appParam, tasks, reply, words: { t } }: AgesProps) {
  return (
    <ul aria-label={t('campaign.compare.age')} className="choices no-print overflow-x-auto">
      {COMPARED_AGES.map((age) => (
        <li key={age}>
          {age === 'latest' || reply.ages.includes(age) || age === reply.age ? (
            <Link
              prefetch={false}
              scroll={false}
              href={compareHref(appParam, tasks, age)}
              aria-current={age === reply.age ? 'true' : undefined}
            >
              {t(`campaign.age.${age}`)}
            </Link>
          ) : (
            <span
              className="inline-flex min-h-7 items-center max-sm:min-h-9 px-2.5 text-13 whitespace-nowrap text-second line-through"
              title={t('campaign.compare.missing')}
            >
              {t(`campaign.age.${age}`)}
              <span className="sr-only">: {t('campaign.compare.missing')}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
