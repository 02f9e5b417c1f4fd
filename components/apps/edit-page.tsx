import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import { Notice } from '@/components/ui/notice'
import { stripControls } from '@/components/ui/strip-controls'
import type { AppReply } from '@/lib/contract/apps'
import { ChannelNames } from './channel-names'
import { Credentials } from './credentials'
import { NameForm } from './name-form'
import { RemoveForm } from './remove-form'

interface Props {
  app: AppReply
  /** Vendors in the app's data that Tencent does not name. */
  unnamed: string[]
  words: Words
}

/** The settings of one app: name, key, names of channels, removal. */
export function EditPage({ app, unnamed, words }: Props) {
  const { t, locale } = words
  const messages = pickMessages(locale, ['apps', 'errors', 'system'])
  const parts = { app, locale, messages }
  const isFixed = app.settings?.fixed ?? false
  return (
    <div className="mx-auto max-w-180 space-y-4">
      <h1 className="text-20 font-semibold wrap-anywhere">{t('apps.edit.title', { name: stripControls(app.name) })}</h1>
      {isFixed ? (
        <Notice kind="info" title={t('apps.edit.fixed')}>
          <p>{t('apps.edit.fixedDetail')}</p>
        </Notice>
      ) : (
        <>
          <NameForm {...parts} />
          <Credentials {...parts} />
        </>
      )}
      <ChannelNames {...parts} unnamed={unnamed} />
      {isFixed && !app.demo ? (
        <p className="px-1 text-13 text-second">{t('apps.edit.removeFixed')}</p>
      ) : (
        <RemoveForm {...parts} />
      )}
      <noscript>
        <p>{t('apps.script')}</p>
      </noscript>
    </div>
  )
}
