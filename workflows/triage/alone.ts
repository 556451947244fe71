import { triageButton } from '../button.ts'
import type { Incident } from '../incident.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { isBorneOut } from '../triage.ts'
import type { Line, View } from '../view.ts'
import type { Deed } from './asked.ts'

/** Of what a rule takes in, what an act on many is done to, and what is looked at by itself instead. */
export type Split = { readonly takes: readonly Incident[]; readonly alone: readonly Incident[] }

const mostNamed = 5

/** Splits what was chosen: nothing grave or borne out by others is set aside along with the rest. */
export function splitFor(deed: Deed, chosen: readonly Incident[]): Split {
  if (deed === 'pass') return { takes: chosen, alone: [] }
  return { takes: chosen.filter(one => !isBorneOut(one)), alone: chosen.filter(isBorneOut) }
}

/** Names what is left out, a line with its button each, the first few. */
export function aloneLines(alone: readonly Incident[]): readonly Line[] {
  const more = alone.length - mostNamed
  return [
    ...alone
      .slice(0, mostNamed)
      .map((one): Line => ({ type: 'item', text: aloneText(one), button: triageButton('open', one) })),
    ...(more > 0 ? [{ type: 'note', text: phrase('triage.alone-more', { count: more }) } as const] : []),
  ]
}

/** What is said where all that was chosen is left out. */
export function noneTaken(alone: readonly Incident[], buttons: View['buttons']): View {
  return { tone: 'plain', title: phrase('triage.alone-all'), lines: aloneLines(alone), buttons }
}

function aloneText({ id, severity, credibility }: Incident): Phrase {
  if (severity >= 4) return phrase('triage.alone-severe', { id, severity: `S${severity}` })
  return phrase(credibility === 'verified' ? 'triage.alone-verified' : 'triage.alone-corroborated', { id })
}
