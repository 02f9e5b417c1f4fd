import { saveBlob } from '@/lib/browser/download'
import { paintPng } from './paint'
import { type Sheet, sheetPicture } from './sheet-picture'

/** Saves a table as a PNG file. */
export async function saveSheet(sheet: Sheet, name: string): Promise<void> {
  saveBlob(await paintPng(sheetPicture(sheet)), name)
}
