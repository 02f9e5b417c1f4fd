import 'server-only'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { isLinkLocal, isLoopback, transportProblem } from '../server/network.mjs'
import { answersPrivateAddresses, DOOR_VARIABLES, readSettings, type Settings } from '../server/settings.mjs'
import { RETENTION_DAYS, SPACING_MS } from './contract/limits'
import { REGIONS } from './contract/sources'
import { backupContradictions, backupOf, backupVariables } from './env-backup'
import { misspelt } from './env-names'
import { oidcContradictions, oidcOf, oidcVariables } from './env-oidc'
import { isGuessable } from './env-strength'

type Source = Record<string, string | undefined>

/** These may also be given as NAME_FILE, the path of a file that contains the value. */
export const SECRETS = [
  'MASTER_KEY',
  'NEW_MASTER_KEY',
  'ADMIN_PASSWORD',
  'TIM_SECRET_KEY',
  'DATABASE_URL',
  'METRICS_TOKEN',
  'ALERT_WEBHOOK',
  'OIDC_CLIENT_SECRET',
  'BACKUP_S3_SECRET_ACCESS_KEY',
] as const

/** Lists all problems of the environment at once. The start ends with exit code 78 (sysexits: configuration error). */
export class ConfigurationError extends Error {
  readonly exitCode = 78
  constructor(readonly problems: string[]) {
    super(`The configuration has ${problems.length === 1 ? 'a problem' : 'problems'}:\n  ${problems.join('\n  ')}`)
    this.name = 'ConfigurationError'
  }
}

const url = z.string().transform((text, ctx) => {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text)
  ctx.addIssue('must start with http:// or https://')
  return z.NEVER
})
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most)
const offset = z.string().regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'must look like +08:00')

const variables = {
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, 'must begin with sqlite: or postgres://')
    .default('sqlite:./data/pushlens.db'),
  MASTER_KEY: z
    .string()
    .min(32, 'must have at least 32 characters: generate one with openssl rand -base64 32')
    .optional(),
  /** The key to rotate to. It is valid together with MASTER_KEY, so that no restart meets a key that is not set. */
  NEW_MASTER_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
  TIM_SDKAPPID: whole(1, 4_294_967_295).optional(),
  TIM_SECRET_KEY: z.string().min(16, 'is too short to be the SecretKey of an SDKAppID').optional(),
  TIM_ADMIN_ID: z.string().min(1).max(32).default('administrator'),
  TIM_REGION: z.enum(REGIONS).default('china'),
  TIM_NAME: z.string().min(1).max(80).optional(),
  TIM_BASE_URL: url.optional(),
  TIM_UTC_OFFSET: offset.default('+08:00'),
  TIM_ONLINE_STATUS: z.enum(['on', 'off']).default('on'),
  UPSTREAM_SPACING_MS: whole(1, 60_000).default(SPACING_MS),
  TEST_CLOCK_OFFSET_S: whole(-400 * 86_400, 400 * 86_400).default(0),
  RETENTION_TRACES_DAYS: whole(RETENTION_DAYS.least, RETENTION_DAYS.most).default(90),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .refine((token) => !isGuessable(token), 'is easy to guess: generate one with openssl rand -hex 16')
    .optional(),
  ALERT_WEBHOOK: url.optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  DEMO: z.enum(['on', 'off']).default('off'),
  COLLECTOR: z.enum(['on', 'off']).default('on'),
  ...oidcVariables,
  ...backupVariables,
  REQUEST_LIMITS: z.enum(['on', 'off']).default('on'),
}
const KNOWN = [...Object.keys(variables), ...SECRETS.map((name) => `${name}_FILE`), ...DOOR_VARIABLES]
/** All variables except those of the front door, DOOR_VARIABLES. */
export const schema = z.object(variables)
type Variables = z.infer<typeof schema>

export type Env = ReturnType<typeof readEnv>

/**
 * Reads and validates the environment. Throws ConfigurationError with all problems. Only this file and the front door's
 * settings know variable names.
 */
