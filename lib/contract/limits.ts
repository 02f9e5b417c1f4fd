/** All limits: Tencent's (upstream pages 71893 to 71898) and our own. Seconds unless the name says otherwise. */
export const HOUR = 3_600
export const DAY = 86_400

/**
 * Tencent's horizon per metric: no window may be longer or begin earlier. We request a little less than the full limit.
 */
export const HORIZON = { statistics: 30 * DAY, loss: 7 * DAY, trace: 7 * DAY } as const
export const HORIZON_MARGIN = 120

/** Receipts and clicks may arrive for this long after a window's end. Only then can unchanged counts be final. */
export const GROWS_FOR = 7 * DAY
/** A window that is not final is fetched again at least this often. */
export const REFRESH_EVERY = 2 * DAY

/** Days that looked-up traces can be kept. */
export const RETENTION_DAYS = { least: 1, most: 3_650 } as const
/** Windows that are no buckets are kept for so many days after their last fetch. */
export const EXACT_DAYS = 7
/** A session ends after so many days at the latest. */
export const SESSION_DAYS = 7

export const TASKS_PER_CALL = 5
export const TASKS_PER_QUESTION = 20
export const SPACING_MS = 1_000
/** The longest interval between two calls that an administrator can set, in seconds. */
export const MAX_EVERY_S = 60

export const MAX_RANGE_DAYS = 400
/** How long an API token works unless its creator chooses otherwise, and at most, in days. */
export const TOKEN_DAYS = { usual: 90, most: 3_650 } as const
export const MAX_TOKEN_NAME = 80
export const MAX_ID_LENGTH = 200
export const MAX_USER_ID_BYTES = 32
export const MAX_BODY_BYTES = 65_536
/**
 * API requests of one person, one token, one address without a sign-in, and one address at one shared link. A page asks for
 * a few in a second.
 */
export const REQUESTS_PER_MINUTE = { person: 1_200, token: 600, address: 300, share: 120 } as const

/** Limits for the settings of an app, in characters, and for how far back it is collected, in days. */
export const APP_LIMITS = {
  name: 80,
  leastKey: 16,
  key: 256,
  adminId: 32,
  channelName: 40,
  channels: 50,
  days: 30,
  apps: 1_000,
} as const

/** Limits for a campaign's texts in characters, and for its number of tags. */
export const TASK_LIMITS = { id: 64, label: 200, tag: 50, tags: 20, note: 2_000 } as const
/** Separators of tags within one field. */
export const TAG_BREAKS = /[,;，；、|]/
export const MAX_IMPORT_LINES = 10_000
export const MAX_IMPORT_BYTES = 4_194_304

/** Below this many pushes sent there are no rates, and whether a vendor reports stays unknown. */
export const MIN_VOLUME = 200

/** How many campaigns one comparison has. The first is what the others are compared with. */
export const COMPARED_TASKS = { least: 2, most: 5 } as const
/** The median of a tag is over its newest campaigns, and only the first tags of a campaign are tried. */
export const TAG_MEDIAN = { campaigns: 30, tags: 5 } as const

/** An interactive reader waits this long for fresh data, then gets what is stored and a place in the queue. */
export const INTERACTIVE_WAIT_MS = 1_500

/** How long an invitation can be used. */
export const INVITATION_DAYS = { usual: 7, longest: 30 } as const
/** How long a link to set a new password can be used. */
export const RESET_HOURS = 24

/** The views that one person saves for one app, and the length of their names in characters. */
export const VIEW_LIMITS = { perApp: 50, name: 80, field: 2_000 } as const

/**
 * Limits of shared links: characters of a name and least of a password, lists, and days. A link ends after `usual` days
 * (`lookup` for a look-up) unless its creator chooses otherwise.
 */
export const SHARE_LIMITS = {
  name: 80,
  password: 8,
  tasks: 50,
  vendors: 20,
  origins: 10,
  days: 400,
  usual: 30,
  lookup: 7,
  /** The most links, or openings of a link, in one reply. */
  list: 5_000,
  /** How long openings are kept. */
  opens: 90,
} as const

/** A note on the chart, in characters. */
export const MAX_NOTE = 200
/** What can be pasted into the search box, in characters. */
export const MAX_LOOKUP_TEXT = 20_000
/** Recent look-ups that a browser keeps. */
export const MAX_RECENTS = 8
