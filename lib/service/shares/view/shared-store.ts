import 'server-only'
import type { SharedQuestion } from '@/lib/access/shares/clamp-to-scope'
import { reaches } from '@/lib/access/shares/reach'
import { DAY } from '@/lib/contract/limits'
import type { ReportContext, ReportStore } from '@/lib/service/context'
import type { WindowCounts } from '@/lib/store/windows/window-rows'
import type { HeldWindow } from '@/lib/store/windows/windows'
import { countsOfVendors, lossesOfVendors } from './only-vendors'
import { sharedTasks } from './shared-tasks'

/**
 * Returns the store as a link shows it: of all pushes only what lies in its time, of campaigns only its own, and of each
 * answer only its vendors, with totals that are the sums of those. Reasons marked as known are internal.
 */
export function sharedStore({ store }: Pick<ReportContext, 'store'>, question: SharedQuestion): ReportStore {
  const { reach } = question
  const vendors = question.vendors && new Set(question.vendors)
  const campaigns = new Set(question.campaigns.map(({ taskId }) => taskId))
  const isAboutAll = question.tasks === null
  const hasSource = (source: string) => source === question.source
  const ofVendors = (counts: WindowCounts) => (vendors ? countsOfVendors(counts, vendors) : counts)
  const isShown = (task: string) => (task === '' ? isAboutAll : campaigns.has(task))
  /** The life of a campaign is shown whole, and all pushes only within the reach. */
  const isInside = (one: { task: string; from: number; to: number }) =>
    isShown(one.task) && (one.task !== '' || reaches(reach, one))
  const narrowed = <W extends Pick<HeldWindow, 'counts' | 'losses' | 'absent'>>(one: W): W =>
    vendors ? { ...one, ...lossesOfVendors(one, vendors), counts: one.counts && ofVendors(one.counts) } : one
  const observed = <O extends { counts: WindowCounts }>(all: O[]) =>
    all.map((one) => ({ ...one, counts: ofVendors(one.counts) }))
  const own = (tasks: string[]) => tasks.filter((task) => campaigns.has(task))

  return {
    windows: {
      async find(key) {
        if (!hasSource(key.source)) return []
        const tasks = key.tasks.filter((task) => isInside({ task, from: key.from, to: key.to }))
        return (await store.windows.find({ ...key, tasks })).map(narrowed)
      },
      async within(span) {
        if (!hasSource(span.source) || !isShown(span.task)) return []
        return (await store.windows.within(span)).filter(isInside).map(narrowed)
      },
      async lives(subject, lives) {
        const shown = lives.filter(({ task }) => campaigns.has(task))
        const found = await store.windows.lives(subject, shown)
        return new Map([...found].map(([task, one]) => [task, narrowed(one)]))
      },
      // Who reports deliveries is a fact about vendors, and every reader of an app decides it alike.
      async reporting(subject) {
        const all = await store.windows.reporting(subject)
        return vendors ? all.filter(({ vendor }) => vendors.has(vendor)) : all
      },
    },
    daily: {
      async within(span) {
        if (!hasSource(span.source) || !isAboutAll) return []
        const days = await store.daily.within(span)
        return days
          .filter(({ day }) => reaches(reach, { from: day, to: day + DAY }))
          .map((one) => ({ ...one, counts: ofVendors(one.counts) }))
      },
    },
    observations: {
      of: async ({ appId, task }) =>
        campaigns.has(task) ? observed(await store.observations.of({ appId, task })) : [],
      async near(appId, wanted) {
        const found = await store.observations.near(appId, new Map([...wanted].filter(([task]) => campaigns.has(task))))
        return new Map([...found].map(([task, all]) => [task, observed(all)]))
      },
      times: ({ appId, tasks }) => store.observations.times({ appId, tasks: own(tasks) }),
      at: async (appId, picks) =>
        observed(
          await store.observations.at(
            appId,
            picks.filter(({ task }) => campaigns.has(task)),
          ),
        ),
      ageWindows: async ({ appId, tasks }) =>
        observed(await store.observations.ageWindows({ appId, tasks: own(tasks) })),
    },
    tasks: sharedTasks(question.campaigns),
    knownReasons: { list: async () => [] },
    // The probe of the app decides how campaigns of an age are counted. It holds no counts.
    settings: { get: (key) => store.settings.get(key), set: async () => undefined },
  }
}
