import { phrase } from '../workflows/phrase.ts'
import { answered, joined, judged, put, type RumourChange, takenOut } from '../workflows/rumour/change.ts'
import { findRumour, lookAt } from '../workflows/rumour/look.ts'
import { mayJudge, rumourList } from '../workflows/rumour/view.ts'
import type { Rumour, RumourState } from '../workflows/rumour.ts'
import { plain } from '../workflows/spoken.ts'
import { type Context, defineCommand, foresee, type Reply, type Request, refuse, shown } from './command.ts'

const dayMs = 24 * 60 * 60_000
const listedDays = 7
const mostListed = 10

/** Lists rumors, shows one, and says how it stands; what needs a form is `hearsay`. */
export const rumour = defineCommand({
  name: 'rumour',
  summary: 'command.rumour',
  usage: 'usage.rumour',
  permission: 'read',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const { of, verb, rest, seen } = wishOf(request)
    if (of === '') return list(context)
    const found = await findRumour(of, context)
    if (!found) return refuse('rumour.unknown', { words: { words: of } })
    if (verb === 'see') return shown(await lookAt(found, context))
    if (!mayJudge(found, context.actor)) return refuse('rumour.who', { id: found.id })
    if (seen !== null && seen !== found.state) return shown(await lookAt(found, context, phrase('rumour.changed')))
    const change = await changeOf(verb, rest, found, context)
    return 'no' in change ? { type: 'refused', phrase: change.no } : foresee(change.deed, () => shown(change.after))
  },
})

async function list({ read, actor, now }: Context): Promise<Reply> {
  const regions = actor.regions
  return shown(
    rumourList(await read.rumours.list({ since: now - listedDays * dayMs, regions }, mostListed), listedDays),
  )
}

function changeOf(verb: Exclude<Verb, 'see'>, rest: string, rumour: Rumour, context: Context): Promise<RumourChange> {
  switch (verb) {
    case 'same':
      return joined(rumour, rest, context)
    case 'add':
      return put(rest, rumour, context)
    case 'out':
      return takenOut(rest, rumour, context)
    case 'answered':
      return answered(rumour, rest, context)
    default:
      return judged(rumour, verb, null, context)
  }
}

type Verb = 'see' | 'same' | 'add' | 'out' | RumourState

const verbs: Readonly<Record<string, Verb>> = {
  ...{ see: 'see', open: 'see', ver: 'see', abrir: 'see', new: 'new', unchecked: 'new', 'sin-verificar': 'new' },
  ...{ checking: 'checking', check: 'checking', verificando: 'checking', revisando: 'checking' },
  ...{ false: 'false', falso: 'false', true: 'true', cierto: 'true', verdadero: 'true' },
  ...{ answered: 'answered', answer: 'answered', respondido: 'answered', same: 'same', join: 'same', igual: 'same' },
  ...{ add: 'add', agregar: 'add', out: 'out', without: 'out', remove: 'out', sin: 'out', sacar: 'out' },
}

type Wish = { readonly of: string; readonly verb: Verb; readonly rest: string; readonly seen: string | null }

/** `R-0012`, `r12 false`, `AZ-0412`, `R-12 same R-15`, or what was pressed. */
function wishOf({ from, words, assumed }: Request): Wish {
  if (from === 'press') {
    const [press = '', seen = null] = assumed.split('.')
    return { of: words.trim(), verb: verbs[press] ?? 'see', rest: '', seen }
  }
  const [, of = '', rest = ''] = /^\s*(#?[a-z]{1,5}[\s-]*\d+)?\s*([\s\S]*)$/i.exec(words) ?? []
  const [, verb = '', more = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest.trim()) ?? []
  const known = verbs[plain(verb)]
  if (of === '') return { of: words.trim(), verb: 'see', rest: '', seen: null }
  return { of: of.trim(), verb: known ?? 'see', rest: more.trim(), seen: null }
}
