import { day, minute, second, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { vendorNames } from '@/components/report/vendor'
import { stripControls } from '@/components/ui/strip-controls'
import type { DeviceReply } from '@/lib/contract/traces'
import { duration } from './duration'
import { StateMark } from './state-mark'
import type { Step } from './steps'

interface Props {
  device: DeviceReply
  steps: Step[]
  /** The row of the first difference between devices. */
  differs: number | null
  /** The only device. It has room for its details beside the steps. */
  alone: boolean
  tz: string
  /** The viewer's zone; null when unknown. */
  viewerZone: string | null
  words: Words
}

/** Renders one device and its steps. Its rows align with the other cards. */
export function DeviceCard({ device, steps, differs, alone, tz, viewerZone, words }: Props) {
  const { t } = words
  const name = stripControls(device.model) || t('lookup.device.unnamed')
  return (
    <li className="card device" data-alone={alone || undefined}>
      <div className="pb-3">
        <h3 className="text-16 font-semibold">{name}</h3>
        <p className="text-13 text-second">
          {[stripControls(`${device.system} ${device.systemVersion}`.trim()), vendorNames(device, words).name]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <p className="text-13 text-second">{pushedAt(device, tz, viewerZone, words)}</p>
        {device.lastActive && <p className="text-13 font-medium">{t('lookup.device.lastActive')}</p>}
      </div>
      <ol className="steps">
        {steps.map((step) => (
          <StepRow
            key={step.row}
            step={step}
            since={device.pushedAt}
            marked={step.row === differs}
            tz={tz}
            viewerZone={viewerZone}
            words={words}
          />
        ))}
      </ol>
      <About device={device} open={alone} words={words} />
    </li>
  )
}

function pushedAt(
  { pushedAt, pushedAtText }: DeviceReply,
  tz: string,
  viewerZone: string | null,
  words: Words,
): string {
  const { t, locale } = words
  if (pushedAt === null) return pushedAtText && t('lookup.device.pushedAt', { time: stripControls(pushedAtText) })
  const time = `${minute(pushedAt, tz, locale)} (${zoneLabel(pushedAt, tz)})`
  const own = zoneIfDifferent(pushedAt, tz, viewerZone)
  const here = own && t('lookup.yourTime', { time: minute(pushedAt, own, locale), zone: zoneLabel(pushedAt, own) })
  return [t('lookup.device.pushedAt', { time }), here].filter(Boolean).join(' · ')
}

/** Returns the viewer's zone when its clock differs at that instant, else null. */
function zoneIfDifferent(at: string, tz: string, viewerZone: string | null): string | null {
  return viewerZone !== null && zoneLabel(at, viewerZone) !== zoneLabel(at, tz) ? viewerZone : null
}

interface StepProps {
  step: Step
  since: string | null
  marked: boolean
  tz: string
  viewerZone: string | null
  words: Words
}

function StepRow({ step, since, marked, tz, viewerZone, words }: StepProps) {
  const { t, locale } = words
  const { state, at, atText, code, elapsedMs, warning, stage, online } = step
  const reason = stripControls(step.reason)
  const name = t(online && stage === 'channel' ? 'lookup.onlineChannel' : `lookup.stage.${stage}`)
  const quiet = state === 'not_applicable'
  const own = at && zoneIfDifferent(at, tz, viewerZone)
  const meaning = state === 'none' || state === 'unreported' ? t(`lookup.stateMeaning.${state}`) : undefined
  return (
    <li className="step" data-marked={marked || undefined} style={{ gridRow: step.row + 1 }}>
      <StateMark state={state} />
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className={quiet ? 'text-second' : 'font-medium'}>{name}</span>
          <span className={state === 'failed' ? 'font-medium text-bad' : 'text-13 text-second'} title={meaning}>
            {t(`lookup.state.${state}`)}
          </span>
        </p>
        {state === 'failed' && (code !== null || reason) && (
          <p className="mt-0.5 text-13 break-words">
            {code !== null && t('lookup.code', { code: String(code) })}{' '}
            <span className="font-mono text-12">{reason}</span>
          </p>
        )}
        {online && <p className="text-12 text-second">{t('lookup.path.online')}</p>}
        {warning && <p className="text-12 font-medium text-warn">{t(`lookup.warning.${warning}`)}</p>}
        {marked && <p className="text-12 font-medium text-accent">{t('lookup.differs')}</p>}
      </div>
      <div className="text-end text-13">
        {at ? (
          <time dateTime={at} title={`${minute(at, tz, locale)} · ${stripControls(atText)}`}>
            {since && day(since, tz, locale) !== day(at, tz, locale) ? minute(at, tz, locale) : second(at, tz)}
          </time>
        ) : (
          stripControls(atText)
        )}
        {at && own && (
          <p className="text-12 text-second">
            {second(at, own)} {zoneLabel(at, own)}
          </p>
        )}
        {elapsedMs !== null && elapsedMs > 0 && (
          <p className="text-12 text-second">{t('lookup.elapsed', { duration: duration(elapsedMs, words) })}</p>
        )}
      </div>
    </li>
  )
}

function About({ device, open, words: { t } }: { device: DeviceReply; open: boolean; words: Words }) {
  const permission = device.notifications
  const facts: [string, string | null, string?][] = [
    [t('lookup.device.cert'), stripControls(device.certId) || null],
    [t('lookup.device.token'), stripControls(device.token) || t('lookup.device.noToken')],
    [
      t('lookup.device.notifications'),
      permission === null ? null : t(permission ? 'lookup.device.on' : 'lookup.device.off'),
      permission === false ? t('lookup.device.offMeaning') : undefined,
    ],
    [
      t('lookup.device.lastActive'),
      device.lastActive === null ? null : t(device.lastActive ? 'lookup.device.yes' : 'lookup.device.no'),
    ],
    [t('lookup.device.sdk'), stripControls(device.sdkVersion) || null],
    [t('lookup.device.plugin'), stripControls(device.pluginVersion) || null],
  ]
  return (
    <details open={open} className="about text-13">
      <summary className="link w-fit min-h-6">{t('lookup.device.details')}</summary>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {facts.map(
          ([term, fact, meaning]) =>
            fact !== null && (
              <div key={term} className="col-span-2 grid grid-cols-subgrid">
                <dt className="text-second">{term}</dt>
                <dd className="break-all">
                  {fact}
                  {meaning && <span className="block text-12 break-normal text-second">{meaning}</span>}
                </dd>
              </div>
            ),
        )}
      </dl>
    </details>
  )
}
