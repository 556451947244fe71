import type {
  Approval,
  Broadcast,
  BroadcastChange,
  BroadcastEntry,
  Correction,
  Counted,
  Proposal,
} from '../broadcast.ts'
import type { Post } from '../change.ts'
import type { PersonId } from '../ids.ts'
import { type Param, type Phrase, type PhraseKey, phrase } from '../phrase.ts'
import type { Viewer } from '../sight.ts'
import type { View } from '../view.ts'
import { askedFor, askingView, wordLines } from './approval.ts'
import { countText } from './changes.ts'
import { whenText } from './hour.ts'
import { leastApproved, needsOfBroadcast, type Scope, wantsSenior } from './needs.ts'
import { hourOf } from './plan.ts'
import { askedToSecond, proposalView } from './proposal.ts'
import { isAsked } from './state.ts'
import {
  coordination,
  namesOf,
  postTo,
  saidView,
  type Telling,
  through,
  toPerson,
  toRooms,
  toThose,
  toWriter,
} from './telling.ts'

/**
 * What people are told because of what happened to a broadcast: whoever may approve it is asked, directly and in the
 * coordinators' rooms; its writer hears what comes of it; and who had approved it, what is done to it after.
 */
export function broadcastPosts(change: BroadcastChange, scope: Scope): readonly Post[] {
  return change.entries.flatMap(entry => postsOf(entry, { ...scope, change }))
}

function postsOf(entry: BroadcastEntry, telling: Telling): readonly Post[] {
  const { change } = telling
  const { before, after } = change
  const { event, by } = entry
  const who: Param = by ? { person: by } : phrase('hub.the-hub')
  switch (event.type) {
    case 'submitted':
      return after.state === 'submitted' ? asked(entry, event.counted, telling) : []
    case 'held': {
      const was = countText(leastApproved(before?.approvals ?? []))
      const said = event.why
        ? phrase('approval.told-lapsed', { id: after.id })
        : phrase('approval.told-held', { id: after.id, was, is: countText(event.counted) })
      // Who is asked to approve it reads there why.
      const isAsked = askedFor(after, telling, before?.approvals).some(person => person.id === after.by)
      const told = isAsked ? [] : toWriter('held', entry, said, telling)
      return [...told, ...asked(entry, event.counted, telling)]
    }
    case 'approved':
      return approved(event.approval, entry, telling)
    case 'cleared':
      return cleared(entry, telling)
    case 'rejected': {
      const params = { person: who, id: after.id, reason: { words: event.reason } }
      return toThose(before, 'back', entry, () => saidView(phrase('approval.told-rejected', params), after), telling)
    }
    case 'ended':
      return ended(event, entry, telling)
    case 'proposed':
      return after.proposed ? proposed(after.proposed, entry, telling) : []
    case 'seconded':
      return seconded(event.person, entry, telling)
    case 'declined': {
      const said = phrase('correction.told-declined', { person: who, id: after.id, reason: { words: event.reason } })
      return before?.proposed ? toProposers(before.proposed, 'declined', entry, said, telling) : []
    }
    case 'corrected':
      return corrected(event.correction, entry, telling)
    case 'drafted':
    case 'edited':
    case 'begun':
    case 'paused':
    case 'resumed':
    case 'nudged':
    case 'handed':
    case 'exported':
      return []
  }
}

/** Everybody who may approve it, on every account; and the coordinators' rooms. */
function asked(entry: BroadcastEntry, counted: Counted, telling: Telling): readonly Post[] {
  const { before, after: broadcast } = telling.change
  const people = askedFor(broadcast, telling, before?.approvals).filter(person => person.id !== entry.by)
  const asking = { broadcast, counted }
  const direct = people.flatMap(person =>
    person.accounts.map(account =>
      postTo({ account: account.id }, 'ask', entry, telling, askingView(asking, through(person, account), telling)),
    ),
  )
  const rooms = coordination(telling).map(room =>
    postTo({ room: room.id }, 'ask', entry, telling, askingView(asking, room, telling)),
  )
  if (people.length > 0) return [...direct, ...rooms]
  const nobody = phrase('approval.told-nobody', { id: broadcast.id })
  return [...rooms, ...toPerson(broadcast.by, 'nobody', entry, () => saidView(nobody, broadcast), telling)]
}

function approved(approval: Approval, entry: BroadcastEntry, telling: Telling): readonly Post[] {
  const { after } = telling.change
  if (approval.alone) return alone(approval.alone.reason, entry, telling)
  if (!isAsked(after)) return []
  const needs = needsOfBroadcast(after, telling)
  const key = wantsSenior(after.approvals, needs, telling) ? 'approval.told-one-senior' : 'approval.told-one'
  return toWriter('one', entry, phrase(key, { person: { person: approval.by }, id: after.id }), telling)
}

/** One let it go alone: all who would have been asked hear that at once, with the reason. */
function alone(reason: string, entry: BroadcastEntry, telling: Telling): readonly Post[] {
  const { after } = telling.change
  const without = { ...after, approvals: [] }
  const shown = (open: boolean) => {
    const params = { person: { person: entry.by ?? after.by }, reason: { words: reason }, ...namesOf(after, open) }
    const said = saidView(phrase('approval.told-alone', params), after)
    return open ? { ...said, lines: [...said.lines, ...wordLines(after.plan)] } : said
  }
  const people = new Set([...askedFor(without, telling).map(person => person.id), after.by])
  return [
    ...[...people].filter(id => id !== entry.by).flatMap(id => toPerson(id, 'alone', entry, shown, telling)),
    ...toRooms('alone', entry, shown, telling),
  ]
}

