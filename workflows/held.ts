import type { IncidentId, PersonId, PlatformName } from './ids.ts'
import type { Address } from './network.ts'

/** What the hub holds on somebody; times are epoch ms. */
export type Held = {
  /** Whether a name, and a safe contact, lie sealed. */
  readonly name: boolean
  readonly contact: boolean
  readonly platforms: readonly PlatformName[]
  readonly reports: { readonly count: number; readonly first: number | null; readonly last: number | null }
  readonly drafts: number
  /** Words of theirs beside incidents: why something was to leave or an alarm was set aside, briefs, plans, rumors. */
  readonly asides: number
  /** Broadcasts that went to them, when the last one did, to how many their answer is kept, and words beside it. */
  readonly broadcasts: {
    readonly count: number
    readonly last: number | null
    readonly answers: number
    readonly said: number
  }
  readonly files: number
  /** Who opened their name, newest first; at most ten. */
  readonly opened: readonly { readonly incident: IncidentId; readonly by: PersonId; readonly at: number }[]
}

/** What lies sealed of somebody: only ever shown to one who opened it with a reason, and to themselves. */
export type Identity = {
  readonly person: PersonId
  readonly name: string | null
  readonly contact: string | null
  readonly accounts: readonly Address[]
}
