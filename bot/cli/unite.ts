import type { Command } from 'commander'
import type { Store } from '../../db/store.ts'
import type { Directory, Person } from '../../workflows/directory.ts'
import { ConfigError } from '../../workflows/errors.ts'
import { both } from '../../workflows/grant.ts'
import { count, type Print, print, run, withStore } from './terminal.ts'

/** `hub network join CALLSIGN CALLSIGN`. */
export function addUnite(network: Command): void {
  network
    .command('join <callsign> <other>')
    .description('Say that two on the roster are one person, who goes on under the first call sign')
    .option('-y, --yes', 'do it; without this, say what would change')
    .action((callsign: string, other: string, { yes: sure = false }: { yes?: boolean }) =>
      run(() => withStore(({ store }) => unite(store, [callsign, other], { sure, now: Date.now(), print }))),
    )
}

/**
 * Makes two on the roster one person, once it is said that it is meant; else prints what would change. True if it was
 * done. @throws ConfigError if they are not two
 */
export async function unite(
  store: Store,
  callsigns: readonly [string, string],
  { sure, now, print }: { readonly sure: boolean; readonly now: number; readonly print: Print },
): Promise<boolean> {
  const directory = store.roster.directory()
  const [one, other] = callsigns.map(callsign => called(callsign, directory)) as [Person, Person]
  if (one.id === other.id) throw new ConfigError(`${one.callsign} is one person already.`)
  const [own, added] = [one.own ?? one, other.own ?? other]
  const sum = both(own, added)
  if (!sure) {
    const accounts = count(other.accounts.length, 'account')
    print(
      `${other.callsign} would be ${one.callsign}: ${accounts}, reports and claims go over.`,
      sum
        ? `Roles then: ${sum.roles.join(', ')} · ${sum.regions === 'all' ? 'all regions' : sum.regions.join(', ')}.`
        : `Their roles do not go together: ${one.callsign} keeps their own alone.`,
      'This cannot be undone. To do it: add --yes',
    )
    return false
  }
  const roster = { type: 'unite', person: one.id, former: other.id } as const
  await store.transaction(tx => tx.commit({ key: null, person: null, now, answer: null, incidents: [], roster }))
  print(`Done: ${other.callsign} is ${one.callsign} now. Each account goes on working, as ${one.callsign}.`)
  return true
}

function called(callsign: string, { people }: Directory): Person {
  const found = [...people.values()].find(one => one.callsign.toLowerCase() === callsign.trim().toLowerCase())
  if (!found) throw new ConfigError(`Nobody is called ${callsign}. "hub network show" lists all.`)
  return found
}
