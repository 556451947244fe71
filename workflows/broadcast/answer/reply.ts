import type { Action } from '../../action.ts'
import type { Answered, Broadcast } from '../../broadcast.ts'
import { type Directory, type Language, regionName } from '../../directory.ts'
import type { Incident } from '../../incident.ts'
import type { Actor } from '../../permission.ts'
import { phrase } from '../../phrase.ts'
import { placeWords } from '../../placing.ts'
import type { Places } from '../../routing.ts'
import { noEvidence } from '../../tally.ts'
import { guessKind, type Taxonomy } from '../../taxonomy.ts'
import { say } from '../../text/say.ts'
import { plainView, type View } from '../../view.ts'
import type { AskedOf, Given } from './given.ts'
import type { SaidAnswer } from './said.ts'
import { answerLabel } from './wanted.ts'

/** What the network is made of, as far as an answer touches it. */
export type AnswerNetwork = { readonly directory: Directory; readonly places: Places; readonly taxonomy: Taxonomy }

/** What was answered: one of the answers, or words; `room`: where it was pressed, if not in a message to them alone. */
export type Answering = Pick<Given, 'answer' | 'said' | 'room'>

/** What words come to: one of the answers, or words to be kept; whoever writes has what only asks if they have it. */
export function answeringBy(found: SaidAnswer | null, words: string, { plan }: Pick<Broadcast, 'plan'>): Answering {
  if (found) return { answer: found.answer, said: found.note || null, room: null }
  return { answer: plan.answer.type === 'got-it' ? 'got-it' : null, said: words.trim(), room: null }
}

/**
 * An answer as it is kept at that moment (epoch ms). Whoever needs help gets a report of S4 in their region, which asks
 * them where they are unless they wrote it; it is as open as their words make it.
 */
export function answerAction(
  { id, drill }: Pick<Broadcast, 'id' | 'drill'>,
  { person, region }: Pick<AskedOf, 'person' | 'region'>,
  { answer, said, room }: Answering,
  { actor, now }: { readonly actor: Actor; readonly now: number },
  network: AnswerNetwork,
): Extract<Action, { type: 'answer' }> {
  const own = actor.regions === 'all' ? null : (actor.regions[0] ?? null)
  const home = region ?? own
  return {
    type: 'answer',
    given: { broadcast: id, person, answer, said, at: now, room },
    who: { region: home, language: actor.language },
    report: answer === 'help' ? { ...reportOf(id, home, said, actor, network), ...(drill ? { drill } : {}) } : null,
  }
}

/**
 * What somebody reads who has answered. `open`: the incident that their call for help opened, or to which it was added
 * (`fresh` false); null where they called for none.
 */
export function answeredView(
  { id, plan }: Pick<Broadcast, 'id' | 'plan'>,
  { answer, said }: Answering,
  open: { readonly incident: Pick<Incident, 'id' | 'region'>; readonly fresh: boolean } | null,
  { now, language, directory }: { readonly now: number; readonly language: Language; readonly directory: Directory },
): View {
  if (answer === 'help' && open) {
    const { id: report, region } = open.incident
    const params = { report, region: regionName(directory, region) }
    return plainView([phrase(open.fresh ? 'answer.said-help' : 'answer.said-help-on', params)])
  }
  if (said !== null) return plainView([phrase('answer.said-words', { id }), phrase('answer.said-words-more')], [report])
  return plainView([thanks(id, answer, plan, now, language)])
}

function thanks(id: string, answer: Answered | null, plan: Broadcast['plan'], now: number, language: Language) {
  const said = answer ? answerLabel(answer, plan.answer, language) : ''
  return phrase('answer.said', { id, answer: said, time: { time: now } })
}

const report = { id: 'report', label: phrase('button.report') }

type Report = NonNullable<Extract<Action, { type: 'answer' }>['report']>

function reportOf(
  id: string,
  home: string | null,
  note: string | null,
  actor: Actor,
  { directory, places, taxonomy }: AnswerNetwork,
): Report {
  const reader = { language: actor.language, zone: actor.zone, now: 0, person: () => null }
  const named = placeWords(note ?? '', home, { directory, places })
  const told = note !== null && named.place.state === 'found'
  const region = told ? named.region : (home ?? named.region)
  return {
    region,
    place: told ? named.place : { state: 'asked', county: null, fips: null, usState: null },
    severity: 4,
    kind: note ? guessKind(note, taxonomy) : null,
    what: say(phrase(note ? 'answer.report-note' : 'answer.report-what', { id, note: { words: note ?? '' } }), reader),
    where: told ? note : say(phrase('answer.report-where'), reader),
    contact: 'yes',
    account: actor.account,
    room: null,
    evidence: noEvidence,
  }
}
