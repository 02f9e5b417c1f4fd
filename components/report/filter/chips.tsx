import Link from 'next/link'
import type { Words } from '@/components/i18n/words'

/** An active filter, and the same page without it. */
export interface Chip {
  text: string
  href: string
}

/** Shows the active filters, each as a link that removes it and keeps the others. Null and false are left out. */
export function Chips({ chips, words: { t } }: { chips: (Chip | null | false | undefined)[]; words: Words }) {
  const shown = chips.filter((chip) => chip !== null && chip !== undefined && chip !== false)
  if (shown.length === 0) return null
  return (
    <ul aria-label={t('views.filters')} className="no-print flex min-w-0 flex-wrap gap-2">
      {shown.map(({ text, href }) => (
        <li key={text} className="min-w-0">
          <Link
            prefetch={false}
            scroll={false}
            href={href}
            className="button max-w-full"
            title={t('losses.removeFilter')}
          >
            <span className="truncate">{text}</span>
            <span aria-hidden="true">×</span>
            <span className="sr-only">{t('losses.removeFilter')}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
