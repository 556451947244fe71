import { type Directory, type Person, regionName } from '../directory.ts'
import type { Incident } from '../incident.ts'
import { maySee } from '../permission.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { View } from '../view.ts'
import type { StandingCount } from './count.ts'
import { answerButton } from './press.ts'

/**
 * The question as one person reads it: who is asked, one press for each answer, and the words that do as well. Of the
 * incident it tells only those who may know of it.
 */
export function questionOf(
  about: StandingCount,
  incident: Incident,
  person: Pick<Person, 'id' | 'roles' | 'regions'>,
  { directory }: { readonly directory: Directory },
  seen: string,
): View {
  const what = maySee(person, incident) ? incident.id : phrase('headcount.the-network')
  const verbs = about.count.kind === 'checkin' ? (['safe', 'help', 'back'] as const) : (['safe', 'help'] as const)
  return {
    tone: 'plain',
    title: phrase('headcount.title'),
    lines: [
      { type: 'text', text: whoIsAsked(about.count, incident, what, directory) },
      { type: 'text', text: phrase('headcount.how') },
      { type: 'note', text: phrase('headcount.danger') },
    ],
    buttons: verbs.map(verb => answerButton(verb, incident.id, about, seen)),
  }
}

function whoIsAsked(
  { kind, scope, at, every }: StandingCount['count'],
  { region }: Incident,
  what: string | Phrase,
  directory: Directory,
): Phrase {
  const time = { time: at }
  if (kind === 'checkin') return phrase('headcount.asks-checkin', { time, what, every: { minutes: every ?? 0 } })
  if (scope === 'deployed') return phrase('headcount.asks-deployed', { time, what })
  return scope === 'network'
    ? phrase('headcount.asks-network', { time })
    : phrase('headcount.asks-region', { time, region: regionName(directory, region) })
}
