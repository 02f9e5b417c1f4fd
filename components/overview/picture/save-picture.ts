import { paintPng } from '@/components/report/picture/paint'
import { saveSheet } from '@/components/report/picture/save-sheet'
import { vendorSheet } from '@/components/report/picture/vendor-sheet'
import { saveBlob } from '@/lib/browser/download'
import { type ChartQuestion, chartPicture } from './chart-picture'

/** Saves the chart as a PNG file. */
export async function saveChart(question: ChartQuestion): Promise<void> {
  saveBlob(await paintPng(chartPicture(question)), `trend-${question.subject.sdkAppId}.png`)
}

/** Saves the vendor table as a PNG file. */
export async function saveTable(question: Parameters<typeof vendorSheet>[0]): Promise<void> {
  await saveSheet(vendorSheet(question), `vendors-${question.subject.sdkAppId}.png`)
}
