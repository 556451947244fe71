import type { GateId, RunId, StepId } from '../ids.ts'
import { after, plain } from '../spoken.ts'
import type { StepVerb } from './button.ts'

/** What was typed about a run: one of its steps, one of its gates, or the whole of it; `rest` is what stood behind. */
export type TypedRun =
  | {
      readonly type: 'step'
      readonly run: RunId
      readonly step: StepId
      readonly verb: StepVerb
      readonly rest: string
    }
  | { readonly type: 'gate'; readonly run: RunId; readonly gate: GateId }
  | { readonly type: 'run'; readonly run: RunId }

const step = /^\s*([a-z][a-z0-9]{0,7}(?:-\d{1,3})?)\s*[.·]\s*(c?\d{1,3}[a-z]?)(?![\p{L}\p{N}.])[\s:,–-]*([\s\S]*)$/iu
const gate = /^\s*([a-z][a-z0-9]{0,7}(?:-\d{1,3})?)\s*\.\s*(g\d{1,2})\s*$/iu
const whole = /^\s*(p\d{1,3}(?:-\d{1,3})?)\s*$/iu

/**
 * Reads a line such as `P1.4 done`, `p1.4 hecho`, `P1.4 skip no one there`, `P1.G2` or `P1`. A step alone is opened.
 * Null for whatever else: words that begin so are no deed.
 */
export function readTypedRun(words: string): TypedRun | null {
  const text = words.normalize('NFKC')
  const [, alone] = whole.exec(text) ?? []
  if (alone) return { type: 'run', run: alone.toUpperCase() }
  const [, gated, asked] = gate.exec(text) ?? []
  if (gated && asked) return { type: 'gate', run: gated.toUpperCase(), gate: asked.toUpperCase() }
  const [, run, number, rest = ''] = step.exec(text) ?? []
  if (!run || !number) return null
  const said = rest.trim() === '' ? ({ verb: 'open', rest: '' } as const) : readStepVerb(rest)
  return said && { type: 'step', run: run.toUpperCase(), step: stepId(number), ...said }
}

/** What is to be done with a step, by the words that people use for it; null if they start with no such word. */
function readStepVerb(words: string): { readonly verb: StepVerb; readonly rest: string } | null {
  const tokens = words.trim().split(/\s+/)
  for (let count = Math.min(3, tokens.length); count > 0; count--) {
    const verb = verbs.get(plain(tokens.slice(0, count).join(' ')))
    if (verb) return { verb, rest: after(words, count).replace(/^[\s:,.–-]+/u, '') }
  }
  return null
}

/** Step ids are written `C1` and `10a`. */
function stepId(typed: string): StepId {
  return typed.toLowerCase().replace(/^c/, 'C')
}

const verbs = new Map<string, StepVerb>(
  Object.entries<string>({
    done: 'done, did, did it, i did it, finished, yes, hecho, hecha, listo, lista, ya esta, si',
    skip: 'skip, skipped, omit, omitir, omito, saltar, salto',
    help: 'help, help me, need help, i need help, ayuda, necesito ayuda',
    take: 'mine, take, i take it, me, mio, mia, yo, tomar, lo tomo',
    back: 'back, give back, return, devolver, lo devuelvo',
    hold: 'on it, i am on it, im on it, got it, hold, voy, en ello, estoy en ello, ya voy',
    snooze: 'later, snooze, luego, mas tarde, despues',
    hand: 'hand, hand on, give, give to, pass, pass to, pasar, pasar a, dar a',
    reopen: 'undo, not done, reopen, deshacer, no hecho, reabrir',
    open: 'show, open, see, ver, abrir, mostrar',
  }).flatMap(([verb, said]) => said.split(',').map(way => [plain(way), verb as StepVerb] as const)),
)
