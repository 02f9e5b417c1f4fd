import { minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { duration } from '@/components/report/trace/duration'
import { Notice } from '@/components/ui/notice'
import { stripControls } from '@/components/ui/strip-controls'
import type { AppReply } from '@/lib/contract/apps'
import { codeHref } from '@/lib/contract/links'
import type { Candidate, LookupView } from '@/lib/contract/lookup-text'
import { CampaignChoice } from './campaign-choice'
import { IdHelp } from './id-help'
import { MissingPart } from './missing-part'
import { PressToLookUp } from './press-to-look-up'

interface Props {
  app: AppReply
  appParam: string | null
  lookedUp: LookupView
  words: Words
}

/** Shows what was recognized before a request is sent: the reading, warnings, missing parts, or a choice. */
export function Recognized({ app, appParam, lookedUp, words }: Props) {
  const { t } = words
  const { seen, hrefs } = lookedUp
  if (seen.kind === 'junk') {
    return (
      <>
        <Notice kind="warn" title={t(`box.junk.${seen.why}`)} />
        <IdHelp words={words} open />
      </>
    )
  }
  const [best] = seen.candidates
  if (!best) return null
  if (!seen.sure) {
    const { campaigns } = lookedUp
    const isAlone = seen.candidates.length === 1
    return (
      <section aria-labelledby="choose" className="card p-5 max-sm:p-4">
        <h2 id="choose" className="font-semibold">
          {t(isAlone ? 'box.isUser' : 'box.choose')}
        </h2>
        {!isAlone && <p className="text-second">{t('box.chooseDetail')}</p>}
        <ol className="mt-3 space-y-2">
          {seen.candidates.map((one, i) => (
            <li key={hrefs[i]}>
              <a
                href={one.kind === 'code' ? codeHref(appParam, { source: 'task' }, one.code ?? '') : hrefs[i]}
                className="button min-h-11 w-full flex-wrap justify-start gap-x-3 py-1.5 text-start whitespace-normal"
              >
                <Reading one={one} now={lookedUp.nowS} tz={app.utcOffset} words={words} />
              </a>
            </li>
          ))}
        </ol>
        {campaigns && (
          <div className="mt-4">
            <h3 className="font-semibold">{t('box.campaign.found')}</h3>
            {campaigns.length === 0 ? (
              <p className="text-second">{t('box.campaign.noMatch')}</p>
            ) : (
              <CampaignChoice campaigns={campaigns} tz={app.utcOffset} words={words} />
            )}
          </div>
        )}
      </section>
    )
  }
  return (
    <>
      <p role="status" className="flex flex-wrap gap-x-3 gap-y-1 px-1 text-13">
        <span className="text-second">{t('box.saw')}</span>
        <Reading one={best} now={lookedUp.nowS} tz={app.utcOffset} words={words} />
      </p>
      {lookedUp.anyway !== null && <Objections app={app} best={best} lookedUp={lookedUp} words={words} />}
      {lookedUp.press !== null && <PressToLookUp press={lookedUp.press} words={words} />}
      <MissingPart
        app={app}
        appParam={appParam}
        best={best}
        href={hrefs[0] ?? ''}
        campaigns={lookedUp.campaigns}
        words={words}
      />
    </>
  )
}

/** Describes one reading: its kind, its IDs, and what they contain. */
function Reading({ one, now, tz, words }: { one: Candidate; now: number; tz: string; words: Words }) {
  const { t, locale } = words
  const ids = [one.pushId, one.taskId, one.userId, ...one.userIds, one.code].filter((id) => id !== null)
  const shown = ids.slice(0, 5).map(stripControls).join(' · ')
  const sent = one.sentAt === null ? null : new Date(one.sentAt * 1_000).toISOString()
  const when = sent && { time: minute(sent, tz, locale), zone: zoneLabel(sent, tz) }
  const ago = one.sentAt === null ? -1 : (now - one.sentAt) * 1_000
  return (
    <>
      <span className="font-medium">{t(`box.kind.${one.kind}`)}</span>
      <span className="min-w-0 font-mono break-all">{ids.length > 5 ? `${shown} …` : shown}</span>
      {when && (
        <span className="text-second">
          {ago < 0 ? t('box.sentAhead', when) : t('box.sent', { ...when, ago: duration(ago, words) })}
        </span>
      )}
      {one.sdkAppId !== null && <span className="text-second">{t('box.app', { id: String(one.sdkAppId) })}</span>}
    </>
  )
}

/** Shows the objections to a request, and the link that sends it anyway. */
function Objections({ app, best, lookedUp, words }: Omit<Props, 'appParam'> & { best: Candidate }) {
  const { t } = words
  const days = Math.floor((lookedUp.nowS - (best.sentAt ?? 0)) / 86_400)
  const values = { id: String(best.sdkAppId), app: app.name, days: String(days) }
  return (
    <>
      <Notice
        kind="warn"
        title={t('box.notAsked')}
        action={
          <p className="flex flex-wrap gap-2">
            {lookedUp.elsewhere && (
              <a href={lookedUp.elsewhere.href} className="button min-h-11" data-kind="main">
                {t('box.switch', { app: lookedUp.elsewhere.name })}
              </a>
            )}
            <a href={lookedUp.anyway ?? ''} className="button min-h-11" rel="nofollow">
              {t('box.anyway')}
            </a>
          </p>
        }
      >
        <ul className="space-y-1">
          {best.objections.map((objection) => (
            <li key={objection}>{t(`box.objection.${objection}`, values)}</li>
          ))}
        </ul>
      </Notice>
      <IdHelp words={words} />
    </>
  )
}
