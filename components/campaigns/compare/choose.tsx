import type { Words } from '@/components/i18n/words'
import { PATHS } from '@/lib/contract/paths'
import type { TaskReply } from '@/lib/contract/tasks'
import { moment, nameOf } from '../moment'

interface Props {
  appParam: string | null
  /** The campaigns that are compared already. */
  tasks: readonly string[]
  others: TaskReply[]
  tz: string
  label: string
  submit: string
  words: Words
}

/** A form that opens the comparison with one more campaign. It works without scripts. */
export function ChooseCampaign({ appParam, tasks, others, tz, label, submit, words: { t } }: Props) {
  if (others.length === 0) return <p className="text-13 text-second">{t('campaign.compare.none')}</p>
  return (
    <form action={PATHS.compare} method="get" className="no-print flex min-w-0 flex-wrap items-end gap-2">
      {appParam !== null && <input type="hidden" name="app" value={appParam} />}
      {tasks.map((taskId) => (
        <input key={taskId} type="hidden" name="task" value={taskId} />
      ))}
      <label className="min-w-0 flex-1 basis-60 text-13 font-medium">
        {label}
        <select name="task" className="field mt-1 w-full font-normal">
          {others.map((one) => (
            <option key={one.taskId} value={one.taskId}>
              {one.sentAt ? `${nameOf(one)} · ${moment(one.sentAt, tz)}` : nameOf(one)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="button">
        {submit}
      </button>
    </form>
  )
}
