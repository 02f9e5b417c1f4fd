import './globals.css'
import '@/components/charts/charts.css'
import '@/components/lookup/lookup.css'
import '@/components/losses/losses.css'
import '@/components/overview/overview.css'
import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { preferences } from '@/components/i18n/preferences'

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafaf9' },
    { media: '(prefers-color-scheme: dark)', color: '#0c0a09' },
  ],
}

export const metadata: Metadata = { title: 'Pushlens', robots: { index: false, follow: false } }

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A prerendered page has no nonce, and its scripts are dead: every page is rendered per request.
  await connection()
  const { locale, theme } = await preferences()
  return (
    <html lang={locale} data-theme={theme} className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body>{children}</body>
    </html>
  )
}
