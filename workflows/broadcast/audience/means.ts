import type { Audience } from '../../audience.ts'
import { type Directory, hasRole, type Person, type Room } from '../../directory.ts'
import type { PersonId, PlatformName, RegionCode } from '../../ids.ts'

/** Who is on duty at a moment, found by person. */
export type OnDuty = ReadonlySet<PersonId>

/** Who is on duty now (epoch ms). */
export function dutyNow({ duty }: Pick<Directory, 'duty'>, now: number): OnDuty {
  return new Set(duty.flatMap(({ person, until }) => (until > now ? [person] : [])))
}

/**
 * True if that person is meant. Who serves every region is meant by a region only if they are named some other way:
 * messages to a region are for those who live there.
 */
export function meansPerson(audience: Audience, person: Person, duty: OnDuty): boolean {
  switch (audience.type) {
    case 'everyone':
      return true
    case 'region':
      return person.regions !== 'all' && person.regions.includes(audience.region)
    case 'home':
      return person.regions !== 'all' && audience.regions.includes(person.regions[0] ?? '')
    case 'role':
      return hasRole(person, audience.role)
    case 'language':
      return person.languages.includes(audience.language)
    case 'platform':
      return person.accounts.some(account => account.platform === audience.platform)
    case 'duty':
      return duty.has(person.id)
    case 'partner':
      return audience.kind === 'any' ? Boolean(person.partner) : person.partner === audience.kind
    case 'person':
      return person.id === audience.person
    case 'room':
    case 'rooms':
      return false
    case 'and':
      return audience.of.every(part => meansPerson(part, person, duty))
    case 'or':
      return audience.of.some(part => meansPerson(part, person, duty))
    case 'not':
      return !meansPerson(audience.of, person, duty)
  }
}

/** True if that room is meant: rooms are only where they are named, which languages, tools and regions then narrow. */
export function meansRoom(audience: Audience, room: Room, directory: Pick<Directory, 'languages'>): boolean {
  const { fits, named } = match(audience, room, directory)
  return fits && named
}

/** The regions, and the tools, that an audience names otherwise than to leave them out. */
export function namedIn(audience: Audience): {
  readonly regions: readonly RegionCode[]
  readonly platforms: readonly PlatformName[]
} {
  const leaves = meantLeaves(audience)
  return {
    regions: leaves.flatMap(leaf => (leaf.type === 'region' ? [leaf.region] : [])),
    platforms: leaves.flatMap(leaf => (leaf.type === 'platform' ? [leaf.platform] : [])),
  }
}

type Leaf = Exclude<Audience, { type: 'and' | 'or' | 'not' }>
/** `fits`: nothing said of it is wrong; `named`: it is one of those rooms that were asked for. */
type Match = { readonly fits: boolean; readonly named: boolean }

function match(audience: Audience, room: Room, directory: Pick<Directory, 'languages'>): Match {
  switch (audience.type) {
    case 'room':
      return both(room.id === audience.room)
    case 'rooms':
      return both(room.purpose === 'region' && (audience.region === 'all' || room.region === audience.region))
    case 'region':
      return { fits: room.region === audience.region, named: false }
    case 'home':
      return { fits: room.region !== null && audience.regions.includes(room.region), named: false }
    case 'language':
      return { fits: (room.language ?? directory.languages[0]) === audience.language, named: false }
    case 'platform':
      return { fits: room.platform === audience.platform, named: false }
    case 'everyone':
    case 'role':
    case 'duty':
    case 'partner':
    case 'person':
      return { fits: false, named: false }
    case 'and': {
      const parts = audience.of.map(part => match(part, room, directory))
      return { fits: parts.every(part => part.fits), named: parts.some(part => part.fits && part.named) }
    }
    case 'or': {
      const parts = audience.of.map(part => match(part, room, directory))
      return { fits: parts.some(part => part.fits), named: parts.some(part => part.fits && part.named) }
    }
    case 'not':
      return { fits: !match(audience.of, room, directory).fits, named: false }
  }
}

function both(is: boolean): Match {
  return { fits: is, named: is }
}

function meantLeaves(audience: Audience): readonly Leaf[] {
  if (audience.type === 'not') return []
  return audience.type === 'and' || audience.type === 'or' ? audience.of.flatMap(meantLeaves) : [audience]
}
