import { fileURLToPath } from 'node:url'
import { PHASE_PRODUCTION_BUILD } from 'next/constants.js'

/**
 * Returns the configuration. `next build` does only what serving needs, because `npm run up` waits for it on a bare machine.
 * @param {string} phase
 * @returns {import('next').NextConfig}
 */
export default function config(phase) {
  const isBuild = phase === PHASE_PRODUCTION_BUILD
  return {
    poweredByHeader: false,
    reactStrictMode: true,
    // There may be no proxy in front that compresses.
    compress: true,
    images: { unoptimized: true },
    // Every route would get a copy of them, which the process then holds thirty times.
    serverExternalPackages: ['@photostructure/sqlite', 'kysely', 'lru-cache', 'undici', 'zod'],
    // `npm test` and `npm run check` check the types.
    typescript: { ignoreBuildErrors: isBuild },
    experimental: {
      // Loading all pages before the first answer would take a quarter of the start. Each is loaded by its first request.
      preloadEntriesOnStart: false,
      // Nothing reads the source maps of a build, and writing 110 MB of them takes time.
      turbopackSourceMaps: !isBuild,
      // The first build of a checkout writes no cache: most installations build once.
      turbopackFileSystemCacheForBuild: process.env.BUILD_CACHE !== 'off',
    },
    turbopack: { root: fileURLToPath(new URL('.', import.meta.url)) },
  }
}
