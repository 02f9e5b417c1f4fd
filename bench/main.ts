import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from '../scripts/build.mjs'
import { postgresBin } from '../scripts/postgres.mjs'
import { archiveFigures } from './archive'
import { bareStartFigures } from './bare-start'
import { campaignFigures } from './campaigns'
import { coldFillFigures } from './cold-fill'
import { demoFigures } from './demo-fill'
import { type Figure, isWithinLimit } from './figures'
import { firstLoadFigures } from './first-load'
import { floodFigures } from './flood'
import { heldRangeFigures } from './held-ranges'
import { reportPage } from './page'
import { shareFigures } from './shares'
import { viewerFigures } from './viewers'

/**
 * `npm run bench` measures everything and writes docs/bench.md. `npm run bench -- up fill flood demo viewers phone
 * campaigns held shares sqlite
 * postgres` measures only the named parts and writes nothing. Exits with 1 if a figure misses its limit.
 */
const PARTS = {
  up: { title: 'Start from a bare checkout', measure: bareStartFigures },
  fill: { title: 'Initial fill in real time', measure: coldFillFigures },
  flood: { title: 'One person floods the lanes, in real time', measure: floodFigures },
  demo: { title: 'First start of the demo', measure: demoFigures },
  viewers: { title: 'Concurrent viewers', measure: viewerFigures },
  phone: { title: 'First load', measure: firstLoadFigures },
  campaigns: { title: 'The campaign list', measure: campaignFigures },
  held: { title: 'Ranges that stored buckets cover', measure: heldRangeFigures },
  shares: { title: 'Visitors of a shared link', measure: shareFigures },
  sqlite: { title: 'Funnels from a full archive, SQLite', measure: () => archiveFigures('sqlite') },
  postgres: { title: 'Funnels from a full archive, PostgreSQL', measure: () => archiveFigures('postgres') },
} as const
type Part = keyof typeof PARTS

const root = join(import.meta.dirname, '..')
const named = process.argv.slice(2)
const unknown = named.filter((name) => !(name in PARTS))
if (unknown.length > 0)
  throw new Error(`unknown part ${unknown.join(', ')}; the parts are: ${Object.keys(PARTS).join(', ')}`)

await ensureBuilt(root)
const parts: { title: string; figures: Figure[] }[] = []
for (const name of Object.keys(PARTS) as Part[]) {
  if (named.length > 0 && !named.includes(name)) continue
  const { title, measure } = PARTS[name]
  console.log(`\n${title}`)
  parts.push({ title, figures: await measure() })
}
if (named.length === 0) writeFileSync(join(root, 'docs/bench.md'), reportPage(new Date(), machine(), parts))
const missed = parts.flatMap(({ figures }) => figures).filter((figure) => !isWithinLimit(figure))
console.log(
  missed.length === 0 ? '\nAll figures are within their limits.' : `\nFigures outside their limits: ${missed.length}`,
)
process.exit(missed.length === 0 ? 0 : 1)

function machine(): string[] {
  const [first] = cpus()
  const postgres = execFileSync(join(postgresBin() ?? '', 'postgres'), ['--version'], { encoding: 'utf8' }).trim()
  return [
    `${cpus().length} × ${first?.model}`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
    `Node ${process.version}`,
    postgres,
  ]
}