function cleared(entry: BroadcastEntry, telling: Telling): readonly Post[] {
  const { before, after, entries } = telling.change
  const by = entries.find(({ event }) => event.type === 'approved')?.by
  // Whoever let it go alone has told everybody; a window of a recurring one was approved long ago.
  if (after.approvals.some(one => one.alone) || !before) return []
  const people = after.approvals.map(one => ({ person: one.by }))
  const hour = hourOf(after.plan)
  const shown = (open: boolean) => {
    const params = { ...namesOf(after, open), people, when: whenText(after.plan.when) }
    const now = hour === null || hour <= entry.at
    return saidView(phrase(now ? 'approval.told-cleared-now' : 'approval.told-cleared', params), after)
  }
  const rooms = needsOfBroadcast(after, telling).count === 2 ? toRooms('cleared', entry, shown, telling) : []
  return [...(by === after.by ? [] : toPerson(after.by, 'cleared', entry, shown, telling)), ...rooms]
}

function ended(
  { how, reason }: Extract<BroadcastEntry['event'], { type: 'ended' }>,
  entry: BroadcastEntry,
  telling: Telling,
): readonly Post[] {
  const { before, after } = telling.change
  // What was sent to all says so in its live message; a draft was nobody's but its writer's.
  if (how === 'sent' || !before || before.state === 'draft') return []
  if (how === 'expired' && before.startedAt !== null) return []
  const shown = (open: boolean) => {
    const params = { ...namesOf(after, open), person: { person: entry.by ?? after.by } }
    if (how === 'expired') return saidView(phrase('approval.told-expired', params), after)
    const said = reason === null ? 'approval.told-discarded' : 'approval.told-cancelled'
    return saidView(phrase(said, { ...params, reason: { words: reason ?? '' } }), after)
  }
  const rooms = before.state === 'submitted' ? [] : toRooms('ended', entry, shown, telling)
  return [...toThose(before, 'ended', entry, shown, telling), ...rooms]
}

/** Who may approve the new words is asked as for the broadcast itself, and sees the old ones beside them. */
function proposed(proposal: Proposal, entry: BroadcastEntry, telling: Telling): readonly Post[] {
  const { after } = telling.change
  const people = askedToSecond(after, proposal, telling).filter(({ id }) => id !== entry.by)
  const shown = (viewer: Viewer) => proposalView(after, proposal, viewer, telling)
  const direct = people.flatMap(person =>
    person.accounts.map(account =>
      postTo({ account: account.id }, 'propose', entry, telling, shown(through(person, account))),
    ),
  )
  const rooms = coordination(telling).map(room => postTo({ room: room.id }, 'propose', entry, telling, shown(room)))
  if (people.length > 0) return [...direct, ...rooms]
  const nobody = phrase('correction.told-nobody', { id: after.id })
  return [...rooms, ...toPerson(proposal.by, 'nobody', entry, () => saidView(nobody, after), telling)]
}

function seconded(person: PersonId, entry: BroadcastEntry, telling: Telling): readonly Post[] {
  const { after } = telling.change
  const { proposed: proposal } = after
  // Whoever wrote it has just done so; and once it goes out, they hear that.
  if (!proposal || person === proposal.by) return []
  const senior = wantsSenior(proposal.approvals, needsOfBroadcast(after, telling), telling)
  const said = phrase(senior ? 'correction.told-one-senior' : 'correction.told-one', {
    person: { person },
    id: after.id,
  })
  return toProposers(proposal, 'second', entry, said, telling)
}

/** Who proposed it and who approved it, but whoever did it. */
function toProposers(
  { by, approvals }: Proposal,
  name: string,
  entry: BroadcastEntry,
  said: Phrase,
  telling: Telling,
): readonly Post[] {
  const people = new Set([by, ...approvals.map(one => one.by)])
  const shown = () => saidView(said, telling.change.after)
  return [...people].filter(id => id !== entry.by).flatMap(id => toPerson(id, name, entry, shown, telling))
}

function corrected(
  correction: Broadcast['corrections'][number],
  entry: BroadcastEntry,
  telling: Telling,
): readonly Post[] {
  const { before, after } = telling.change
  const { words, recall, wave, by, reason, with: others = [] } = correction
  const lines = wordLines({ words })
  const shown = (open: boolean): View => {
    const key = correctedKey(correction, open, !open || lines.length === 0)
    const people = others.map(person => ({ person }))
    const params = { ...namesOf(after, open), person: { person: by }, people, reason: { words: reason ?? '' } }
    const said = saidView(phrase(key, params), after)
    return open ? { ...said, lines: [...said.lines, ...lines] } : said
  }
  // What one alone changes is told to all who would have been asked.
  const alone = !recall && reason !== undefined
  const proposal = before?.proposed
  const people = [
    ...(alone ? askedToSecond(after, { by, approvals: [] }, telling).map(person => person.id) : []),
    ...(proposal ? [proposal.by, ...proposal.approvals.map(one => one.by)] : []),
    ...[after.by, ...(before?.approvals ?? []).map(one => one.by)],
  ]
  const name = `wave${wave}`
  const told = [...new Set(people)].filter(id => id !== entry.by)
  return [...told.flatMap(id => toPerson(id, name, entry, shown, telling)), ...toRooms(name, entry, shown, telling)]
}

function correctedKey({ recall, reason, with: others = [] }: Correction, open: boolean, bare: boolean): PhraseKey {
  if (recall && reason !== undefined && open) return 'correction.told-recalled'
  if (recall) return bare ? 'approval.told-recalled-bare' : 'approval.told-recalled'
  if (reason !== undefined) return 'correction.told-alone'
  return others.length > 0 ? 'correction.told-corrected' : 'approval.told-corrected'
}
