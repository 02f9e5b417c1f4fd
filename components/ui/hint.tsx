import type { ReactNode } from 'react'

interface Props {
  id: string
  meaning: string
  children: ReactNode
  /** Opens towards the start, for the last column, where it would otherwise leave the page. */
  end?: boolean
}

/** Shows a sentence for a word on hover and on keyboard focus. CSS does it, so it works without JavaScript. */
export function Hint({ id, meaning, children, end }: Props) {
  return (
    <span className="hint" data-end={end || undefined}>
      <button type="button" aria-describedby={id}>
        {children}
      </button>
      <span role="tooltip" id={id}>
        {meaning}
      </span>
    </span>
  )
}
