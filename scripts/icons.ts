import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { chromium as chromiumPath } from './system.mjs'

/** `npm run icons` renders the PNG icons of the home screen from their SVG files. Run it after you change one of those. */
const PUBLIC = join(import.meta.dirname, '../public')
const ICONS = [
  { from: 'icon.svg', to: 'icons/icon-192.png', size: 192 },
  { from: 'icon.svg', to: 'icons/icon-512.png', size: 512 },
  { from: 'maskable.svg', to: 'icons/maskable-512.png', size: 512 },
  // iOS asks for this path also where no link names it. It rounds the corners by itself.
  { from: 'maskable.svg', to: 'apple-touch-icon.png', size: 180 },
  // Browsers ask for this path where a page names no icon, for example while it loads.
  { from: 'icon.svg', to: 'favicon.ico', size: 48 },
]

const browser = await chromium.launch({
  executablePath: chromiumPath() ?? undefined,
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  for (const { from, to, size } of ICONS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } })
    const svg = readFileSync(join(PUBLIC, 'icons', from)).toString('base64')
    await page.setContent(
      `<style>body{margin:0}img{display:block;width:${size}px}</style><img src="data:image/svg+xml;base64,${svg}">`,
    )
    const png = await page.screenshot({ omitBackground: true })
    writeFileSync(join(PUBLIC, to), to.endsWith('.ico') ? iconFile(png, size) : png)
    await page.close()
    console.log(`${to}, ${size} × ${size}`)
  }
} finally {
  await browser.close()
}

/** Returns an ICO file with one picture: a header, the entry of the picture, and the PNG as it is. */
function iconFile(png: Buffer, size: number): Buffer {
  const head = Buffer.alloc(22)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(1, 4)
  head.writeUInt8(size, 6)
  head.writeUInt8(size, 7)
  head.writeUInt16LE(1, 10)
  head.writeUInt16LE(32, 12)
  head.writeUInt32LE(png.length, 14)
  head.writeUInt32LE(head.length, 18)
  return Buffer.concat([head, png])
}
