import type { ReactNode } from 'react'

interface Props {
  /** The id of the heading, unique on the page. */
  id: string
  title: string
  lead?: ReactNode
  children: ReactNode
}

/** A card of a settings page: what it is about beside what can be changed. Narrow screens stack the two. */
export function Section({ id, title, lead, children }: Props) {
  return (
    <section aria-labelledby={id} className="card grid gap-x-8 gap-y-4 p-5 max-sm:p-4 lg:grid-cols-[17rem_1fr]">
      <div>
        <h2 id={id} className="text-16 font-semibold">
          {title}
        </h2>
        {lead && <p className="mt-1 max-w-[60ch] text-13 text-second">{lead}</p>}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  )
}
