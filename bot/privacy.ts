import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from '../db/store.ts'
import { retentionOf } from '../workflows/clearing.ts'
import type { Person } from '../workflows/directory.ts'
import { ConfigError } from '../workflows/errors.ts'
import type { Actor } from '../workflows/permission.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { createChores, dueNow } from './chores.ts'
import { createLog } from './log.ts'
import { transact } from './transact.ts'

type Print = (...lines: readonly string[]) => void

const kept = {
  noise: 'withdrawn, or no incident: everything people wrote and sent',
  contact: 'how the reporter can be reached',
  narrative: 'who reported it and what people wrote (what and where stay, masked)',
  evidence: 'files',
} as const

/** Prints how long what is kept, and of how many incidents it is due to go; changes nothing. True: all is well. */
export async function showRetention(store: Store, now: number, print: Print): Promise<boolean> {
  const days = retentionOf(store.roster.directory())
  const due = await dueNow(store, now)
  const last = await store.retention.lastRun()
  const recalls = await store.recalls.counts()
  print('What            Kept for   Due now   (days after the end, unless a legal hold stands)')
  for (const [stage, what] of Object.entries(kept)) {
    const name = stage as keyof typeof kept
    print(`${name.padEnd(15)} ${`${days[name]} days`.padEnd(10)} ${String(due[name]).padEnd(9)} ${what}`)
  }
  print(`${'messages'.padEnd(15)} ${`${days.messages} days`.padEnd(10)} ${''.padEnd(9)} what is left of them`)
  print('', last === null ? 'Nothing was cleared away yet.' : `Last cleared away: ${new Date(last).toISOString()}`)
  print(`Words on their way out of rooms: ${recalls.waiting}. Given up: ${recalls.failed}.`)
  return true
}

/**
 * Erases somebody by call sign, once it is said that it is meant; else prints what would go. True if it was done.
 * @throws ConfigError if nobody has that call sign
 */
export async function erasePerson(
  store: Store,
  callsign: string,
  { sure, now, taxonomy, print }: { sure: boolean; now: number; taxonomy: Taxonomy; print: Print },
): Promise<boolean> {
  const person = [...store.roster.directory().people.values()].find(
    one => one.callsign.toLowerCase() === callsign.trim().toLowerCase(),
  )
  if (!person) throw new ConfigError(`Nobody on the roster is called ${callsign}. "hub network show" lists all.`)
  const held = await store.held.held(person.id)
  const own = { regions: 'all', viewer: person.id, claimer: person.id, open: true, limit: 200 } as const
  const { items: claims } = await store.incidents.list(own)
  if (!sure) {
    print(
      `${person.callsign}: name, ${held.platforms.length} accounts, the words of ${held.reports.count} reports,`,
      `${held.files} files and ${held.drafts} drafts would go for good; ${claims.length} claims would be free again.`,
      'Timelines keep that something was done, and when, by "someone". To do it: add --yes',
    )
    return false
  }
  await transact(
    {
      key: null,
      actor: asThemselves(person),
      now,
      action: { type: 'erase', person: person.id, claims: claims.map(incident => incident.id) },
      words: { what: null, where: null },
      say: () => ({ type: 'nothing' }),
    },
    { store, taxonomy, pause },
  )
  const log = createLog('error')
  const holder = randomUUID()
  const chores = createChores({ store, taxonomy, clock: () => now, holder, wake: () => {}, pause, log })
  while (await chores.run()) {}
  await store.leases.release('chores', holder)
  print(
    `${person.callsign} is erased: name, accounts and words are gone.`,
    'Their words leave the rooms as soon as the hub runs.',
  )
  return true
}

// Letting go of what they had stands in the timeline as their own act, as if they had asked for it in chat.
function asThemselves({ id, callsign, roles, regions, vetted, languages }: Person): Actor {
  const language = languages[0] ?? 'en'
  return { id, callsign, roles, regions, vetted, account: null, platform: 'workspace', language, zone: 'UTC' }
}
