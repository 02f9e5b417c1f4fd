import type { Words } from '@/components/i18n/words'
import type { AppReply } from '@/lib/contract/apps'

interface Props {
  app: AppReply
  needs?: 'lookup' | 'system' | 'erase'
  words: Words
}

/** Shows that the page needs another role, the viewer's own role, and who can change it. */
export function Forbidden({ app, needs = 'lookup', words }: Props) {
  return (
    <section className="card mx-auto mt-8 max-w-150 space-y-3 p-6">
      <h1 className="text-20 font-semibold">{words.t('common.forbidden.title')}</h1>
      <p>{words.t(`common.forbidden.${needs}`)}</p>
      <p>{words.t('common.forbidden.who', { app: app.name })}</p>
      <p className="text-13 text-second">
        {words.t('common.forbidden.role', { role: words.t(`common.role.${app.role}`) })}
      </p>
    </section>
  )
}
