import type { Command } from 'commander'
import { weekdays } from '../../workflows/calendar.ts'
import type { Directory, Person, Region, Room } from '../../workflows/directory.ts'
import type { Group } from '../../workflows/grant.ts'
import type { Network, NetworkRoom, SummaryPlan } from '../../workflows/network.ts'
import type { RecurringPlan } from '../../workflows/recurring.ts'
import { talkOf } from '../../workflows/talk.ts'
import { loadNetwork } from '../config.ts'
import { addDeeds } from './deeds.ts'
import { addExchange } from './exchange.ts'
import { print, run, withStore } from './terminal.ts'
import { addUnite } from './unite.ts'

// Never a name, nor the address of an account or room.
type Shown = {
  readonly name: string
  readonly zone: string
  readonly languages: readonly string[]
  readonly hotline?: string
  readonly strangers: string
  readonly regions: readonly (Pick<Region, 'code' | 'name' | 'zone'> & { readonly rooms: readonly ShownRoom[] })[]
  readonly rooms: readonly (ShownRoom & { readonly purpose: string })[]
  readonly people: readonly ShownPerson[]
  readonly groups: readonly Group[]
  readonly summaries: readonly SummaryPlan[]
  readonly broadcasts?: readonly RecurringPlan[]
}
type ShownRoom = Pick<Room, 'platform' | 'language' | 'red' | 'talk'> & { readonly name: string | null }
type ShownPerson = Pick<Person, 'callsign' | 'roles' | 'regions' | 'languages'> & {
  readonly platforms: readonly string[]
  /** Until when on duty, epoch ms; null if not. */
  readonly duty: number | null
}

/** `hub network show`, and what else there is under `hub network`. */
export function addNetwork(program: Command): void {
  const network = program.command('network').description('Regions, rooms and people')
  network
    .command('show')
    .description('Print the network as the database rules it, or check a network file')
    .option('-f, --file <file>', 'check this network file instead, and print what it says')
    .action(({ file }: { file?: string }) => run(() => (file === undefined ? showStored() : showFile(file))))
  addExchange(network)
  addUnite(network)
  addDeeds(network)
}

async function showFile(file: string): Promise<boolean> {
  const shown = shownFile(loadNetwork(file))
  print(`${file} is good.`, '', ...networkLines(shown))
  return true
}

function showStored(): Promise<boolean> {
  return withStore(async ({ store }) => {
    print(...networkLines(shownDirectory(store.roster.directory(), Date.now())))
    return true
  })
}

/** The network as the database rules it at that time (epoch ms). */
function shownDirectory(directory: Directory, now: number): Shown {
  const { name, zone, languages, strangers, regions, rooms, groups = [], summaries } = directory
  const { broadcasts = [], hotline } = directory
  return {
    name,
    zone,
    languages,
    ...(hotline ? { hotline } : {}),
    strangers,
    regions: regions.map(region => ({
      ...region,
      rooms: rooms.filter(room => room.purpose === 'region' && room.region === region.code),
    })),
    rooms: rooms.filter(room => room.purpose !== 'region'),
    people: [...directory.people.values()]
      .filter(person => person.vetted)
      .map(person => ({
        ...person,
        platforms: [...new Set(person.accounts.map(account => account.platform))],
        duty: directory.duty.find(one => one.person === person.id && one.until > now)?.until ?? null,
      })),
    groups,
    summaries,
    broadcasts,
  }
}

function shownFile(network: Network): Shown {
  const { coordination, leadership, triage } = network
  const groups = { coordination, leadership, triage }
  return {
    ...network,
    rooms: Object.entries(groups).flatMap(([purpose, rooms]) =>
      rooms.map((room: NetworkRoom) => ({ ...room, purpose })),
    ),
    people: network.people.map(person => ({
      ...person,
      platforms: [...new Set(person.accounts.map(account => account.platform))],
      duty: null,
    })),
  }
}

/** Times are given in the network's zone. */
function networkLines(shown: Shown): readonly string[] {
  const { regions, rooms, people, groups, summaries, broadcasts = [] } = shown
  const onDuty = people.filter(person => person.duty !== null).length
  return [
    `${shown.name} · ${shown.zone} · ${shown.languages.join(', ')}`,
    shown.strangers === 'report' ? 'Strangers may report into triage.' : 'Strangers are refused.',
    ...(shown.hotline ? [`{hotline} in words to many: ${shown.hotline}`] : []),
    '',
    `Regions (${regions.length})`,
    ...table(regions.map(({ code, name, zone, rooms }) => [code, name, zone, rooms.map(roomWords).join(', ')])),
    '',
    `Rooms of the whole network (${rooms.length})`,
    ...table(rooms.map(room => [room.purpose, roomWords(room)])),
    '',
    `People (${people.length}, ${onDuty} on duty)`,
    ...table(people.map(person => personWords(person, shown.zone))),
    '',
    `Groups of chat tools whose members hold roles (${groups.length})`,
    ...table(groups.map(groupWords)),
    '',
    `Summaries (${summaries.length})`,
    ...table(summaries.map(summaryWords)),
    ...(broadcasts.length > 0 ? ['', `Broadcasts that come again (${broadcasts.length})`] : []),
    ...table(broadcasts.map(recurringWords)),
  ]
}

function roomWords({ name, platform, language, red, talk }: ShownRoom): string {
  const gathered = talkOf({ platform, talk: talk ?? null }) === 'digest' ? ['talk as a digest'] : []
  const facts = [platform, ...(language ? [language] : []), ...(red ? ['may see RED'] : []), ...gathered]
  return `${name ?? 'a room without a name'} (${facts.join(', ')})`
}

function personWords({ callsign, roles, regions, languages, platforms, duty }: ShownPerson, zone: string): string[] {
  const where = regions === 'all' ? 'all regions' : regions.join(', ')
  const until = duty === null ? '' : `on duty until ${when(duty, zone)}`
  return [callsign, roles.join(', '), where, languages.join(', '), platforms.join(', '), until]
}

function groupWords({ platform, address, roles, regions }: Group): string[] {
  return [`${platform} ${address}`, roles.join(', '), regions === 'all' ? 'all regions' : regions.join(', ')]
}

function summaryWords({ name, when, zone, from, until, to, region }: SummaryPlan): string[] {
  const often = when.type === 'at' ? `daily at ${when.at}` : `every ${when.minutes} minutes`
  const span = [...(from ? [`from ${from}`] : []), ...(until ? [`until ${until}`] : [])].join(' ')
  return [name, often, zone, `to ${to}`, region === 'all' ? 'all regions' : region, span]
}

function recurringWords({ name, days, at, audience, message, trial }: RecurringPlan): string[] {
  const often =
    days.type === 'before'
      ? `${days.days} ${days.days === 1 ? 'day' : 'days'} before ${days.event}`
      : days.days.length === 7
        ? 'daily'
        : [
            days.days.map(day => weekdays[day]?.[0]).join(', '),
            ...(days.weeks > 1 ? [`every ${days.weeks} weeks`] : []),
          ].join(' ')
  return [name, `${often} at ${at}`, `to ${audience}`, message ?? 'its own words', trial ? 'trial' : '']
}

function when(at: number, timeZone: string): string {
  return new Date(at).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, at) => Math.max(most[at] ?? 0, cell.length)), [])
  return rows.map(row => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd())
}
