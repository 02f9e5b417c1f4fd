import { minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { StateMark } from '@/components/report/trace/state-mark'
import { verdictText } from '@/components/report/trace/verdict-text'
import { stripControls } from '@/components/ui/strip-controls'
import type { UserReply } from '@/lib/contract/users'

/** `push_blocked`: signed in, but a device cannot get offline pushes at present. */
type State = UserReply['presence']['state'] | 'push_blocked'

const MARK: Record<State, Parameters<typeof StateMark>[0]['state']> = {
  online: 'done',
  push_online: 'done',
  push_blocked: 'unreported',
  offline: 'failed',
  no_such_user: 'failed',
  off: 'not_applicable',
  failed: 'unreported',
  asking: 'none',
  unread: 'unreported',
}

/** Shows the account's current state at Tencent, and its platforms. */
export function PresenceCard({ presence, tz, words }: { presence: UserReply['presence']; tz: string; words: Words }) {
  const { t, locale } = words
  const { platforms, asOf } = presence
  const state = presence.state === 'push_online' && presence.blocked ? 'push_blocked' : presence.state
  return (
    <section aria-labelledby="presence" className="card p-4 sm:p-5">
      <h2 id="presence" className="text-16 font-semibold">
        {t('user.presence.title')}
      </h2>
      <p className="mt-2 flex items-center gap-2 font-medium">
        <StateMark state={MARK[state]} />
        {t(`user.presence.${state}`)}
      </p>
      <p className="mt-1 text-second">{t(`user.presence.${state}Meaning`)}</p>
      {state === 'push_blocked' && presence.blocked && (
        <p className="mt-1 font-medium">{verdictText(presence.blocked, words, tz)}</p>
      )}
      {platforms.length > 0 && (
        <ul className="mt-2 text-13">
          {platforms.map(({ platform, state: own }) => (
            <li key={platform}>
              {stripControls(platform)}:{' '}
              {t(`user.presence.${own === 'push_online' && presence.blocked ? 'push_blocked' : (own ?? 'unread')}`)}
            </li>
          ))}
        </ul>
      )}
      {asOf && (
        <p className="mt-2 text-12 text-second">
          {t('user.presence.asOf', { time: minute(asOf, tz, locale), zone: zoneLabel(asOf, tz) })}
        </p>
      )}
    </section>
  )
}
