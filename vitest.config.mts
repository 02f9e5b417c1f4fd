import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
const ROOMS = ['lib', 'emulator', 'server', 'scripts', 'components']

/** What one file replaces would stay replaced for the next file of the same process. */
const REPLACES = /\bvi\.(mock|stub|spyOn|useFakeTimers)|\bglobalThis\b|\bprocess\.env\.\w+ = /

const files = ROOMS.flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.test\.tsx?$/.test(path))
    .map((path) => `${room}/${path}`),
)
/** Opening a store changes how the whole process reads integers of PostgreSQL. The schemas are written without a store. */
const alone = files.filter(
  (path) => path === 'lib/store/engine/schemas.test.ts' || REPLACES.test(readFileSync(join(root, path), 'utf8')),
)

const resolve = {
  alias: {
    '@': root,
    // Outside Next, `server-only` throws. The tests import server rooms.
    'server-only': `${root}node_modules/server-only/empty.js`,
    // openapi-typescript writes types through the compiler's JavaScript API, which TypeScript 7 does not have.
    typescript: 'typescript-5',
  },
}
const common = {
  server: { deps: { inline: ['openapi-typescript'] } },
  testTimeout: 20_000,
  hookTimeout: 30_000,
}

export default defineConfig({
  test: {
    globalSetup: ['./vitest.global.ts'],
    // Many of these tests wait for a process or a disk.
    maxWorkers: availableParallelism() + 1,
    projects: [
      // Files of one process share the modules that they import, which is half of the time of most of them.
      {
        resolve,
        test: {
          ...common,
          name: 'shared',
          include: ROOMS.map((room) => `${room}/**/*.test.{ts,tsx}`),
          exclude: alone,
          isolate: false,
        },
      },
      { resolve, test: { ...common, name: 'alone', include: alone } },
    ],
  },
})
