import { TASK_LIMITS } from '@/lib/contract/limits'
import { Group, Radio, TextField } from './fields'
import type { ScopeProps } from './scope-fields'

/** Which campaigns a link shows. Chat messages belong to none. */
export function CampaignFields({ offer, draft, problems, scope, onChange, onScope, words }: ScopeProps) {
  const { t } = words
  if (scope.source === 'chat') return null
  const offered = offer.content.kind === 'lookup' ? null : offer.content.scope.tasks
  const chosen = offered?.kind === 'tasks' ? offered : null
  const toTag = (tag: string) =>
    onChange({ ...draft, tag, scope: { ...scope, tasks: { kind: 'tag', tag: tag.trim() } } })
  return (
    <Group legend={t('shares.dialog.campaigns')}>
      <Radio
        name="tasks"
        checked={scope.tasks.kind === 'all'}
        onChoose={() => onScope({ ...scope, tasks: { kind: 'all' } })}
      >
        {t('shares.dialog.all')}
      </Radio>
      {chosen && (
        <Radio
          name="tasks"
          checked={scope.tasks.kind === 'tasks'}
          onChoose={() => onScope({ ...scope, tasks: chosen })}
        >
          {t('shares.dialog.tasks', { n: chosen.tasks.length })}
        </Radio>
      )}
      <Radio name="tasks" checked={scope.tasks.kind === 'tag'} onChoose={() => toTag(draft.tag)}>
        {t('shares.dialog.byTag')}
      </Radio>
      {scope.tasks.kind === 'tag' && (
        <div className="ps-6">
          <TextField
            field="tag"
            label={t('shares.dialog.tag')}
            value={draft.tag}
            maxLength={TASK_LIMITS.tag}
            problems={problems}
            onValue={toTag}
            words={words}
          />
        </div>
      )}
    </Group>
  )
}
