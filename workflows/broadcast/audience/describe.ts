import type { Audience } from '../../audience.ts'
import { type Directory, regionName } from '../../directory.ts'
import { type Phrase, phrase } from '../../phrase.ts'
import { toolName } from '../../sight.ts'

/**
 * Whom an audience means, in words that say exactly what it says: `Arizona or New Mexico, only coordinators, but not on
 * duty`. Null, and what nothing is said in, is nobody yet.
 */
export function describeAudience(audience: Audience | null, directory: Directory): Phrase {
  return audience ? said(audience, directory) : phrase('audience.nobody')
}

function said(audience: Audience, directory: Directory): Phrase {
  switch (audience.type) {
    case 'everyone':
      return phrase('audience.everyone')
    case 'region':
      return phrase('form.name', { name: regionName(directory, audience.region) })
    case 'home':
      return phrase('recurring.home', { regions: audience.regions.map(region => regionName(directory, region)) })
    case 'role':
      return phrase(`audience.role-${audience.role}`)
    case 'language':
      return phrase(`audience.language-${audience.language}`)
    case 'platform':
      return phrase('audience.platform', { tool: toolName(audience.platform) })
    case 'duty':
      return phrase('audience.duty')
    case 'partner':
      return phrase(`audience.partner-${audience.kind}`)
    case 'person':
      return phrase('audience.person', { person: { person: audience.person } })
    case 'room': {
      const room = directory.rooms.find(one => one.id === audience.room)
      if (!room) return phrase('audience.gone-room')
      return phrase('audience.room', { room: { words: room.name.replace(/^#+/, '') } })
    }
    case 'rooms':
      return audience.region === 'all'
        ? phrase('audience.rooms-all')
        : phrase('audience.rooms', { region: regionName(directory, audience.region) })
    case 'and':
      return saidAll(audience.of, directory)
    case 'or':
      return saidAny(audience.of, directory)
    case 'not':
      return saidAll([audience], directory)
  }
}

function saidAll(parts: readonly Audience[], directory: Directory): Phrase {
  const left = parts.flatMap(part => (part.type === 'not' ? [part.of] : []))
  const [first, ...rest] = parts.filter(part => part.type !== 'not')
  const without = left.length > 0 ? leftOut(left, directory) : null
  if (!first) return without ? phrase('audience.not', { what: without }) : phrase('audience.everyone')
  const narrowed = [
    ...rest.map(part => phrase('audience.only', { what: inside(part, directory) })),
    ...(without ? [phrase('audience.but-not', { what: without })] : []),
  ]
  // Regions, or roles, that add up need no brackets: nobody reads them otherwise.
  const head = isAlike(first) ? said(first, directory) : inside(first, directory)
  return narrowed.length === 0 ? head : phrase('audience.list', { all: [head, ...narrowed] })
}

function leftOut(left: readonly Audience[], directory: Directory): Phrase {
  const [only] = left
  return inside(only && left.length === 1 ? only : { type: 'or', of: left }, directory)
}

function saidAny(parts: readonly Audience[], directory: Directory): Phrase {
  // Regions behind `the rooms of` would read as theirs.
  const inOrder = parts.toSorted((one, other) => Number(isRooms(one)) - Number(isRooms(other)))
  const each = inOrder.map(part => inside(part, directory))
  const last = each.at(-1)
  if (!last) return phrase('audience.nobody')
  return each.length === 1 ? last : phrase('audience.or', { first: each.slice(0, -1), last })
}

function isAlike(audience: Audience): boolean {
  return audience.type === 'or' && new Set(audience.of.map(part => part.type)).size === 1
}

function isRooms({ type }: Audience): boolean {
  return type === 'rooms' || type === 'room'
}

/** What stands within something else: in brackets, unless it is one thing. */
function inside(audience: Audience, directory: Directory): Phrase {
  const phrased = said(audience, directory)
  const several = audience.type === 'not' || audience.type === 'and' || audience.type === 'or'
  return several ? phrase('audience.group', { inside: phrased }) : phrased
}
