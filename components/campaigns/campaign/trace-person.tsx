import { SearchBoxForm } from '@/components/frame/box/search-box-form'
import type { Words } from '@/components/i18n/words'

interface Props {
  app: string
  appParam: string | null
  taskId: string
  words: Words
}

/** Asks for a UserID, to look up this campaign's push to that user. The UserID never gets into an address. */
export function TracePerson({ app, appParam, taskId, words: { t } }: Props) {
  return (
    <section className="card no-print px-5 py-4 max-sm:px-4" aria-labelledby="person">
      <h2 id="person" className="text-16 font-semibold">
        {t('campaign.person.title')}
      </h2>
      <p className="mb-2 text-13 text-second">{t('campaign.person.lead')}</p>
      <SearchBoxForm app={app} appParam={appParam} failed={t('box.failed')} label={t('campaign.person.title')}>
        <input type="hidden" name="taskId" value={taskId} />
        <div className="flex flex-wrap items-end gap-3">
          <label className="min-w-0 flex-1 basis-60 text-13 font-medium">
            {t('lookup.form.userId')}
            <input
              className="field mt-1 font-mono font-normal"
              name="userId"
              required
              maxLength={200}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </label>
          <button type="submit" className="button">
            {t('box.submit')}
          </button>
        </div>
      </SearchBoxForm>
    </section>
  )
}
