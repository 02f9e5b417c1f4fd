import 'server-only'
import type { ShareScope } from '@/lib/contract/shares/scope'
import type { SharedView, ShareQuery } from '@/lib/contract/shares/view'
import { compareFunnels, compareLosses, compareTasks } from './compare-with-signed-in'
import { type Allowed, allowedBy, lifeOfTask } from './expected-scope'
import { INTERNAL, TASKS } from './shared-world'
import type { SignedIn } from './signed-in'

const RATES = [
  'send',
  'delivery',
  'deliveryReporting',
  'deliveryRate',
  'click',
  'share',
  'cumulative',
  'unexplainedShare',
  'median',
]
const HARMLESS = ['platform', 'held', 'expected', 'retryAfterMs', 'age', 'ageHours', 'unreadable']
const TIMES = ['from', 'to', 'at', 'days']
/** Texts of the dictionary of reasons name vendors too. */
const DICTIONARY = ['reason', 'candidates']

/**
 * Returns everything that an answer of a link shows outside of its scope, or that differs from the answer of somebody with a
 * role, restricted to the scope. Empty: nothing.
 */
export async function outsideOf(
  { scope, query }: { scope: ShareScope; query: ShareQuery },
  view: SharedView | 'refused',
  signed: SignedIn,
): Promise<string[]> {
  const allowed = allowedBy(scope, query)
  if (view === 'refused') return allowed.page === null ? [] : [`refused ${allowed.page}`]
  if (allowed.page !== view.page) return [`showed ${view.page}, not ${allowed.page}`]
  const found = [...outsideFields(view, scope, allowed)]
  const complain = (where: string, shared: unknown, expected: unknown) => {
    if (JSON.stringify(shared) !== JSON.stringify(expected)) {
      found.push(`${where}: ${JSON.stringify(shared)} is not ${JSON.stringify(expected)}`.slice(0, 300))
    }
  }
  const narrowing = { vendors: allowed.vendors, figures: scope.figures }
  const { tasks } = allowed
  const about = { source: scope.source, task: tasks ?? [] }
  const isEmpty = tasks?.length === 0 && view.page !== 'campaigns'
  if (isEmpty) {
    const counts = view.page === 'overview' ? view.funnel.total : view.page === 'losses' ? view.losses.asOf : null
    complain('nothing', counts, null)
    return found
  }
  if (view.page === 'overview' || view.page === 'campaign') {
    const { funnel } = view
    const { interval, comparison, range } = funnel
    const compare = comparison?.compare ?? 'none'
    const asked = { ...about, interval, compare, range: tasks === null ? range : null }
    const whole = await signed.funnel({ ...asked, compare: 'none' })
    const { comparison: before, seriesBefore } =
      compare === 'none' ? whole : await signed.funnel({ ...asked, byName: range.preset === 'today' })
    compareFunnels(funnel, { ...whole, comparison: before, seriesBefore }, narrowing, complain)
  }
  if (view.page === 'losses' || view.page === 'campaign') {
    if (view.losses) {
      const compare = view.losses.comparison ? query.compare : 'none'
      const asked = { ...about, range: tasks === null ? view.losses.range : null, ...(compare ? { compare } : {}) }
      compareLosses(view.losses, await signed.losses(asked), narrowing, complain)
    }
    complain('losses', view.losses !== null, scope.pages.includes('losses'))
  }
  if (view.page === 'campaigns') {
    complain('campaigns', view.campaigns.items.map(({ taskId }) => taskId).sort(), [...allowed.campaigns].sort())
    const funnels = await Promise.all(
      allowed.campaigns.map(
        async (id) => [id, await signed.funnel({ source: 'task', task: [id], range: null })] as const,
      ),
    )
    compareTasks(view.campaigns, await signed.tasks(), new Map(funnels), narrowing, complain)
    if (!scope.pages.includes('losses'))
      complain(
        'reasons',
        view.campaigns.items.some(({ reason }) => reason),
        false,
      )
  }
  return found
}

/** Looks at every field, whatever its place. */
function* outsideFields(view: SharedView, scope: ShareScope, allowed: Allowed): Generator<string> {
  const text = JSON.stringify(view)
  if (text.includes(INTERNAL)) yield 'an internal note'
  const shown = new Set([...(allowed.tasks ?? []), ...(view.page === 'campaigns' ? allowed.campaigns : [])])
  for (const { taskId, label, tags } of TASKS) {
    if (!shown.has(taskId) && (text.includes(`"${taskId}"`) || text.includes(`"${label}"`))) yield `campaign ${taskId}`
    const others = tags.filter((tag) => !(scope.tasks.kind === 'tag' && scope.tasks.tag === tag))
    for (const tag of others) if (text.includes(`"${tag}"`)) yield `tag ${tag}`
  }
  const lives = [...shown].flatMap((id) => lifeOfTask(id) ?? [])
  const hull = { from: Math.min(...lives.map(({ from }) => from)), to: Math.max(...lives.map(({ to }) => to)) }
  const times = allowed.tasks === null ? allowed.spans : lives.length > 0 ? [hull] : allowed.spans
  for (const { name, value, path } of leaves(view)) {
    const place = path.join('.')
    if (name === 'vendor' && typeof value === 'string' && allowed.vendors && !allowed.vendors.includes(value)) {
      yield `${place}: vendor ${value}`
    }
    if (TIMES.includes(name) && typeof value === 'string' && view.page !== 'campaigns') {
      const at = Date.parse(value) / 1_000
      if (!times.some(({ from, to }) => from <= at && at <= to)) yield `${place}: ${value}`
    }
    if (typeof value !== 'number' || scope.figures === 'counts' || HARMLESS.includes(name)) continue
    const isRounded = Math.abs(value * 1_000 - Math.round(value * 1_000)) < 1e-6
    if (!RATES.includes(name) || !isRounded) yield `${place}: count ${value}`
  }
}

interface Leaf {
  name: string
  value: unknown
  path: string[]
}

/** An item of a list has the name of its list. */
function* leaves(value: unknown, path: string[] = []): Generator<Leaf> {
  if (typeof value !== 'object' || value === null) {
    const name = path.filter((part) => !/^\d+$/.test(part)).at(-1) ?? ''
    yield { name, value, path }
    return
  }
  for (const [key, one] of Object.entries(value)) {
    if (!DICTIONARY.includes(key)) yield* leaves(one, [...path, key])
  }
}
