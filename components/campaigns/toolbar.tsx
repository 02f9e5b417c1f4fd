import Link from 'next/link'
import type { Words } from '@/components/i18n/words'
import { Chips } from '@/components/report/filter/chips'
import { stripControls } from '@/components/ui/strip-controls'
import { campaignsHref } from '@/lib/contract/links'
import { PATHS } from '@/lib/contract/paths'
import type { TasksQuery } from '@/lib/contract/tasks'

interface Props {
  appParam: string | null
  query: TasksQuery
  words: Words
}

/**
 * Renders search, and active filters with their remove links. All are links and a form, so they need no
 * JavaScript.
 */
export function Toolbar({ appParam, query, words }: Props) {
  const { t } = words
  const { q, tag, sort, dir, group } = query
  const fields = Object.entries({
    app: appParam ?? undefined,
    tag,
    sort: sort === 'sentAt' ? undefined : sort,
    dir,
    group,
  })
  const chips = [
    q !== undefined && {
      text: t('campaigns.filter.search', { q: stripControls(q) }),
      href: campaignsHref(appParam, { tag, sort, dir, group }),
    },
    tag !== undefined && {
      text: t('campaigns.filter.tag', { tag: stripControls(tag) }),
      href: campaignsHref(appParam, { q, sort, dir, group }),
    },
    group !== undefined && {
      text: t('views.chip.group', { name: t('campaigns.column.tags') }),
      href: campaignsHref(appParam, { q, tag, sort, dir }),
    },
  ]
  return (
    <div className="no-print flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <search>
          <form action={PATHS.campaigns} method="get" className="flex min-w-0 gap-2">
            {fields.map(([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />)}
            <input
              className="field min-h-9 w-64 max-w-full min-w-0"
              type="search"
              name="q"
              key={q}
              defaultValue={q}
              maxLength={200}
              aria-label={t('campaigns.search.label')}
              placeholder={t('campaigns.search.placeholder')}
              autoComplete="off"
            />
            <button type="submit" className="button min-h-9">
              {t('campaigns.search.submit')}
            </button>
          </form>
        </search>
        <Link
          prefetch={false}
          scroll={false}
          href={campaignsHref(appParam, { q, tag, sort, dir, group: group ? undefined : 'tag' })}
          className="button"
        >
          {t(group ? 'campaigns.group.off' : 'campaigns.group.on')}
        </Link>
        <Chips chips={chips} words={words} />
      </div>
    </div>
  )
}
