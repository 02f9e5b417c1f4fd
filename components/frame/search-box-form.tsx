import type { ReactNode } from 'react'
import { PATHS } from '@/lib/contract/links'

interface Props {
  app: string
  appParam: string | null
  failed: string
  label: string
  children: ReactNode
}

/**
 * A form whose text finds its own way: with scripts it is posted (box-keys.tsx), so that no UserID comes into an
 * address; without, it goes as an address that the server answers by leading on to a sealed one.
 */
export function SearchBoxForm({ app, appParam, failed, label, children }: Props) {
  return (
    <search className="relative w-full" aria-label={label}>
      <form action={PATHS.lookup} method="get" data-search-box={app} data-failed={failed}>
        {appParam !== null && <input type="hidden" name="app" value={appParam} />}
        {children}
        <p role="alert" className="search-box-error" />
      </form>
    </search>
  )
}
