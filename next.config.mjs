import { fileURLToPath } from 'node:url'

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Compression is left to the proxy in front. Without a proxy, people are on the same network.
  compress: true,
  images: { unoptimized: true },
  // Every route would get a copy of them, which the process then holds thirty times.
  serverExternalPackages: ['@photostructure/sqlite', 'kysely', 'lru-cache', 'undici', 'zod'],
  turbopack: { root: fileURLToPath(new URL('.', import.meta.url)) },
}
