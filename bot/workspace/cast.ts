import type { Command } from '../../commands/command.ts'
import type { Directory, Region, Role } from '../../workflows/directory.ts'
import type { Network, NetworkPerson } from '../../workflows/network.ts'
import { phrase } from '../../workflows/phrase.ts'
import { say } from '../../workflows/text/say.ts'
import type { CommandHint, Persona, PracticeRoom } from './setting.ts'

/** The rooms, people and commands of the practice workspace: all of the network that has a workspace address. */
export function practiceSetting(
  directory: Directory,
  network: Network,
  commands: readonly Command[],
): { rooms: readonly PracticeRoom[]; personas: readonly Persona[]; commands: readonly CommandHint[] } {
  return {
    rooms: directory.rooms
      .filter(room => room.platform === 'workspace')
      .map(({ address, name, purpose, region }) => ({
        address,
        name,
        purpose,
        topic: (region && regionOf(directory, region)?.name) || directory.name,
      })),
    personas: [...network.people.flatMap(person => persona(person, directory)), ...passerBy(directory)],
    commands: commands
      .filter(command => command.usage !== undefined)
      .map(({ name, summary, usage }) => ({ name, summary, usage })),
  }
}

// The platform's folders take only types of the directory, so the look-up stands here.
function regionOf({ regions }: Directory, code: string): Region | undefined {
  return regions.find(region => region.code === code)
}

// Somebody whom nobody here knows, where the network takes what such people report.
function passerBy({ strangers, languages, zone }: Directory): Persona[] {
  if (strangers !== 'report') return []
  const language = languages[0] ?? 'en'
  const t = (key: 'workspace.passer-by' | 'workspace.outside') =>
    say(phrase(key), { language, zone, now: 0, person: () => null })
  const name = t('workspace.passer-by')
  return [{ account: 'passer-by', callsign: name, name, role: t('workspace.outside'), language, zone }]
}

function persona(person: NetworkPerson, directory: Directory): Persona[] {
  const account = person.accounts.find(one => one.platform === 'workspace')
  if (!account) return []
  const language = person.languages[0] ?? 'en'
  const home = person.regions === 'all' ? undefined : regionOf(directory, person.regions[0] ?? '')
  const zone = home?.zone ?? directory.zone
  const reader = { language, zone, now: 0, person: () => null }
  const where = person.regions === 'all' ? directory.name : (home?.name ?? '')
  const role = say(phrase('hub.role-in', { role: phrase(`hub.role-${highest(person.roles)}`), where }), reader)
  return [
    { account: account.address, callsign: person.callsign, name: person.name ?? person.callsign, role, language, zone },
  ]
}

const order: readonly Role[] = ['leader', 'coordinator', 'responder', 'mediator', 'admin']

function highest(roles: readonly Role[]): Role {
  return order.find(role => roles.includes(role)) ?? 'mediator'
}
