import 'server-only'
import compile from 'icu-minify/compile'
import type { CompiledMessage } from 'icu-minify/format'
import accessEn from '@/messages/en/access.json'
import apiDocsEn from '@/messages/en/api-docs.json'
import appsEn from '@/messages/en/apps.json'
import auditEn from '@/messages/en/audit.json'
import boxEn from '@/messages/en/box.json'
import campaignEn from '@/messages/en/campaign.json'
import campaignsEn from '@/messages/en/campaigns.json'
import changesEn from '@/messages/en/changes.json'
import commonEn from '@/messages/en/common.json'
import errorsEn from '@/messages/en/errors.json'
import keysEn from '@/messages/en/keys.json'
import lookupEn from '@/messages/en/lookup.json'
import lossesEn from '@/messages/en/losses.json'
import oidcEn from '@/messages/en/oidc.json'
import overviewEn from '@/messages/en/overview.json'
import peopleEn from '@/messages/en/people.json'
import profileEn from '@/messages/en/profile.json'
import reasonsEn from '@/messages/en/reasons.json'
import repliesEn from '@/messages/en/replies.json'
import retentionEn from '@/messages/en/retention.json'
import secondFactorEn from '@/messages/en/second-factor.json'
import settingsEn from '@/messages/en/settings.json'
import sharedEn from '@/messages/en/shared.json'
import sharesEn from '@/messages/en/shares.json'
import systemEn from '@/messages/en/system.json'
import tokensEn from '@/messages/en/tokens.json'
import trendEn from '@/messages/en/trend.json'
import userEn from '@/messages/en/user.json'
import verdictsEn from '@/messages/en/verdicts.json'
import viewsEn from '@/messages/en/views.json'
import accessKo from '@/messages/ko/access.json'
import apiDocsKo from '@/messages/ko/api-docs.json'
import appsKo from '@/messages/ko/apps.json'
import auditKo from '@/messages/ko/audit.json'
import boxKo from '@/messages/ko/box.json'
import campaignKo from '@/messages/ko/campaign.json'
import campaignsKo from '@/messages/ko/campaigns.json'
import changesKo from '@/messages/ko/changes.json'
import commonKo from '@/messages/ko/common.json'
import errorsKo from '@/messages/ko/errors.json'
import keysKo from '@/messages/ko/keys.json'
import lookupKo from '@/messages/ko/lookup.json'
import lossesKo from '@/messages/ko/losses.json'
import oidcKo from '@/messages/ko/oidc.json'
import overviewKo from '@/messages/ko/overview.json'
import peopleKo from '@/messages/ko/people.json'
import profileKo from '@/messages/ko/profile.json'
import reasonsKo from '@/messages/ko/reasons.json'
import repliesKo from '@/messages/ko/replies.json'
import retentionKo from '@/messages/ko/retention.json'
import secondFactorKo from '@/messages/ko/second-factor.json'
import settingsKo from '@/messages/ko/settings.json'
import sharedKo from '@/messages/ko/shared.json'
import sharesKo from '@/messages/ko/shares.json'
import systemKo from '@/messages/ko/system.json'
import tokensKo from '@/messages/ko/tokens.json'
import trendKo from '@/messages/ko/trend.json'
import userKo from '@/messages/ko/user.json'
import verdictsKo from '@/messages/ko/verdicts.json'
import viewsKo from '@/messages/ko/views.json'
import { vendorMessages } from '@/messages/vendors'
import accessZh from '@/messages/zh-CN/access.json'
import apiDocsZh from '@/messages/zh-CN/api-docs.json'
import appsZh from '@/messages/zh-CN/apps.json'
import auditZh from '@/messages/zh-CN/audit.json'
import boxZh from '@/messages/zh-CN/box.json'
import campaignZh from '@/messages/zh-CN/campaign.json'
import campaignsZh from '@/messages/zh-CN/campaigns.json'
import changesZh from '@/messages/zh-CN/changes.json'
import commonZh from '@/messages/zh-CN/common.json'
import errorsZh from '@/messages/zh-CN/errors.json'
import keysZh from '@/messages/zh-CN/keys.json'
import lookupZh from '@/messages/zh-CN/lookup.json'
import lossesZh from '@/messages/zh-CN/losses.json'
import oidcZh from '@/messages/zh-CN/oidc.json'
import overviewZh from '@/messages/zh-CN/overview.json'
import peopleZh from '@/messages/zh-CN/people.json'
import profileZh from '@/messages/zh-CN/profile.json'
import reasonsZh from '@/messages/zh-CN/reasons.json'
import repliesZh from '@/messages/zh-CN/replies.json'
import retentionZh from '@/messages/zh-CN/retention.json'
import secondFactorZh from '@/messages/zh-CN/second-factor.json'
import settingsZh from '@/messages/zh-CN/settings.json'
import sharedZh from '@/messages/zh-CN/shared.json'
import sharesZh from '@/messages/zh-CN/shares.json'
import systemZh from '@/messages/zh-CN/system.json'
import tokensZh from '@/messages/zh-CN/tokens.json'
import trendZh from '@/messages/zh-CN/trend.json'
import userZh from '@/messages/zh-CN/user.json'
import verdictsZh from '@/messages/zh-CN/verdicts.json'
import viewsZh from '@/messages/zh-CN/views.json'
import type { Locale } from './locale'
import { createWords, type Messages, type Namespace, type PageMessages, type Words } from './words'

