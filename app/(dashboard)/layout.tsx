import type { ReactNode } from 'react'
import { QueryProvider } from '@/components/frame/query-provider'

export default function DashboardLayout({ children }: { children: ReactNode }) {
  return <QueryProvider>{children}</QueryProvider>
}
