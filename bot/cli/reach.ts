import { type Directory, dutyOfficers, type Room, roomsFor } from '../../workflows/directory.ts'
import { ConfigError } from '../../workflows/errors.ts'
import type { Check } from './checks.ts'

/** That coordinators and leaders can be reached when one tool is down: what stands in the network itself. */
export function networkChecks(directory: Directory, tools: number, now: number): readonly Check[] {
  return [
    purposeCheck('Coordination', roomsFor(directory, 'coordination'), tools),
    purposeCheck('Leadership', roomsFor(directory, 'leadership'), tools),
    dutyCheck(directory, tools, now),
    adminCheck(directory),
  ]
}

function purposeCheck(name: string, rooms: readonly Room[], tools: number): Check {
  return {
    name,
    run() {
      const platforms = [...new Set(rooms.map(room => room.platform))]
      if (platforms.length === 0)
        throw new ConfigError(`No room. Type /bind ${name.toLowerCase()} in one, as an admin.`)
      if (platforms.length === 1 && tools > 1) {
        throw new ConfigError(
          `Only on ${platforms[0]}: when that is down nobody there hears. ` +
            `Type /bind ${name.toLowerCase()} in a room of another tool.`,
        )
      }
      return `${rooms.length === 1 ? 'a room' : `${rooms.length} rooms`} on ${platforms.join(' and ')}`
    },
  }
}

function dutyCheck(directory: Directory, tools: number, now: number): Check {
  return {
    name: 'On duty',
    run() {
      const people = directory.duty.flatMap(({ person, until }) =>
        until > now ? (directory.people.get(person) ?? []) : [],
      )
      if (people.length === 0) {
        const officers = dutyOfficers(directory, now).length
        if (officers > 0) return 'nobody; urgent reports go to the coordinators'
        throw new ConfigError('Nobody, and there is no network coordinator to call. Somebody must type /duty on.')
      }
      const single = people.filter(person => new Set(person.accounts.map(own => own.platform)).size < 2)
      if (single.length > 0 && tools > 1) {
        const names = single.map(person => person.callsign).join(', ')
        throw new ConfigError(
          `${names}: one account only, so when that tool is down they are not reached. ` +
            'They type /whoami link to add another.',
        )
      }
      return people.map(person => person.callsign).join(', ')
    },
  }
}

function adminCheck({ people }: Directory): Check {
  return {
    name: 'Admins',
    run() {
      const admins = [...people.values()].filter(person => person.roles.includes('admin'))
      if (admins.length > 0) return admins.map(person => person.callsign).join(', ')
      throw new ConfigError(
        'Nobody may change people and rooms. Write the code that the first start printed to the bot, or make one: ' +
          'npm run -s hub -- invite --role admin',
      )
    },
  }
}
