'use client'
import { CopyText } from '@/components/ui/copy-text'

interface Props {
  labels: { copy: string; copied: string; failed: string }
}

/** Shares the page: copies its address, which holds the whole state. */
export function ShareButton({ labels }: Props) {
  return <CopyText text={async () => window.location.href} labels={labels} />
}
