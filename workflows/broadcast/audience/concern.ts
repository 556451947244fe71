import type { Audience } from '../../audience.ts'
import type { Directory } from '../../directory.ts'
import type { RegionCode } from '../../ids.ts'

/**
 * Whether a message to these may mean somebody of one of the regions, as far as the audience says where people are: one
 * to everyone or to a role does, one to another region or its rooms does not.
 */
export function concerns(audience: Audience, regions: 'all' | readonly RegionCode[], directory: Directory): boolean {
  if (regions === 'all') return true
  switch (audience.type) {
    case 'region':
      return regions.includes(audience.region)
    case 'home':
      return audience.regions.some(region => regions.includes(region))
    case 'rooms':
      return audience.region === 'all' || regions.includes(audience.region)
    case 'room': {
      const region = directory.rooms.find(room => room.id === audience.room)?.region ?? null
      return region === null || regions.includes(region)
    }
    case 'person': {
      const theirs = directory.people.get(audience.person)?.regions ?? 'all'
      return theirs === 'all' || theirs.some(region => regions.includes(region))
    }
    case 'and':
      return audience.of.every(part => concerns(part, regions, directory))
    case 'or':
      return audience.of.some(part => concerns(part, regions, directory))
    case 'everyone':
    case 'role':
    case 'language':
    case 'platform':
    case 'duty':
    case 'partner':
    case 'not':
      return true
  }
}
