import type { Action, IncidentAction } from '../action.ts'
import { triageButton } from '../button.ts'
import { kindOf } from '../card.ts'
import { type Directory, regionName } from '../directory.ts'
import { readIncidentId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { maySee } from '../permission.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { placePicked, placeWords } from '../placing.ts'
import { readKind, readSeverity } from '../spoken.ts'
import { kindInfo } from '../taxonomy.ts'
import { say } from '../text/say.ts'
import { plainView, type View } from '../view.ts'
import type { ItemDeed } from './asked.ts'
import type { Looking } from './item.ts'

/** A thing to be done with one report: what is committed, what is said then, whether it stays in hand, the way back. */
export type Worked =
  | {
      readonly type: 'do'
      readonly action: Action
      readonly said: (after: Incident) => Phrase
      readonly stays: boolean
      readonly back?: 'undo' | 'unpass' | 'separate'
    }
  | { readonly type: 'ask'; readonly view: View }

type Choice = Exclude<ItemDeed, 'open' | 'next' | 'block'>

/** What that press or those words do with a report, or what is still to be picked; a phrase refuses. */
export async function work(
  incident: Incident,
  deed: Choice,
  value: string,
  looking: Looking,
): Promise<Worked | Phrase> {
  const { id, triage } = incident
  const { read } = looking
  const region = (one: Incident) => regionName(read.directory, one.region)
  switch (deed) {
    case 'pass':
      return done({ type: 'pass' }, incident, false, 'unpass', after =>
        phrase(triage === 'waiting' ? 'triage.passed' : 'triage.seen', { id, region: region(after) }),
      )
    case 'no':
      return done({ type: 'dismiss', reason: value }, incident, false, 'undo', () => phrase('triage.set-aside', { id }))
    case 'undo':
      if (incident.passed && triage === 'done') return work(incident, 'unpass', value, looking)
      return { ...done({ type: 'undo' }, incident, true, undefined, () => phrase('triage.set-back', { id }), false) }
    case 'unpass':
      return { ...done({ type: 'unpass' }, incident, true, undefined, () => phrase('triage.set-back', { id }), false) }
    case 'same':
      return same(incident, value, looking)
    case 'kind':
      return kind(incident, value, looking)
    case 'grade':
      return grade(incident, value, looking)
    case 'region':
      return move(incident, value, looking)
    case 'place': {
      if (value === '') return ask(phrase('triage.where-which', { id }))
      const placed = placeWords(value, incident.region, read)
      const { region: to, place } = placed
      return done({ type: 'place', region: to, place, where: value }, incident, true, undefined, after =>
        phrase('triage.moved', { id, region: region(after) }),
      )
    }
  }
}

async function same(incident: Incident, value: string, { read, actor }: Looking): Promise<Worked | Phrase> {
  const { id } = incident
  const into = readIncidentId(value.replace(/^(?:as|into|que|con|a)\s+/i, ''))
  if (!into) return ask(phrase('triage.same-which', { id }))
  const target = await read.incidents.find(into)
  if (!target || !maySee(actor, target.incident)) return phrase('refusal.unknown', { id: into })
  return {
    type: 'do',
    action: { type: 'merge', from: id, into, held: true },
    said: () => phrase('reply.merged', { id, into }),
    stays: false,
    back: 'separate',
  }
}

function kind(incident: Incident, value: string, { read }: Looking): Worked {
  const { id } = incident
  const { taxonomy } = read
  const picked = kindInfo(taxonomy, value)?.code ?? readKind(value, taxonomy)
  if (picked) {
    return done({ type: 'kind', kind: picked }, incident, true, undefined, after =>
      phrase('triage.kind-set', { id, kind: kindOf(after, taxonomy) }),
    )
  }
  const group = taxonomy.groups.find(one => one.code === value.replace(/^g-/, ''))
  const choices = group
    ? taxonomy.kinds.filter(one => one.group === group.code)
    : taxonomy.groups.map(({ code, name }) => ({ code: `g-${code}`, name }))
  const buttons = choices.map(({ code, name }) => ({
    ...triageButton('kind', incident, code),
    label: phrase('form.name', { name }),
  }))
  return { type: 'ask', view: plainView([phrase(group ? 'triage.kind-exact' : 'triage.kind-which', { id })], buttons) }
}

function grade(incident: Incident, value: string, { actor, now }: Looking): Worked {
  const { id, severity } = incident
  const spoken = readSeverity(value)
  if (!spoken) {
    const buttons = ([5, 4, 3, 2, 1] as const)
      .filter(level => level !== severity)
      .map(level => ({ ...triageButton('grade', incident, `S${level}`), label: phrase(`card.severity-${level}`) }))
    return { type: 'ask', view: plainView([phrase('triage.grade-which', { id, severity: `S${severity}` })], buttons) }
  }
  const { language, zone } = actor
  const usual = say(phrase('triage.grade-reason'), { language, zone, now, person: () => null })
  const reason = spoken.rest.trim() === '' ? usual : spoken.rest
  return done({ type: 'severity', to: spoken.value, reason }, incident, true, undefined, after =>
    after.severity === spoken.value
      ? phrase('triage.graded', { id, severity: `S${after.severity}` })
      : phrase('triage.grade-asked', { id, severity: `S${after.severity}`, to: `S${spoken.value}` }),
  )
}

function move(incident: Incident, value: string, { read }: Looking): Worked {
  const { id } = incident
  const { directory } = read
  const code = codeOf(value, directory)
  const placed = code === null ? null : placePicked(`r${code}`, '', null, read)
  if (!placed) {
    const buttons = directory.regions
      .filter(region => region.code !== incident.region)
      .slice(0, mostRegions)
      .map(region => ({
        ...triageButton('region', incident, region.code),
        label: phrase('form.name', { name: region.name }),
      }))
    return { type: 'ask', view: plainView([phrase('triage.region-which', { id })], buttons) }
  }
  const { region, place } = placed
  return done({ type: 'place', region, place, where: '' }, incident, true, undefined, after =>
    phrase('triage.moved', { id, region: regionName(directory, after.region) }),
  )
}

// As many buttons as the tightest platform shows in one message.
const mostRegions = 20

function codeOf(value: string, { regions }: Directory): string | null {
  const said = value.trim().toLowerCase()
  if (said === '') return null
  return regions.find(one => one.code.toLowerCase() === said || one.name.toLowerCase() === said)?.code ?? null
}

function done(
  does: IncidentAction,
  { id }: Incident,
  stays: boolean,
  back: 'undo' | 'unpass' | undefined,
  said: (after: Incident) => Phrase,
  held = true,
): Extract<Worked, { type: 'do' }> {
  const action: Action = { type: 'incident', about: id, do: does, ...(held ? { held: true as const } : {}) }
  return { type: 'do', action, said, stays, ...(back ? { back } : {}) }
}

function ask(text: Phrase): Worked {
  return { type: 'ask', view: plainView([text]) }
}
