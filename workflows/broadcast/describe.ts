import type { Audience } from '../audience.ts'
import { type Directory, regionName } from '../directory.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { toolName } from '../sight.ts'

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
      return phrase('audience.room', { room: { words: room.name } })
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
      return phrase('audience.not', { what: inside(audience.of, directory) })
  }
}

function saidAll(parts: readonly Audience[], directory: Directory): Phrase {
  const [first, ...rest] = parts.toSorted((one, other) => Number(one.type === 'not') - Number(other.type === 'not'))
  if (!first) return phrase('audience.everyone')
  const narrowed = rest.map(part =>
    part.type === 'not'
      ? phrase('audience.but-not', { what: inside(part.of, directory) })
      : phrase('audience.only', { what: inside(part, directory) }),
  )
  const head = first.type === 'and' ? inside(first, directory) : said(first, directory)
  return narrowed.length === 0 ? head : phrase('audience.list', { all: [head, ...narrowed] })
}

function saidAny(parts: readonly Audience[], directory: Directory): Phrase {
  const each = parts.map(part => (part.type === 'and' ? inside(part, directory) : said(part, directory)))
  const last = each.at(-1)
  if (!last) return phrase('audience.nobody')
  return each.length === 1 ? last : phrase('audience.or', { first: each.slice(0, -1), last })
}

function inside(audience: Audience, directory: Directory): Phrase {
  const phrased = said(audience, directory)
  const joined = (audience.type === 'and' || audience.type === 'or') && audience.of.length > 1
  return joined ? phrase('audience.group', { inside: phrased }) : phrased
}
