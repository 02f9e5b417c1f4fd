import 'server-only'
import { z } from 'zod'
import { ROLES, type Role } from './contract/roles'

/** One entry of OIDC_ROLE_MAP: who has this value in the role claim gets this role. `app` is an SDKAppID, or '*'. */
export interface RoleRule {
  value: string
  role: Role
  app: string
}

const RULE = /^(.*\S)\s*=\s*([a-z]+)(?:@(\d{1,10}))?$/
const MAX_RULE_LENGTH = 300
const SHAPE = `must look like staff=viewer,ops=admin,shop=editor@1400000000, with the roles ${ROLES.join(', ')}`

const issuer = z.string().refine(isIssuer, 'must be an https address without query and fragment')
const roleMap = z.string().transform((text, ctx): RoleRule[] => {
  const rules = listOf(text).map(ruleOf)
  const valid = rules.filter((rule) => rule !== null)
  if (valid.length > 0 && valid.length === rules.length) return valid
  ctx.addIssue(SHAPE)
  return z.NEVER
})

/** The variables of single sign-on. OIDC_CLIENT_SECRET is a secret and may come from a file. */
export const oidcVariables = {
  OIDC_ISSUER: issuer.optional(),
  OIDC_CLIENT_ID: z.string().min(1).max(200).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).max(1_000).optional(),
  OIDC_ROLE_CLAIM: z
    .string()
    .transform(listOf)
    .refine((names) => names.length > 0, 'must name a claim')
    .optional(),
  OIDC_ROLE_MAP: roleMap.optional(),
  OIDC_EMAIL_CLAIM: z.string().trim().min(1).default('email'),
  OIDC_NAME: z.string().trim().min(1).max(40).optional(),
  OIDC_SCOPES: z
    .string()
    .transform((text) => text.split(/\s+/).filter(Boolean).join(' '))
    .refine((text) => text.split(' ').includes('openid'), 'must contain openid')
    .default('openid email profile'),
  OIDC_LINK_BY_EMAIL: z.enum(['on', 'off']).default('off'),
  LOCAL_SIGN_IN: z.enum(['on', 'off']).default('on'),
}
type OidcVariables = z.infer<z.ZodObject<typeof oidcVariables>>

/** Returns what is wrong with these variables together. */
export function oidcContradictions(v: OidcVariables): string[] {
  const required = [v.OIDC_ISSUER, v.OIDC_CLIENT_ID, v.OIDC_CLIENT_SECRET, v.OIDC_ROLE_CLAIM, v.OIDC_ROLE_MAP]
  const given = required.filter((value) => value !== undefined).length
  const problems: string[] = []
  if (given > 0 && given < required.length) {
    problems.push(
      'OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_ROLE_CLAIM and OIDC_ROLE_MAP belong together: set all or none',
    )
  }
  if (v.LOCAL_SIGN_IN === 'off' && given === 0) {
    problems.push('LOCAL_SIGN_IN=off needs OIDC_ISSUER: otherwise nobody can sign in')
  }
  return problems
}

/** Returns the settings of single sign-on; null where it is not configured. */
export function oidcOf(v: OidcVariables) {
  if (!v.OIDC_ISSUER || !v.OIDC_CLIENT_ID || !v.OIDC_CLIENT_SECRET || !v.OIDC_ROLE_CLAIM || !v.OIDC_ROLE_MAP) {
    return null
  }
  return {
    issuer: v.OIDC_ISSUER,
    clientId: v.OIDC_CLIENT_ID,
    clientSecret: v.OIDC_CLIENT_SECRET,
    roleClaims: v.OIDC_ROLE_CLAIM,
    roleMap: v.OIDC_ROLE_MAP,
    emailClaim: v.OIDC_EMAIL_CLAIM,
    name: v.OIDC_NAME ?? null,
    scopes: v.OIDC_SCOPES,
    linkByEmail: v.OIDC_LINK_BY_EMAIL === 'on',
  }
}

/** The text stays as given, because providers compare it with its trailing slash. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text) || /[?#\s]/.test(text)) return false
  const { protocol, hostname, username } = new URL(text)
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
  return username === '' && (protocol === 'https:' || (protocol === 'http:' && loopback))
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}

function ruleOf(text: string): RoleRule | null {
  if (text.length > MAX_RULE_LENGTH) return null
  const [, value, name, app] = RULE.exec(text) ?? []
  const role = ROLES.find((known) => known === name)
  return value && role ? { value, role, app: app ?? '*' } : null
}
