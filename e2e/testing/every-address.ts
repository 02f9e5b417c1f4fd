import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const APP = resolve(import.meta.dirname, '../../app')

/** Reports of one person, or of one shared link, need an ID that only the server makes. */
const OF_ONE = ['[person]', '[share]', '[name]']

/** Sample IDs for route parameters, and queries for reports that require one. */
export interface Samples {
  ids: Record<string, string>
  queries: Record<string, string>
}

/** Returns the address of every page and report, found in the route folders, so that new routes are included automatically. */
export function everyAddress({ ids, queries }: Samples): { pages: string[]; reports: string[] } {
  const pages = routes('page.tsx', '(dashboard)')
  const reports = routes('route.ts', 'api/v1').filter(
    (file) => /\bGET\b/.test(readFileSync(join(APP, file), 'utf8')) && !OF_ONE.some((part) => file.includes(part)),
  )
  const address = (file: string) => {
    const parts = file
      .split('/')
      .slice(0, -1)
      .filter((part) => !part.startsWith('('))
    const path = `/${parts.map((part) => part.replace(/^\[(.+)\]$/, (_, name: string) => sample(ids, name))).join('/')}`
    return `${path}?${queries[parts.at(-1) ?? ''] ?? ''}`
  }
  return { pages: pages.map(address), reports: reports.map(address) }
}

function routes(name: string, under: string): string[] {
  const files = readdirSync(join(APP, under), { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file === name || file.endsWith(`/${name}`)).map((file) => join(under, file))
}

function sample(ids: Record<string, string>, name: string): string {
  const id = ids[name]
  if (id === undefined) throw new Error(`no sample for the route parameter [${name}]`)
  return encodeURIComponent(id)
}
