import type { Words } from '@/components/i18n/words'
import type { AppReply } from '@/lib/contract/apps'

const TOKEN = 'npm run cli -- token create --name sender --role editor'

/** Shows the request by which a sender's backend registers its campaigns. */
export function Register({ app, origin, words: { t } }: { app: AppReply; origin: string; words: Words }) {
  const address = `${origin}/api/v1/apps/${encodeURIComponent(app.id)}/tasks/TASK_ID`
  const line = [
    `curl -X PUT '${address}'`,
    "-H 'Authorization: Bearer plk_…'",
    "-H 'Content-Type: application/json'",
    `-d '{"label":"Summer sale","tags":["sale","vip"],"note":""}'`,
  ].join(' \\\n  ')
  return (
    <section aria-labelledby="register" className="card no-print space-y-3 p-4 sm:p-5">
      <h2 id="register" className="text-16 font-semibold">
        {t('campaigns.register.title')}
      </h2>
      <p className="max-w-[78ch]">{t('campaigns.register.lead')}</p>
      <Code text={line} />
      <p className="max-w-[78ch] text-13 text-second">{t('campaigns.register.token')}</p>
      <Code text={TOKEN} />
    </section>
  )
}

/** Selects the whole text on one click, ready to copy. */
function Code({ text }: { text: string }) {
  return (
    <pre className="rounded-6 bg-sunk px-3 py-2 font-mono text-12 break-all whitespace-pre-wrap select-all">{text}</pre>
  )
}
