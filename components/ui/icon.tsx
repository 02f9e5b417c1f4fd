/** Icons of 20 × 20 with one stroke. Screen readers skip them, because each repeats a word beside it. */
const PATHS = {
  overview: 'M3 16.5h14M5 13.5v-4M10 13.5v-9M15 13.5v-6',
  campaigns: 'M3.5 8.5v3H6l6.5 4v-11L6 8.5ZM15.2 7.8a3.2 3.2 0 0 1 0 4.4M6 11.5l1 4.5h2',
  losses: 'M3.5 4.5h13M3.5 10h8.5M3.5 15.5h4',
  lookup: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM13 13l4 4',
  shares:
    'M8 11a3 3 0 0 0 4.3.2l2.6-2.6a3 3 0 0 0-4.2-4.2L9.4 5.7M12 9a3 3 0 0 0-4.3-.2l-2.6 2.6a3 3 0 0 0 4.2 4.2l1.3-1.3',
  settings:
    'M3 6.5h6.5M14.5 6.5H17M3 13.5h2.5M10.5 13.5H17M12 9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8 16a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  theme: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 3v14M10 6.5h5.7M10 10h7M10 13.5h5.7',
  language: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM3 10h14M10 3c2 2 3 4.3 3 7s-1 5-3 7c-2-2-3-4.3-3-7s1-5 3-7Z',
  person: 'M10 10a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 10 10ZM3.8 16.5c.7-2.6 3.2-4 6.2-4s5.5 1.4 6.2 4',
  chevron: 'M6 8l4 4 4-4',
  calendar: 'M4 5.5h12v11H4zM4 9h12M7.5 3.5v3M12.5 3.5v3',
} as const

interface Props {
  name: keyof typeof PATHS
  size?: number
  className?: string
}

export function Icon({ name, size = 20, className = '' }: Props) {
  return (
    <svg
      aria-hidden="true"
      className={`shrink-0 ${className}`}
      fill="none"
      height={size}
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth="1.5"
      viewBox="0 0 20 20"
      width={size}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}

/** The logo: a lens over bars, the last of them shorter. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg aria-hidden="true" className="shrink-0 text-accent" fill="none" height={size} viewBox="0 0 24 24" width={size}>
      <circle cx="10.5" cy="10.5" r="7.5" stroke="currentColor" strokeWidth="2" />
      <path d="M16 16l5 5" stroke="currentColor" strokeLinecap="round" strokeWidth="2.5" />
      <path d="M7 13.5v-3M10.5 13.5v-6M14 13.5v-1.5" stroke="currentColor" strokeLinecap="round" strokeWidth="2" />
    </svg>
  )
}
