import type { Destination, Post } from './change.ts'
import { coordinatorsOf, type Directory, networkCoordinators, type Person, type Room } from './directory.ts'
import type { AccountId, PlatformName } from './ids.ts'
import type { Incident } from './incident.ts'
import { phrase } from './phrase.ts'
import type { ToolState } from './ports.ts'
import { type Decided, type Stuck, whereText } from './stuck.ts'
import { plainView } from './view.ts'

type Where = {
  readonly directory: Directory
  readonly connections: readonly ToolState[]
  readonly incident: Incident | null
}

/**
 * Where the same can be said instead, on another platform that works: to a person their next account, unless they
 * reported it and did not say that they may be written to; for a room another of its region and purpose, else a
 * coordinator. Null where there is no such way.
 */
export function detour(to: Destination, where: Where): Destination | null {
  return 'account' in to ? besides(to.account, where) : around(to.room, where)
}

/** What is decided then: a line in front says why it comes there, and a line of its own stands for a card. */
export function decideDetour(one: Stuck, to: Destination, { directory, incident }: Where): Decided {
  const lead = phrase('trace.lead', { where: whereText(one.to, directory) })
  const same = 'account' in one.to
  const cards = 'room' in one.to && one.what === 'card'
  const notes = cards && incident ? [standIn(incident, one.to, to, directory)] : []
  return { item: one.item, deed: 'elsewhere', via: { to, same, lead, notes } }
}

function standIn(incident: Incident, from: Destination, to: Destination, directory: Directory): Post {
  const { id } = incident
  const said = phrase('trace.card-instead', { id, where: whereText(from, directory) })
  const view = plainView([said], [{ id: `incident:${id}`, label: phrase('delivery.button-open') }])
  const place = (one: Destination) => ('room' in one ? one.room : one.account)
  const key = `card:${id}:${place(from)}:${incident.seq}>${place(to)}`
  return { key, to, incident: id, thread: false, lane: 'claim', view, anytime: true }
}

function besides(account: AccountId, { directory, connections, incident }: Where): Destination | null {
  const person = [...directory.people.values()].find(one => one.accounts.some(own => own.id === account))
  if (!person || (incident && incident.reporter === person.id && incident.contact !== 'yes')) return null
  const at = person.accounts.findIndex(own => own.id === account)
  const others = [...person.accounts.slice(at + 1), ...person.accounts.slice(0, at)]
  const { platform: from } = person.accounts[at] ?? {}
  const next = others.find(own => own.platform !== from && works(own.platform, connections))
  return next ? { account: next.id } : null
}

function around(id: Room['id'], { directory, connections }: Where): Destination | null {
  const room = directory.rooms.find(one => one.id === id)
  if (!room) return null
  const other = directory.rooms.find(
    one =>
      one.platform !== room.platform &&
      one.purpose === room.purpose &&
      one.region === room.region &&
      works(one.platform, connections),
  )
  if (other) return { room: other.id }
  const own = room.region ? coordinatorsOf(directory, room.region) : []
  const asked: readonly Person[] = [...own, ...networkCoordinators(directory)]
  const accounts = asked.flatMap(person => person.accounts)
  const account = accounts.find(one => one.platform !== room.platform && works(one.platform, connections))
  return account ? { account: account.id } : null
}

function works(platform: PlatformName, connections: readonly ToolState[]): boolean {
  return connections.some(one => one.platform === platform && one.state === 'up')
}