const ALL: Record<Locale, Messages> = {
  en: {
    common: commonEn,
    access: accessEn,
    'api-docs': apiDocsEn,
    apps: appsEn,
    audit: auditEn,
    retention: retentionEn,
    box: boxEn,
    campaign: campaignEn,
    campaigns: campaignsEn,
    changes: changesEn,
    errors: errorsEn,
    oidc: oidcEn,
    overview: overviewEn,
    people: peopleEn,
    profile: profileEn,
    settings: settingsEn,
    'second-factor': secondFactorEn,
    shared: sharedEn,
    shares: sharesEn,
    system: systemEn,
    tokens: tokensEn,
    trend: trendEn,
    vendors: vendorMessages('en'),
    lookup: lookupEn,
    losses: lossesEn,
    reasons: reasonsEn,
    replies: repliesEn,
    user: userEn,
    verdicts: verdictsEn,
    keys: keysEn,
    views: viewsEn,
  },
  'zh-CN': {
    common: commonZh,
    access: accessZh,
    'api-docs': apiDocsZh,
    apps: appsZh,
    audit: auditZh,
    retention: retentionZh,
    box: boxZh,
    campaign: campaignZh,
    campaigns: campaignsZh,
    changes: changesZh,
    errors: errorsZh,
    oidc: oidcZh,
    overview: overviewZh,
    people: peopleZh,
    profile: profileZh,
    settings: settingsZh,
    'second-factor': secondFactorZh,
    shared: sharedZh,
    shares: sharesZh,
    system: systemZh,
    tokens: tokensZh,
    trend: trendZh,
    vendors: vendorMessages('zh-CN'),
    lookup: lookupZh,
    losses: lossesZh,
    reasons: reasonsZh,
    replies: repliesZh,
    user: userZh,
    verdicts: verdictsZh,
    keys: keysZh,
    views: viewsZh,
  },
  ko: {
    common: commonKo,
    access: accessKo,
    'api-docs': apiDocsKo,
    apps: appsKo,
    audit: auditKo,
    retention: retentionKo,
    box: boxKo,
    campaign: campaignKo,
    campaigns: campaignsKo,
    changes: changesKo,
    errors: errorsKo,
    oidc: oidcKo,
    overview: overviewKo,
    people: peopleKo,
    profile: profileKo,
    settings: settingsKo,
    'second-factor': secondFactorKo,
    shared: sharedKo,
    shares: sharesKo,
    system: systemKo,
    tokens: tokensKo,
    trend: trendKo,
    vendors: vendorMessages('ko'),
    lookup: lookupKo,
    losses: lossesKo,
    reasons: reasonsKo,
    replies: repliesKo,
    user: userKo,
    verdicts: verdictsKo,
    keys: keysKo,
    views: viewsKo,
  },
}

/** Returns the source texts, for small pages that do not need `createWords`. */
export function textsOf(locale: Locale): Messages {
  return ALL[locale]
}

const compiled = new Map<Locale, Messages>()

/** Returns texts for `createWords`. A text with values is compiled here, so that the browser needs no parser. */
export function messagesOf(locale: Locale): Messages {
  const messages = compiled.get(locale) ?? compileAll(ALL[locale])
  compiled.set(locale, messages)
  return messages
}

/** Returns the namespaces that a page sends to the browser. `channels` go along with the names of vendors. */
export function pickMessages(
  locale: Locale,
  namespaces: readonly Namespace[],
  channels?: Words['channels'],
): PageMessages {
  const all = messagesOf(locale)
  const picked = Object.fromEntries(namespaces.map((name) => [name, all[name]]))
  return channels ? { ...picked, channels } : picked
}

/** Returns the same texts with the names that administrators gave to channels of an app. */
export function withChannels(words: Words, channels: Words['channels'] | undefined): Words {
  return channels ? createWords(words.locale, { ...messagesOf(words.locale), channels }) : words
}

/** Keeps the type of the source texts. Only `createWords` reads what compiling has made of them. */
function compileAll<T extends object>(tree: T): T {
  const entries = Object.entries(tree).map(([key, value]) => [
    key,
    typeof value === 'string' ? toPlainData(compile(value)) : compileAll(value),
  ])
  return Object.fromEntries(entries) as T
}

/** Plural forms compile to objects without a prototype, which React cannot pass to a client component. */
function toPlainData(message: CompiledMessage): CompiledMessage {
  return JSON.parse(JSON.stringify(message))
}
