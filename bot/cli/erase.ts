import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Command } from 'commander'
import type { Store } from '../../db/store.ts'
import type { Person } from '../../workflows/directory.ts'
import { entrusted } from '../../workflows/erasure.ts'
import { ConfigError } from '../../workflows/errors.ts'
import type { Actor } from '../../workflows/permission.ts'
import type { Taxonomy } from '../../workflows/taxonomy.ts'
import { createClearer } from '../clearer.ts'
import { createLog } from '../log.ts'
import { transact } from '../transact.ts'
import { type Print, print, run, withStore } from './terminal.ts'

/** `hub erase CALLSIGN`. */
export function addErase(program: Command): void {
  program
    .command('erase <callsign>')
    .description('Erase somebody: their name, accounts, words and files')
    .option('-y, --yes', 'do it; without this, say what would go')
    .action((callsign: string, { yes: sure = false }: { yes?: boolean }) =>
      run(() =>
        withStore(({ store, config: { taxonomy } }) =>
          erasePerson(store, callsign, { sure, now: Date.now(), taxonomy, print }),
        ),
      ),
    )
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
      action: { type: 'erase', person: person.id, claims: await entrusted(person.id, store.incidents) },
      words: { what: null, where: null },
      say: () => ({ type: 'nothing' }),
    },
    { store, taxonomy, pause },
  )
  const log = createLog('error')
  const holder = randomUUID()
  const clearer = createClearer({ store, taxonomy, clock: () => now, holder, wake: () => {}, pause, log })
  while (await clearer.run()) {}
  await clearer.release()
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
