import { minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { Replies } from '@/components/report/trace/replies'
import { ReplyToUser } from '@/components/report/trace/reply-to-user'
import { Verdict } from '@/components/report/trace/verdict'
import { verdictText } from '@/components/report/trace/verdict-text'
import { copyLabels, verdictTicketText } from '@/components/report/trace/verdict-ticket'
import { waitingText } from '@/components/report/waiting-text'
import { CopyText } from '@/components/ui/copy-text'
import { NotRefreshed } from '@/components/ui/not-refreshed'
import { Problem } from '@/components/ui/problem'
import { stripControls } from '@/components/ui/strip-controls'
import type { AppReply } from '@/lib/contract/apps'
import { isAwaited } from '@/lib/contract/awaited'
import type { ErrorCode } from '@/lib/contract/errors'
import type { UserReply } from '@/lib/contract/users'
import { ChatRequest } from './chat-request'
import { PresenceCard } from './presence-card'
import { UserCampaigns } from './user-campaigns'
import { VendorHealth } from './vendor-health'

interface Props {
  reply: UserReply
  app: Pick<AppReply, 'name' | 'sdkAppId' | 'utcOffset'>
  /** The viewer's zone; null when unknown. */
  viewerZone: string | null
  replies: Replies
  words: Words
  failure?: ErrorCode | null
}

/** Renders the verdict, then what it rests on: account state, newest campaigns, vendors, and what to ask. */
export function User({ reply, app, viewerZone, replies, words, failure = null }: Props) {
  const { t, locale } = words
  const { verdict, freshness } = reply
  const tz = app.utcOffset
  const waiting = isAwaited(freshness)
  return (
    <div className="space-y-4">
      {/* The verdict says what a final answer's problem says. */}
      {freshness.state !== 'final' && <Problem problem={freshness.problem} tz={tz} words={words} />}
      <div className="flex min-h-5 flex-wrap items-center gap-x-3 text-13 text-second">
        <p>{t('lookup.asOf', { time: minute(reply.asOf, tz, locale), zone: zoneLabel(reply.asOf, tz) })}</p>
        {failure ? (
          <NotRefreshed code={failure} words={words} />
        ) : (
          <p role="status" className="text-text">
            {waiting && [t('user.asking'), waitingText(freshness, words)].filter(Boolean).join(' ')}
          </p>
        )}
      </div>
      <Verdict verdict={verdict} tz={tz} words={words}>
        <Tried tried={verdict.tried} tz={tz} words={words} />
        <div className="no-print mt-4 flex flex-wrap items-start gap-2">
          <CopyText text={userTicket(reply, app, words)} labels={copyLabels(words)} />
          <ReplyToUser verdict={verdict} replies={replies} words={words} />
        </div>
      </Verdict>
      <div className="grid items-start gap-4 lg:grid-cols-[2fr_3fr]">
        <PresenceCard presence={reply.presence} tz={tz} words={words} />
        <VendorHealth health={reply.health} tz={tz} words={words} />
      </div>
      <UserCampaigns campaigns={reply.campaigns} tz={tz} viewerZone={viewerZone} words={words} />
      <ChatRequest userId={reply.userId} since={reply.health.since} tz={tz} words={words} />
    </div>
  )
}

function Tried({ tried, tz, words }: { tried: UserReply['verdict']['tried']; tz: string; words: Words }) {
  return (
    <div className="mt-4 text-13 text-second">
      <h3 className="font-medium">{words.t('user.tried')}</h3>
      <ul className="mt-1 flex flex-wrap gap-x-5 gap-y-0.5">
        {tried.map((line) => (
          <li key={line.key}>{verdictText(line, words, tz)}</li>
        ))}
      </ul>
    </div>
  )
}

function userTicket({ userId, verdict, asOf }: UserReply, app: Props['app'], words: Words): string {
  const { t, locale } = words
  const tz = app.utcOffset
  return verdictTicketText({
    verdict,
    about: `${t('lookup.ticket.user', { id: stripControls(userId) })} · ${t('lookup.ticket.app', { name: app.name, sdkAppId: String(app.sdkAppId) })}`,
    body: [`${t('user.tried')}:`, ...verdict.tried.map((line) => `- ${verdictText(line, words, tz)}`)],
    foot: t('lookup.asOf', { time: minute(asOf, tz, locale), zone: zoneLabel(asOf, tz) }),
    tz,
    words,
  })
}
