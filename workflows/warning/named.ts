import { type Directory, servesRegion } from '../directory.ts'
import type { RegionCode } from '../ids.ts'
import { type Actor, actsAs } from '../permission.ts'
import { plain } from '../spoken.ts'
import type { Alarm } from '../warning.ts'

/** The region that people name by its code or name, or null. */
export function regionNamed(word: string, { regions }: Pick<Directory, 'regions'>): RegionCode | null {
  const said = plain(word)
  return regions.find(one => plain(one.code) === said || plain(one.name) === said)?.code ?? null
}

/** The id of an alarm as it is kept, from how phones write it. */
export function alarmNamed(word: string): Alarm['id'] {
  const [, head = '', day = '', rest = ''] = /^(.*?)-(\d{4}-\d\d-\d\d)-(.*)$/u.exec(word) ?? []
  if (head === '') return word
  // Two letters are a region or a group of kinds, which are capitals; names of methods are not.
  const parts = rest.split('-').map(part => (/^[a-z]{2}$/u.test(part) ? part.toUpperCase() : part))
  return [head.toUpperCase(), day, ...parts].join('-')
}

/** True if they may see how that region stands: whoever serves it, coordinators and leaders. */
export function maySeeRegion(region: RegionCode, actor: Actor): boolean {
  return servesRegion(actor, region) || actsAs(actor, 'coordinator') || actsAs(actor, 'leader')
}

/** True if they may decide on the warnings of that region: its coordinators and leaders. */
export function decidesOn(region: RegionCode, actor: Actor): boolean {
  return (actsAs(actor, 'coordinator') || actsAs(actor, 'leader')) && servesRegion(actor, region)
}
