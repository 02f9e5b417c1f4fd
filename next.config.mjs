import { fileURLToPath } from 'node:url'

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // The door speaks HTTP/1.1 behind a proxy that compresses, or to people on the same network.
  compress: true,
  images: { unoptimized: true },
  serverExternalPackages: ['@photostructure/sqlite'],
  turbopack: { root: fileURLToPath(new URL('.', import.meta.url)) },
}
