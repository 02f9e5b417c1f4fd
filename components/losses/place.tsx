import type { Words } from '@/components/i18n/words'
import { vendorMark, vendorNames } from '@/components/overview/vendor'

interface Props {
  place: { vendor: string; channel: 'offline' | 'online' | null }
  words: Words
}

/** A vendor's mark before its name. */
export function Mark({ place }: Pick<Props, 'place'>) {
  return (
    <span
      aria-hidden="true"
      className="grid h-5 min-w-6 shrink-0 place-items-center rounded-4 border border-line px-0.5 text-12 font-medium text-second"
    >
      {vendorMark(place)}
    </span>
  )
}

export function Place({ place, words }: Props) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Mark place={place} />
      <span className="min-w-0">{vendorNames(place, words).name}</span>
    </span>
  )
}
