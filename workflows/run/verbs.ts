import type { GateId, RunId } from '../ids.ts'
import { type Protocol, type RunRole, runRoles } from '../protocol.ts'
import { after, plain } from '../spoken.ts'
import type { Taxonomy } from '../taxonomy.ts'

/** What somebody wants of protocols: which verb, of which run or protocol, and what else they said. */
export type RunWish = {
  readonly verb: WishVerb
  readonly run: RunId | null
  readonly rest: string
}
/** What can be wanted of a run as a whole, and of protocols at large. */
export type WishVerb =
  | ('start' | 'list' | 'show' | 'assign' | 'pause' | 'resume' | 'stop' | 'undo' | 'lead')
  | ('lead-accept' | 'lead-decline' | 'override' | 'agree' | 'take')

/** What somebody wants, by what was typed, or by the button that was pressed; all else asks for the list. */
export function wishOf({ from, words, assumed }: Asked, { protocols }: Pick<Taxonomy, 'protocols'>): RunWish {
  if (from !== 'typed') return readWish(assumed) ?? { verb: 'list', run: null, rest: '' }
  const known = protocols.current.map(one => one.id)
  return typedWish(words, known)
}

type Asked = { readonly from: string; readonly words: string; readonly assumed: string }

/** The protocol that a wish is about, as it is started now; null if it names none. */
export function protocolOf({ run }: RunWish, { protocols }: Pick<Taxonomy, 'protocols'>): Protocol | null {
  return protocols.current.find(one => one.id === run) ?? null
}

/** Reads what a button assumed: `P1.open-2`, `P1.override-G3`, `start.P1`. */
export function readWish(assumed: string): RunWish | null {
  const [first = '', second = '', third = ''] = assumed.split('.')
  if (first === 'start' || first === 'show' || first === 'list')
    return { verb: first, run: second || null, rest: third }
  const [, verb = '', , rest = ''] = /^([a-z]+)(-(\w+))?$/.exec(second) ?? []
  const of = { run: first || null, rest }
  if (second === 'lead-accept' || second === 'lead-decline') return { verb: second, run: of.run, rest: '' }
  if (verb === 'open') return { verb: 'show', ...of }
  return isVerb(verb) ? { verb, ...of } : null
}

/** Reads what was typed: a verb in either language, then the code of a protocol or run, if one of those is named. */
function typedWish(words: string, known: readonly RunId[]): RunWish {
  const tokens = words.trim().split(/\s+/)
  for (let count = Math.min(2, tokens.length); count > 0; count--) {
    const verb = verbs.get(plain(tokens.slice(0, count).join(' ')))
    if (verb) return { verb, ...codeIn(after(words, count), known) }
  }
  // A code alone asks to see it, and nothing at all what there is.
  const { run, rest } = codeIn(words, known)
  return { verb: run === null && rest === '' ? 'list' : 'show', run, rest }
}

/** The role that the words begin with, by its letters. */
export function roleIn(words: string): RunRole | null {
  const first = words.trim().split(/\s+/)[0]?.toUpperCase()
  return runRoles.find(role => role === first) ?? null
}

/** The gate of a wish to override one. */
export function gateOfWish({ rest }: RunWish): GateId {
  return rest.trim().split(/\s+/)[0]?.toUpperCase() ?? ''
}

function codeIn(words: string, known: readonly RunId[]): { run: RunId | null; rest: string } {
  const [, first = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(words) ?? []
  const code = first.toUpperCase()
  const run = known.find(one => one === code) ?? (/^P\d{1,3}(?:-\d{1,3})?$/.test(code) ? code : null)
  return run === null ? { run: null, rest: words.trim() } : { run, rest }
}

function isVerb(verb: string): verb is WishVerb {
  return [...verbs.values(), 'override', 'agree', 'take'].includes(verb as WishVerb)
}

const verbs = new Map<string, WishVerb>(
  Object.entries<string>({
    start: 'start, begin, iniciar, empezar, comenzar',
    list: 'list, lista, listar, todos, all',
    show: 'show, see, open, checklist, ver, mostrar, abrir',
    assign: 'assign, give, asignar, repartir, dar',
    pause: 'pause, pausa, pausar',
    resume: 'resume, go on, continue, reanudar, seguir, continuar',
    stop: 'stop, end, detener, parar, terminar',
    undo: 'undo, undo start, deshacer',
    lead: 'lead, dirigir, direccion',
    'lead-accept': 'lead accept, accept lead, aceptar direccion, direccion aceptar',
    'lead-decline': 'lead decline, decline lead, rechazar direccion',
  }).flatMap(([verb, said]) => said.split(',').map(way => [plain(way), verb as WishVerb] as const)),
)
