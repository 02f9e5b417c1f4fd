import { clsx } from 'clsx'
import type { Words } from '@/components/i18n/words'
import { vendorMark, vendorNames } from './vendor'

interface MarkProps {
  vendor: { vendor: string; channel: 'offline' | 'online' | null }
  /** Gives all marks one width, so that the names of a table begin at one edge. */
  column?: boolean
}

/** A vendor's mark of one or two letters. Screen readers skip it, because the name stands beside it. */
export function VendorMark({ vendor, column = false }: MarkProps) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'grid h-5 shrink-0 place-items-center rounded-4 border border-line text-12 font-medium text-second',
        column ? 'mt-px w-7' : 'min-w-6 px-0.5',
      )}
    >
      {vendorMark(vendor)}
    </span>
  )
}

/** A vendor's mark and name. */
export function VendorName({ vendor, words }: Pick<MarkProps, 'vendor'> & { words: Words }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <VendorMark vendor={vendor} />
      <span className="min-w-0">{vendorNames(vendor, words).name}</span>
    </span>
  )
}
