import { distinctMinute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { vendorNames } from '@/components/report/vendor'
import { stripControls } from '@/components/ui/strip-controls'
import type { ShareScope } from '@/lib/contract/shares/scope'
import type { ShareContent, StoredContent } from '@/lib/contract/shares/share'

/** Returns what a link shows, one short phrase per part. Times are in `tz`. */
export function scopeTexts(scope: ShareScope, tz: string, words: Words): string[] {
  const { t } = words
  return [
    t('shared.scope.pages', { pages: scope.pages.map((page) => t(`shared.pages.${page}`)).join(', ') }),
    sourceText(scope, words),
    scope.vendors === null
      ? t('shared.scope.allVendors')
      : t('shared.scope.vendors', { vendors: scope.vendors.map((vendor) => nameOf(vendor, words)).join(', ') }),
    rangeText(scope.range, tz, words),
    scope.dates.kind === 'back'
      ? t('shared.scope.dates.back', { days: scope.dates.days })
      : t(`shared.scope.dates.${scope.dates.kind}`),
    t(`shared.scope.${scope.figures}`),
  ]
}

/** Returns what a link of any kind shows. */
export function contentTexts(content: ShareContent | StoredContent, tz: string, words: Words): string[] {
  if (content.kind !== 'lookup') return scopeTexts(content.scope, tz, words)
  return [words.t('shared.scope.lookup'), personalText(content.lookup.pseudonyms, words)]
}

/** Returns what a link to a look-up shows of the person. */
export function personalText(pseudonyms: boolean, { t }: Words): string {
  return t(pseudonyms ? 'shared.scope.pseudonyms' : 'shared.scope.noPersonal')
}

/** Chat messages belong to no campaign. */
function sourceText({ source, tasks }: ShareScope, { t }: Words): string {
  if (source === 'chat') return t('shared.scope.source.chat')
  if (tasks.kind === 'tag') return t('shared.scope.tag', { tag: stripControls(tasks.tag) })
  return tasks.kind === 'tasks' ? t('shared.scope.tasks', { n: tasks.tasks.length }) : t('shared.scope.all')
}

function rangeText(range: ShareScope['range'], tz: string, { t, locale }: Words): string {
  if (range.mode === 'rolling') return t(`shared.scope.rolling.${range.preset}`)
  return t('shared.scope.fixed', {
    from: distinctMinute(range.from, tz, locale),
    to: distinctMinute(range.to, tz, locale),
  })
}

const nameOf = (vendor: string, words: Words) => vendorNames({ vendor, channel: 'offline' }, words).name
