import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

export default defineConfig({
  resolve: {
    alias: {
      '@': root,
      // Outside Next, `server-only` throws. The tests import server rooms.
      'server-only': `${root}node_modules/server-only/empty.js`,
      // openapi-typescript writes types through the compiler's JavaScript API, which TypeScript 7 does not have.
      typescript: 'typescript-5',
    },
  },
  test: {
    include: ['{lib,emulator,server,scripts,components}/**/*.test.{ts,tsx}'],
    globalSetup: ['./vitest.global.ts'],
    // The default leaves one core idle. Many of these tests wait for a process or a disk.
    maxWorkers: Math.max(2, availableParallelism()),
    server: { deps: { inline: ['openapi-typescript'] } },
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
