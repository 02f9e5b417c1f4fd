import { minute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { CopyText } from '@/components/ui/copy-text'
import type { NewLinkReply } from '@/lib/contract/access/people'

/** Shows a new link, once. The server can't show it again, because it stores a hash only. */
export function NewLink({ made, tz, words }: { made: NewLinkReply; tz: string; words: Words }) {
  const { t, locale } = words
  const time = minute(made.expiresAt, tz, locale)
  const reset = made.kind === 'reset'
  const labels = { copy: t('people.copy.copy'), copied: t('people.copy.copied'), failed: t('people.copy.failed') }
  return (
    <div role="status" className="space-y-2 rounded-10 border border-accent bg-surface p-4">
      <p className="font-semibold break-words">
        {t(reset ? 'people.invite.resetReady' : 'people.invite.ready', { email: made.email })}
      </p>
      <p className="rounded-6 bg-sunk px-3 py-2 font-mono text-13 break-all select-all">{made.link}</p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <CopyText text={made.link} labels={labels} kind="main" />
        <p className="text-13 text-second">{t(reset ? 'people.invite.resetOnce' : 'people.invite.once', { time })}</p>
      </div>
    </div>
  )
}
