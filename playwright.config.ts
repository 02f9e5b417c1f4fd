import { defineConfig, devices } from '@playwright/test'
import { chromium } from './scripts/system.mjs'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** These specs count look-ups at the shared emulator, so they run one after another, in parallel to the others. */
const LOOK_UPS = /(accessible|bulk|lookup|search-box|user)\.spec\.ts$/

export default defineConfig({
  testDir: './e2e',
  globalSetup: './e2e/testing/global-setup.ts',
  fullyParallel: false,
  workers: 3,
  retries: 0,
  projects: [
    { name: 'look-ups', testMatch: LOOK_UPS, workers: 1 },
    { name: 'other', testIgnore: LOOK_UPS },
  ],
  timeout: 90_000,
  expect: { timeout: 10_000 },
  outputDir: './test-results',
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1_440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Asia/Shanghai',
    launchOptions: { executablePath: chromium() ?? undefined, args: FLAGS },
  },
})
