import type { Approval, Broadcast, Counted, Plan } from '../broadcast.ts'
import { coordinatorsOf, type Directory, type Language, type Person } from '../directory.ts'
import type { Incident } from '../incident.ts'
import { phrase } from '../phrase.ts'
import { sight, type Viewer } from '../sight.ts'
import type { Button, Line, View } from '../view.ts'
import { changesBetween, countChange, countText } from './changes.ts'
import { approversOf, counting, isSenior, needsOfBroadcast, type Scope, wantsSenior } from './needs.ts'
import { planDigest } from './plan.ts'
import { broadcastButton } from './screen/button.ts'
import { nameOf, outlineLines } from './screen/outline.ts'

/** What somebody is asked to approve: the broadcast as it stands, and for how many. */
export type Asking = {
  readonly broadcast: Broadcast
  readonly counted: Counted
}

/**
 * Who is asked to approve it, first those who must be among them: leaders and coordinators of the network; of what
 * stays in one region its coordinators; of its writer and those who approved it `before` who may. Nobody who has.
 */
export function askedFor(broadcast: Broadcast, scope: Scope, before: readonly Approval[] = []): readonly Person[] {
  const needs = needsOfBroadcast(broadcast, scope)
  const given = new Set(counting(broadcast.approvals, needs, scope).map(one => one.by))
  const own = new Set(needs.regions.flatMap(region => coordinatorsOf(scope.directory, region)).map(one => one.id))
  for (const id of [broadcast.by, ...before.map(one => one.by)]) own.add(id)
  const all = approversOf(needs, scope).filter(one => !given.has(one.id) && (isSenior(one) || own.has(one.id)))
  return all.toSorted((one, other) => Number(isSenior(other)) - Number(isSenior(one)))
}

/**
 * The question as that room or person may see it, with the words as they will go out, what has changed since the first
 * approval, and one press that approves exactly this. Where the incident may not be read, neither may the words.
 */
export function askingView(asking: Asking, viewer: Viewer, scope: Scope): View {
  const { broadcast, counted } = asking
  const { id, plan, by, seq, state } = broadcast
  const open = mayRead(scope.incident, viewer, scope.directory)
  const asks =
    state === 'held'
      ? phrase('approval.ask-grown', { id })
      : phrase('approval.ask', { person: { person: by }, count: countText(counted) })
  const press = `${planDigest(plan)}.${seq.toString(36)}`
  const approve: readonly Button[] = open ? [broadcastButton('approve', id, press)] : []
  return {
    tone: 'plain',
    title: open ? phrase('approval.title', { id, title: nameOf(plan) }) : phrase('approval.title-red', { id }),
    lines: [
      text(asks),
      ...(open ? sentLines(broadcast, scope.directory) : [note('approval.red')]),
      ...(open ? sinceLines(broadcast, counted, scope.directory, 'above') : []),
      ...needLines(broadcast, scope),
    ],
    buttons: [...approve, broadcastButton('see', id), ...(open ? [broadcastButton('reject', id, seq)] : [])],
  }
}

/** True where the words about that incident may stand. */
export function mayRead(incident: Incident | null, viewer: Viewer, directory: Directory): boolean {
  return !incident || sight(incident, viewer, directory) === 'whole'
}

/**
 * What has changed since it was approved last, where that counts no more; nothing where nothing has. `counted` are
 * those whom it means now, null where that is not asked. Words as they are `now` stand here, or already `above`.
 */
export function sinceLines(
  { seen, plan }: Broadcast,
  counted: Counted | null,
  directory: Directory,
  now: 'above' | 'here' = 'here',
): readonly Line[] {
  if (!seen) return []
  const lines = [
    ...(counted ? countChange(seen, counted).map(text) : []),
    ...changesBetween(seen.plan, plan, directory, now),
  ]
  if (lines.length === 0) return []
  const person = directory.people.has(seen.by) ? { person: seen.by } : phrase('hub.someone')
  return [{ type: 'strong', text: phrase('approval.since', { person, time: { date: seen.at } }) }, ...lines]
}

/** The words in each language, as they were written; which language it is, where there are several. */
export function wordLines({ words }: Pick<Plan, 'words'>): readonly Line[] {
  const said = Object.entries(words).filter(([, text]) => text.trim() !== '')
  return said.flatMap(([language, text]): Line[] => {
    const quote: Line = { type: 'quote', text: { words: text } }
    return said.length > 1 ? [note(`audience.name-${language as Language}`), quote] : [quote]
  })
}

/** All that goes out, and what is asked of people. */
function sentLines(broadcast: Broadcast, directory: Directory): readonly Line[] {
  const missing = broadcast.plan.without.map(one => phrase(`audience.name-${one}`))
  return [
    ...outlineLines(broadcast, directory),
    ...(missing.length > 0 ? [note('approval.without', { languages: missing })] : []),
    ...wordLines(broadcast.plan),
  ]
}

function needLines(broadcast: Broadcast, scope: Scope): readonly Line[] {
  const needs = needsOfBroadcast(broadcast, scope)
  const given = counting(broadcast.approvals, needs, scope)
  const why = needs.why.map(one => phrase(`broadcast.why-${one}`))
  return [
    ...(given.length > 0 ? [note('approval.given', { people: given.map(({ by }) => ({ person: by })) })] : []),
    ...(needs.count === 2 ? [note('approval.two', { why })] : []),
    ...(given.length > 0 && wantsSenior(broadcast.approvals, needs, scope) ? [note('approval.senior')] : []),
  ]
}

function text(said: ReturnType<typeof phrase>): Line {
  return { type: 'text', text: said }
}

function note(key: Parameters<typeof phrase>[0], params?: Parameters<typeof phrase>[1]): Line {
  return { type: 'note', text: phrase(key, params) }
}
