import 'server-only'
import type { Generated } from 'kysely'

/** The tables of shared links. */
export interface ShareTables {
  /**
   * Shared links. `id` is public. `content` is what the creator chose; `frozen` is the JSON text that a frozen link shows, and
   * `sha256` its hash. `origins` is a JSON list.
   */
  shares: {
    id: string
    app_id: string
    secret_hash: string
    name: string
    content: string
    password_hash: string | null
    origins: string
    picture: number
    owner: string
    created_at: number
    ends_at: number
    paused_at: number | null
    revoked_at: number | null
    last_opened_at: number | null
    opens: Generated<number>
    frozen: string | null
    frozen_at: number | null
    sha256: string | null
    /** When a person was erased from `frozen`. */
    erased_at: number | null
  }
  /** Who a frozen look-up is about, as in `traces`, so that erasing the person finds it. */
  share_people: { share_id: string; person_hash: string }
  /** Openings of links. `network` null: not known. `client` is a family of browsers. */
  share_opens: {
    id: Generated<number>
    share_id: string
    at: number
    network: string | null
    client: string
    outcome: string
  }
}
