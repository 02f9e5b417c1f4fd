import { saveBlob } from '@/lib/browser/download'
import { type ChartQuestion, chartPicture } from './chart-picture'
import { paintPng } from './paint'
import { tablePicture } from './table-picture'

/** Saves the chart as a PNG file. */
export async function saveChart(question: ChartQuestion): Promise<void> {
  saveBlob(await paintPng(chartPicture(question)), `trend-${question.subject.sdkAppId}.png`)
}

/** Saves the vendor table as a PNG file. */
export async function saveTable(question: Parameters<typeof tablePicture>[0]): Promise<void> {
  saveBlob(await paintPng(tablePicture(question)), `vendors-${question.subject.sdkAppId}.png`)
}
