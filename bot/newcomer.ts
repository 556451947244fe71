import { randomBytes, randomInt } from 'node:crypto'
import { called } from '../workflows/callsign.ts'
import type { Newcomer } from '../workflows/change.ts'
import type { Directory, Room } from '../workflows/directory.ts'
import type { AccountId, PersonId } from '../workflows/ids.ts'
import type { Actor } from '../workflows/permission.ts'
import { languageOf } from './groups.ts'
import type { Origin } from './platform.ts'

/** Somebody from outside the roster as they would be known from their first report on; nothing is kept yet. */
export function newcomerOf(origin: Origin, room: Room | null, directory: Directory): Newcomer {
  const { platform, account: address } = origin
  return {
    person: randomBytes(12).toString('base64url') as PersonId,
    account: randomBytes(12).toString('base64url') as AccountId,
    platform,
    address,
    callsign: freeCallsign(directory),
    language: languageOf(origin, directory) ?? room?.language ?? directory.languages[0] ?? 'en',
  }
}

/** How they act: without a role or a region. */
export function guestActor({ person, account, platform, callsign, language }: Newcomer, { zone }: Directory): Actor {
  return { id: person, callsign, roles: [], regions: [], vetted: false, account, platform, language, zone }
}

function freeCallsign(directory: Directory): string {
  const taken = new Set(called(directory).map(person => person.callsign))
  for (let most = Math.max(90, taken.size * 4); ; most *= 2) {
    const callsign = `Guest-${randomInt(10, 10 + most)}`
    if (!taken.has(callsign)) return callsign
  }
}
