import type { Command } from 'commander'
import type { Store } from '../../db/store.ts'
import type { NetworkDeed } from '../../workflows/account.ts'
import { type Directory, personNow } from '../../workflows/directory.ts'
import type { PersonId } from '../../workflows/ids.ts'
import { type Print, print, run, withStore } from './terminal.ts'

/** `hub network log`. */
export function addDeeds(network: Command): void {
  network
    .command('log')
    .description('Print who let whom in, joined accounts or bound rooms, newest first')
    .action(() => run(() => withStore(({ store }) => showDeeds(store, print))))
}

/** Prints the newest of what changed in the network itself; no account, no code, no name. */
export async function showDeeds({ deeds, roster }: Pick<Store, 'deeds' | 'roster'>, out: Print): Promise<boolean> {
  const directory = roster.directory()
  const latest = await deeds.latest(mostShown)
  if (latest.length === 0) out('Nothing has changed since the network file was taken in.')
  for (const deed of latest) out(deedWords(deed, directory))
  return true
}

const mostShown = 200
const said: Readonly<Record<NetworkDeed['what'], string>> = {
  join: 'joined an account',
  unite: 'two people are one',
  unlink: 'took an account off',
  enter: 'used an invitation',
  groups: 'came in by a group',
  bind: 'bound a room',
  unbind: 'let a room go',
  invite: 'made an invitation',
  revoke: 'ended an invitation',
  burn: 'a code that others saw was ended',
  apply: 'took changes of the network file in',
  move: 'moved the network from SQLite to PostgreSQL',
  sheet: 'printed the sheet, with names and accounts',
  import: 'took reports of a partner in',
  export: 'took reports out, or decided on it',
  bulletin: 'asked that a summary leave, or decided on it',
  shield: 'hid somebody',
  unshield: 'showed somebody again',
  recurring: 'decided on a recurring broadcast',
  message: 'worked on a prepared message',
  messenger: 'worked on the roster of trusted messengers',
  warning: 'decided on a warning',
  rumour: 'worked on a rumor',
  brief: 'filled in a weekly brief',
  agenda: 'said what is to come',
}

function deedWords({ at, by, what, facts }: NetworkDeed, directory: Directory): string {
  const when = new Date(at).toLocaleString('sv-SE', {
    timeZone: directory.zone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
  const details = Object.entries(facts).map(([name, value]) => `${name} ${factWords(name, value, directory)}`)
  return [when, by === null ? 'the terminal' : callsign(by, directory), said[what], details.join(', ')].join(' · ')
}

function factWords(name: string, value: NetworkDeed['facts'][string], directory: Directory): string {
  if (name === 'former' || name === 'present' || name === 'person')
    return callsign(String(value) as PersonId, directory)
  if (name === 'until') return new Date(Number(value)).toISOString().slice(0, 10)
  return String(value)
}

function callsign(person: PersonId, directory: Directory): string {
  return personNow(directory, person)?.callsign ?? 'someone'
}
