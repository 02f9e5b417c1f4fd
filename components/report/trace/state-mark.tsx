import type { StageReply } from '@/lib/contract/traces'

const COLOUR: Record<StageReply['state'], string> = {
  done: 'text-good',
  failed: 'text-bad',
  none: 'text-second',
  unreported: 'text-second',
  not_applicable: 'text-second',
}

/**
 * Draws five states as five shapes: filled circle, filled square, hollow circle, dotted circle, thin dash. The word
 * stands beside it.
 */
export function StateMark({ state }: { state: StageReply['state'] }) {
  return (
    <svg
      aria-hidden="true"
      className={`shrink-0 ${COLOUR[state]}`}
      fill="none"
      height="18"
      viewBox="0 0 18 18"
      width="18"
    >
      {state === 'done' && (
        <>
          <circle cx="9" cy="9" fill="currentColor" r="8" />
          <path d="M5.5 9.3 8 11.8l4.6-5.3" stroke="var(--surface)" strokeLinecap="round" strokeWidth="1.8" />
        </>
      )}
      {state === 'failed' && (
        <>
          <rect fill="currentColor" height="15" rx="2" width="15" x="1.5" y="1.5" />
          <path d="m6 6 6 6m0-6-6 6" stroke="var(--surface)" strokeLinecap="round" strokeWidth="1.8" />
        </>
      )}
      {state === 'none' && (
        <>
          <circle cx="9" cy="9" r="7.2" stroke="currentColor" strokeWidth="1.5" />
          <path d="M6.5 9h5" stroke="currentColor" strokeLinecap="round" strokeWidth="1.5" />
        </>
      )}
      {state === 'unreported' && (
        <>
          <circle
            cx="9"
            cy="9"
            r="7.2"
            stroke="currentColor"
            strokeDasharray="0.1 3.3"
            strokeLinecap="round"
            strokeWidth="1.9"
          />
          <path
            d="M7.1 7.2c.2-2.1 3.9-2 3.9.1 0 1.4-2 1.5-2 2.9M9 12.4v.1"
            stroke="currentColor"
            strokeLinecap="round"
            strokeWidth="1.4"
          />
        </>
      )}
      {state === 'not_applicable' && <path d="M4 9h10" stroke="currentColor" strokeLinecap="round" strokeWidth="1.2" />}
    </svg>
  )
}
