import { SearchBoxForm } from '@/components/frame/box/search-box-form'
import type { Words } from '@/components/i18n/words'
import type { AppReply } from '@/lib/contract/apps'
import type { Candidate, LookupView } from '@/lib/contract/lookup-text'
import { CampaignChoice } from './campaign-choice'

interface Props {
  app: AppReply
  appParam: string | null
  best: Candidate
  /** The address of this reading. */
  href: string
  campaigns: LookupView['campaigns']
  words: Words
}

const MISSING = { task: 'userId', user: 'taskId', users: 'taskId' } as const

/** Asks for the other half of an incomplete look-up, with the field focused. Renders nothing when it is complete. */
export function MissingPart({ app, appParam, best, href, campaigns, words }: Props) {
  const { t } = words
  const { kind, taskId, userId, userIds } = best
  if (kind !== 'task' && kind !== 'user' && kind !== 'users') return null
  const missing = MISSING[kind]
  return (
    <section aria-labelledby="missing" className="card p-5 max-sm:p-4">
      <h2 id="missing" className="font-semibold">
        {t(`box.needs.${kind}`)}
      </h2>
      {kind === 'user' && (
        <p className="text-second">
          {t('box.needs.userDetail')}{' '}
          <a href={href} className="link">
            {t('lookup.aboutUser')}
          </a>
        </p>
      )}
      {campaigns && campaigns.length > 0 && (
        <>
          <p className="text-second">{t('box.campaign.choose', { n: userIds.length })}</p>
          <CampaignChoice campaigns={campaigns} tz={app.utcOffset} words={words} />
          <p className="mt-4 text-second">{t('box.campaign.other')}</p>
        </>
      )}
      {campaigns?.length === 0 && <p className="text-second">{t('box.campaign.none')}</p>}
      <div className="mt-3">
        <SearchBoxForm app={app.id} appParam={appParam} failed={t('box.failed')} label={t(`box.needs.${kind}`)}>
          {taskId !== null && <input type="hidden" name="taskId" value={taskId} />}
          {userId !== null && <input type="hidden" name="userId" value={userId} />}
          {userIds.length > 0 && <input type="hidden" name="q" value={userIds.join(',')} />}
          <div className="flex flex-wrap items-end gap-3">
            <label className="min-w-0 flex-1 basis-60 text-13 font-medium">
              {t(`lookup.form.${missing}`)}
              <input
                className="field mt-1 min-h-11 font-mono font-normal"
                name={missing}
                required
                maxLength={200}
                // biome-ignore lint/a11y/noAutofocus: without a list this one field is all the page asks for
                autoFocus={!campaigns || campaigns.length === 0}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
              />
            </label>
            <button type="submit" className="button min-h-11 max-sm:w-full" data-kind="main">
              {t('box.submit')}
            </button>
          </div>
        </SearchBoxForm>
      </div>
    </section>
  )
}
