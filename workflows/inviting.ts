import type { CodeWanted } from './account.ts'
import type { Directory, Role } from './directory.ts'
import { InputError } from './errors.ts'
import type { Grant } from './grant.ts'
import type { PersonId } from './ids.ts'
import { phrase } from './phrase.ts'
import { plain } from './spoken.ts'

// How many people one invitation lets in at most, and for how many days it holds at most.
const inviteLimit = { uses: 100, days: 60 }

/** What an invitation is to give, to how many, for how long (ms). */
export type Inviting = Grant & { readonly uses: number; readonly life: number }

/**
 * Reads `responder AZ 5 uses 7 days` in any language of the hub: without a number it is for one person, without days
 * for seven. @throws InputError with what to say instead
 */
export function readInviting(words: string, directory: Directory): Inviting {
  const roles: Role[] = []
  const regions: string[] = []
  let all = false
  let uses = 1
  let days = usualDays
  const tokens = words.split(/[\s,;]+/).filter(each => each !== '')
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? ''
    const said = plain(token)
    const region = directory.regions.find(one => plain(one.code) === said)
    const number = /^(\d{1,4})(d|h)?$/.exec(said)
    if (roleWords[said]) roles.push(roleWords[said])
    else if (region) regions.push(region.code)
    else if (everything.has(said)) all = true
    else if (number) {
      const unit = number[2] ?? plain(tokens[at + 1] ?? '')
      const value = Number(number[1])
      if (number[2] === undefined && (dayWords.has(unit) || useWords.has(unit) || hourWords.has(unit))) at++
      if (unit === 'd' || dayWords.has(unit)) days = value
      else if (unit === 'h' || hourWords.has(unit)) days = value / 24
      else uses = value
    } else if (!fillers.has(said)) throw wrongRegion(token, directory)
  }
  return checkInviting({ roles, regions: all ? 'all' : regions, uses, life: days * dayLong }, directory)
}

/** The same once it is known to be within the limits. @throws InputError with what to say instead */
export function checkInviting(asked: Inviting, directory: Directory): Inviting {
  const { regions, uses, life } = asked
  const roles = [...new Set(asked.roles)]
  const named = regions === 'all' || regions.length > 0
  // An administrator is one for the whole network.
  const whole = roles.length > 0 && roles.every(role => role === 'admin' || role === 'leader')
  if (roles.length === 0 || !(named || whole)) {
    const code = directory.regions[0]?.code ?? 'AZ'
    throw new InputError({ words: phrase('account.invite-usage', { code }) })
  }
  const unknown = regions === 'all' ? null : regions.find(code => !directory.regions.some(one => one.code === code))
  if (unknown) throw wrongRegion(unknown, directory)
  if (uses > 1 && roles.some(role => role === 'leader' || role === 'admin'))
    throw new InputError({ words: phrase('account.invite-one') })
  if (uses < 1 || uses > inviteLimit.uses || life <= 0 || life > inviteLimit.days * dayLong)
    throw new InputError({ words: phrase('account.invite-most', { uses: inviteLimit.uses, days: inviteLimit.days }) })
  return { roles, regions: named ? regions : 'all', uses, life }
}

/** The code that such an invitation needs, made at that time (epoch ms) by a person, or (null) at the terminal. */
export function wantedCode({ roles, regions, uses, life }: Inviting, by: PersonId | null, now: number): CodeWanted {
  return { type: 'invite', roles, regions, uses, until: now + life, by }
}

const dayLong = 24 * 60 * 60_000
const usualDays = 7
const everything = new Set(['all', 'everywhere', 'todo', 'todas', 'todos'])
const useWords = new Set(['use', 'uses', 'uso', 'usos', 'people', 'person', 'personas', 'persona', 'x'])
const dayWords = new Set(['day', 'days', 'dia', 'dias'])
const hourWords = new Set(['hour', 'hours', 'hora', 'horas'])
const fillers = new Set(['role', 'region', 'for', 'in', 'and', 'to', 'expires', 'para', 'en', 'y', 'funcion', ''])
const roleWords: Readonly<Record<string, Role>> = {
  mediator: 'mediator',
  mediators: 'mediator',
  mediador: 'mediator',
  mediadora: 'mediator',
  mediacion: 'mediator',
  responder: 'responder',
  responders: 'responder',
  respuesta: 'responder',
  coordinator: 'coordinator',
  coordinators: 'coordinator',
  coordinador: 'coordinator',
  coordinadora: 'coordinator',
  coordinacion: 'coordinator',
  leader: 'leader',
  lider: 'leader',
  direccion: 'leader',
  admin: 'admin',
  administrator: 'admin',
  administrador: 'admin',
  administradora: 'admin',
  administracion: 'admin',
}

function wrongRegion(word: string, { regions }: Directory): InputError {
  const codes = regions.map(region => region.code)
  return new InputError({ words: phrase('account.invite-region', { words: { words: word.slice(0, 40) }, codes }) })
}