export function readEnv(source: Source = process.env) {
  const { settings: door, problems } = readSettings(source)
  const { given, problems: unreadable } = withFiles(source)
  problems.push(...unreadable)
  problems.push(...misspelt(Object.keys(source), KNOWN))
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`))
    throw new ConfigurationError(problems)
  }
  problems.push(...contradictions(parsed.data, door))
  if (problems.length > 0) throw new ConfigurationError(problems)
  return resolved(parsed.data, door)
}

/** An empty variable counts as absent. A secret may be given as NAME_FILE, the path of a file that contains it. */
function withFiles(source: Source): { given: Source; problems: string[] } {
  const problems: string[] = []
  const given: Source = Object.fromEntries(Object.keys(variables).map((name) => [name, source[name] || undefined]))
  for (const name of SECRETS) {
    const path = source[`${name}_FILE`]
    if (!path) continue
    if (given[name]) problems.push(`${name} and ${name}_FILE are both set: keep one`)
    try {
      given[name] = readFileSync(path, 'utf8').trim()
    } catch {
      problems.push(`${name}_FILE names a file that Pushlens cannot read`)
    }
  }
  return { given, problems }
}

/** Returns whether the base URL of an app is on this machine; false if it has none. */
export function isLoopbackUrl(baseUrl: string | null): boolean {
  return baseUrl !== null && isLoopback(new URL(baseUrl))
}

/** Returns true if webhook and upstream are both on this machine, which happens in tests. */
function isTestWebhook(v: Variables): boolean {
  return v.ALERT_WEBHOOK !== undefined && isLoopback(v.ALERT_WEBHOOK) && isTestUpstream(v)
}

function isTestUpstream({ TIM_BASE_URL: url }: Variables): boolean {
  return url !== undefined && isLoopback(url)
}

function contradictions(v: Variables, { allowInsecureHttp }: Settings): string[] {
  const insecure = v.TIM_BASE_URL && transportProblem('TIM_BASE_URL', v.TIM_BASE_URL, allowInsecureHttp)
  const problems: string[] = [...oidcContradictions(v), ...backupContradictions(v, allowInsecureHttp)]
  if (insecure) problems.push(insecure)
  const require = (holds: boolean, sentence: string) => !holds && problems.push(sentence)
  require((v.TIM_SDKAPPID === undefined) ===
    (v.TIM_SECRET_KEY === undefined), 'TIM_SDKAPPID and TIM_SECRET_KEY belong together: set both or neither')
  require((v.ADMIN_EMAIL === undefined) ===
    (v.ADMIN_PASSWORD === undefined), 'ADMIN_EMAIL and ADMIN_PASSWORD belong together: set both or neither')
  require(v.UPSTREAM_SPACING_MS >= SPACING_MS ||
    isTestUpstream(v), `UPSTREAM_SPACING_MS below ${SPACING_MS} needs a TIM_BASE_URL on a loopback address`)
  require(v.TEST_CLOCK_OFFSET_S === 0 ||
    isTestUpstream(v), 'TEST_CLOCK_OFFSET_S needs a TIM_BASE_URL on a loopback address')
  require(v.REQUEST_LIMITS === 'on' ||
    isTestUpstream(v), 'REQUEST_LIMITS=off needs a TIM_BASE_URL on a loopback address')
  require(v.DEMO === 'off' || isTestUpstream(v), 'DEMO=on needs a TIM_BASE_URL on a loopback address')
  require(v.ALERT_WEBHOOK === undefined ||
    v.ALERT_WEBHOOK.protocol === 'https:' ||
    isTestWebhook(v), 'ALERT_WEBHOOK must begin with https://')
  require(v.ALERT_WEBHOOK === undefined ||
    !isLinkLocal(v.ALERT_WEBHOOK), 'ALERT_WEBHOOK must not be a link-local address')
  require(v.ALERT_WEBHOOK === undefined ||
    v.ALERT_WEBHOOK.username === '', 'ALERT_WEBHOOK must not contain a user name')
  require(v.NEW_MASTER_KEY === undefined ||
    v.MASTER_KEY !== undefined, 'NEW_MASTER_KEY belongs to MASTER_KEY: a generated key is rotated without it')
  require(v.DATABASE_URL.startsWith('sqlite:') ||
    v.MASTER_KEY !== undefined, 'PostgreSQL needs a MASTER_KEY: generate one with openssl rand -base64 32')
  return problems
}

function resolved(v: Variables, door: Settings) {
  const sqlitePath = v.DATABASE_URL.startsWith('sqlite:') ? v.DATABASE_URL.slice('sqlite:'.length) : null
  return {
    publicUrl: door.publicUrl ?? new URL(`http://localhost:${door.port}`),
    answersPrivateAddresses: answersPrivateAddresses(door),
    trustProxy: door.trustProxy,
    database: sqlitePath
      ? ({ kind: 'sqlite', path: resolve(sqlitePath) } as const)
      : ({ kind: 'postgres', url: v.DATABASE_URL } as const),
    dataFolder: sqlitePath ? dirname(resolve(sqlitePath)) : null,
    backup: backupOf(v, sqlitePath ? dirname(resolve(sqlitePath)) : null),
    masterKey: v.MASTER_KEY ?? null,
    newMasterKey: v.NEW_MASTER_KEY ?? null,
    admin: v.ADMIN_EMAIL && v.ADMIN_PASSWORD ? { email: v.ADMIN_EMAIL, password: v.ADMIN_PASSWORD } : null,
    // The demo's emulator answers for the demo alone.
    baseUrl: v.DEMO === 'on' ? null : (v.TIM_BASE_URL?.origin ?? null),
    app: v.TIM_SDKAPPID && v.TIM_SECRET_KEY ? appOf(v, v.TIM_SDKAPPID, v.TIM_SECRET_KEY) : null,
    spacingMs: v.UPSTREAM_SPACING_MS,
    clockOffsetS: v.TEST_CLOCK_OFFSET_S,
    retentionTracesDays: v.RETENTION_TRACES_DAYS,
    onlineStatus: v.TIM_ONLINE_STATUS === 'on',
    alertWebhook: v.ALERT_WEBHOOK ? { url: v.ALERT_WEBHOOK, local: isTestWebhook(v) } : null,
    metricsToken: v.METRICS_TOKEN ?? null,
    logLevel: v.LOG_LEVEL,
    collector: v.COLLECTOR === 'on',
    oidc: oidcOf(v),
    localSignIn: v.LOCAL_SIGN_IN === 'on',
    requestLimits: v.REQUEST_LIMITS === 'on',
  }
}

function appOf(v: Variables, sdkAppId: number, secretKey: string) {
  const [hours = 0, minutes = 0] = v.TIM_UTC_OFFSET.slice(1).split(':').map(Number)
  return {
    sdkAppId,
    secretKey,
    adminId: v.TIM_ADMIN_ID,
    region: v.TIM_REGION,
    name: v.TIM_NAME ?? `App ${sdkAppId}`,
    baseUrl: v.TIM_BASE_URL?.origin ?? null,
    utcOffsetMin: (hours * 60 + minutes) * (v.TIM_UTC_OFFSET.startsWith('-') ? -1 : 1),
    demo: v.DEMO === 'on',
  }
}
