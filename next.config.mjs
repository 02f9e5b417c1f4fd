import { fileURLToPath } from 'node:url'

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Compression is left to the proxy in front. Without a proxy, people are on the same network.
  compress: true,
  images: { unoptimized: true },
  serverExternalPackages: ['@photostructure/sqlite'],
  turbopack: { root: fileURLToPath(new URL('.', import.meta.url)) },
}
