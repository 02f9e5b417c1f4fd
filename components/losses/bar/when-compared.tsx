'use client'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { lossesOptions } from '@/lib/browser/queries'
import { isCompared } from '../compared'

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
  const { data } = useQuery({ ...lossesOptions(app, params), enabled: false })
  return data && isCompared(data) ? compared : children
}
