'use client'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { funnelOptions } from '@/lib/browser/queries'

interface Props {
  app: string
  params: string
  /** Shown once the comparison could be made, which later data may allow. */
  compared: ReactNode
  /** Shown before. */
  children: ReactNode
}

/** Follows the reply that the report refreshes. It sends no request of its own. */
export function WhenCompared({ app, params, compared, children }: Props) {
  const { data } = useQuery({ ...funnelOptions(app, params), enabled: false })
  return data?.comparison?.held ? compared : children
}
