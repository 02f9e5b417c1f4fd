import Link from 'next/link'
import type { Words } from '@/components/i18n/words'
import { vendorNames } from '@/components/report/vendor'
import { stripControls } from '@/components/ui/strip-controls'
import type { LossesView } from '@/lib/contract/links'

interface Props {
  view: LossesView
  /** The address of the same page with another view. */
  hrefOf(view: LossesView): string
  words: Words
}

/** Shows the active filters, each with a link that removes it. */
export function Filters({ view, hrefOf, words }: Props) {
  const { t } = words
  const { vendor, task = [] } = view
  const chips = [
    vendor !== undefined && {
      text: t('losses.vendorFilter', { name: vendorNames({ vendor, channel: null }, words).name }),
      href: hrefOf({ ...view, vendor: undefined }),
    },
    task.length > 0 &&
      view.source === 'task' && {
        text:
          task.length === 1
            ? t('losses.taskFilter', { task: stripControls(task[0] ?? '') })
            : t('losses.tasksFilter', { n: task.length }),
        href: hrefOf({ ...view, task: undefined }),
      },
  ].filter((chip) => chip !== false)
  if (chips.length === 0) return null
  return (
    <ul className="flex min-w-0 flex-wrap gap-2">
      {chips.map(({ text, href }) => (
        <li key={href} className="min-w-0">
          <Link prefetch={false} href={href} className="button max-w-full" title={t('losses.removeFilter')}>
            <span className="truncate">{text}</span>
            <span aria-hidden="true">×</span>
            <span className="sr-only">{t('losses.removeFilter')}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
