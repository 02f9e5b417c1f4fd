'use client'
import { DownloadButton } from '@/components/report/download-button'
import type { ChartQuestion } from './chart-picture'

/** Saves the chart as a picture. What draws it is loaded with the first press. */
export function ChartButton(question: ChartQuestion) {
  const { words } = question
  const download = async () => (await import('./save-picture')).saveChart(question)
  return (
    <DownloadButton
      download={download}
      label={words.t('trend.picture.chart')}
      title={words.t('trend.picture.chartMeaning')}
      words={words}
    />
  )
}

/** Saves the vendor table as a picture. */
export function TableButton(question: Pick<ChartQuestion, 'reply' | 'subject' | 'words'>) {
  const { words } = question
  const download = async () => (await import('./save-picture')).saveTable(question)
  return (
    <DownloadButton
      download={download}
      label={words.t('trend.picture.chart')}
      title={words.t('trend.picture.tableMeaning')}
      words={words}
    />
  )
}
