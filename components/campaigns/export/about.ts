import { minute, zoneLabel, zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { AppReply } from '@/lib/contract/apps'

/** Says whose campaigns a picture shows, and in which zone its times are. A demo says that its data is invented. */
export function aboutApp({ name, sdkAppId, utcOffset, demo }: AppReply, at: string | null, { t }: Words) {
  const zone = at === null ? [] : [t('campaigns.zone', { zone: zoneName(at, utcOffset) })]
  return { about: [`${name} · ${sdkAppId}`, ...zone].join(' · '), demo: demo ? t('common.demo') : null }
}

/** Says when the numbers were fetched; nothing where there are none. */
export function updatedText(asOf: string | null, tz: string, { t, locale }: Words): string[] {
  if (asOf === null) return []
  return [t('overview.foot.asOf', { time: minute(asOf, tz, locale), zone: zoneLabel(asOf, tz) })]
}
