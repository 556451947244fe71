import type { Mark } from '../../../workflows/incident.ts'
import type { Severity } from '../../../workflows/taxonomy.ts'

/** Who plays: two who report, one of whom may also work, another who may work, and two who coordinate. */
export const cast = ['heron', 'finch', 'wren', 'crane', 'owl'] as const
/** One of them. */
export type Name = (typeof cast)[number]
/** The two incidents that are played with; A is reported by Heron, B by Finch. */
export type Which = 'A' | 'B'

/** What somebody asks; `about` is the incident. */
export type Command = { readonly about: Which; readonly who: Name } & (
  | { readonly type: 'claim' | 'cannot' | 'join' | 'leave' | 'release' | 'accept' | 'decline' }
  | {
      readonly type: 'update' | 'keep' | 'unrestrict' | 'undo' | 'reopen' | 'withdraw' | 'dismiss' | 'merge' | 'unmerge'
    }
  | { readonly type: 'handover' | 'restrict'; readonly to: Name }
  | { readonly type: 'severity' | 'agree'; readonly to: Severity }
  | { readonly type: 'mark'; readonly to: Mark }
  | { readonly type: 'resolve'; readonly to: 'calmed' | 'unfounded' }
)

/** An incident as the rules of the design speak of it; times are minutes. */
export type Model = {
  status: 'reported' | 'claimed' | 'resolved' | 'closed' | 'duplicate' | 'unfounded' | 'withdrawn' | 'dismissed'
  severity: Severity
  mark: Mark
  /** Null: everybody of the region. */
  named: Name[] | null
  reporter: Name | null
  claim: { by: Name; until: number } | null
  joined: Name[]
  offer: { to: Name; until: number } | null
  /** Who asked that it be lowered, and to what. */
  lowering: { by: Name; to: Severity } | null
  undo: { until: number; status: Model['status']; claim: Model['claim'] } | null
  endedAt: number | null
  /** What it is part of, since when, and the offer that this ended. */
  into: { which: Which; at: number; offer: Model['offer'] } | null
  /** What taking the other in has raised. */
  took: { was: Lifted; made: Lifted } | null
}
type Lifted = Pick<Model, 'severity' | 'mark' | 'lowering'>

/** Both incidents. */
export type World = Record<Which, Model>

/** As both stand after their reports. */
export function reportedWorld(severity: Record<Which, Severity>): World {
  const born = (which: Which, reporter: Name): Model => ({
    ...{ status: 'reported', severity: severity[which], mark: 'AMBER', named: null, reporter, claim: null, joined: [] },
    ...{ offer: null, lowering: null, undo: null, endedAt: null, into: null, took: null },
  })
  return { A: born('A', 'heron'), B: born('B', 'finch') }
}

// Minutes; how long a claim lasts, and how long whoever is offered it may take to answer.
const lease: Record<Severity, number> = { 1: 1440, 2: 480, 3: 120, 4: 30, 5: 15 }
const answer: Record<Severity, number> = { 1: 1440, 2: 240, 3: 30, 4: 10, 5: 5 }
const day = 1440
const marks: readonly Mark[] = ['CLEAR', 'GREEN', 'AMBER', 'RED']

/** What the command does to the world at that minute: the world after it, or null where the rules say no. */
export function rule(before: World, command: Command, now: number): World | null {
  const world = structuredClone(before)
  const { about, who } = command
  const other: Which = about === 'A' ? 'B' : 'A'
  if (!obey(world, command, other, now)) return null
  // What is taken back of a part is done to the whole, too.
  const both = ['merge', 'unmerge'].includes(command.type) || (command.type === 'withdraw' && before[about].into)
  const touched = both ? [about, other] : [about]
  for (const which of touched) signOfLife(before[which], world[which], who, now)
  return world
}

/** What time alone does, once somebody looks at the clock. */
export function tick(before: World, now: number): World {
  const world = structuredClone(before)
  for (const one of [world.A, world.B]) {
    if (one.status === 'claimed' && one.claim && one.claim.until <= now) pool(one)
    if (one.offer && one.offer.until <= now) one.offer = null
    if (one.undo && one.undo.until <= now) one.undo = null
    if (one.status === 'resolved' && (one.endedAt ?? now) + day <= now)
      Object.assign(one, { status: 'closed', undo: null })
  }
  return world
}

function obey(world: World, command: Command, other: Which, now: number): boolean {
  const [it, who] = [world[command.about], command.who]
  const open = it.status === 'reported' || it.status === 'claimed'
  const coordinates = who === 'crane' || who === 'owl'
  const inForce = it.status === 'claimed' && it.claim !== null && it.claim.until > now ? it.claim.by : null
  const own = it.claim?.by === who
  const mayEnd = inForce === null || own || it.joined.includes(who) || coordinates
  switch (command.type) {
    case 'claim':
      if (!open) return false
      if (it.offer?.to === who) take(it, who, now)
      else if (own) it.claim = { by: who, until: Math.max(it.claim?.until ?? 0, now + lease[it.severity]) }
      else if (inForce) return false
      else take(it, who, now)
      return true
    case 'cannot':
      if (!open || (own && it.offer?.to !== who)) return false
      if (it.offer?.to === who) it.offer = null
      return true
    case 'accept':
      // An offer stands until its clock rings: whoever takes it late is welcome.
      if (!open || it.offer?.to !== who) return false
      take(it, who, now)
      return true
    case 'decline':
      if (!open || it.offer?.to !== who) return false
      it.offer = null
      return true
    case 'join':
      if (!open || own || it.joined.includes(who)) return false
      it.joined.push(who)
      return true
    case 'leave':
      if (!open || own || !it.joined.includes(who)) return false
      it.joined = it.joined.filter(one => one !== who)
      return true
    case 'release':
      if (!open || !it.claim || !(own || coordinates)) return false
      pool(it)
      return true
    case 'handover':
      if (!open || !it.claim || !(own || coordinates)) return false
      if (command.to === who || command.to === it.claim.by || !works(it, command.to)) return false
      if (it.offer?.to === command.to && it.offer.until > now) return false
      it.offer = { to: command.to, until: now + answer[it.severity] }
      return true
    case 'update':
      return open || it.status === 'resolved'
    case 'severity':
      return open && command.to !== it.severity && setSeverity(it, who, command.to)
    case 'agree':
      if (!open || it.lowering?.to !== command.to || it.lowering.by === who) return false
      Object.assign(it, { severity: command.to, lowering: null })
      return true
    case 'keep':
      if (!open || !it.lowering) return false
      it.lowering = null
      return true
    case 'mark': {
      if (command.to === it.mark || (marks.indexOf(command.to) < marks.indexOf(it.mark) && !coordinates)) return false
      const risen = marks.indexOf(command.to) > marks.indexOf(it.mark)
      it.mark = command.to
      // What is part of it tells of the same event.
      if (risen && world[other].into?.which === command.about) raise(world[other], command.to)
      return true
    }
    case 'restrict': {
      if (!coordinates) return false
      const inside = it.named ?? [...(it.claim ? [it.claim.by] : []), ...it.joined]
      const named = [...new Set([...inside, who, command.to])]
      if (it.named && named.length === it.named.length) return false
      const was = it.named
      it.named = named
      const part = world[other]
      if (part.into?.which !== command.about) return true
      // Restricted with the whole; what was restricted or opened by itself stays so.
      if (!was && !part.named) part.named = named
      if (was?.every(one => part.named?.includes(one))) part.named = [...new Set([...(part.named ?? []), ...named])]
      return true
    }
    case 'unrestrict':
      if (!coordinates || !it.named) return false
      it.named = null
      return true
    case 'dismiss':
      return open && mayEnd && end(it, 'dismissed', now)
    case 'resolve':
      if (!open || !mayEnd) return false
      it.endedAt = now
      return end(it, command.to === 'unfounded' ? 'unfounded' : 'resolved', now)
    case 'undo': {
      if (!it.undo || now > it.undo.until) return false
      const { status, claim } = it.undo
      const kept = claim && { ...claim, until: Math.max(claim.until, now + 5) }
      Object.assign(it, { status, claim: kept, endedAt: null, undo: null })
      return true
    }
    case 'reopen':
      if (!['resolved', 'closed', 'dismissed', 'unfounded'].includes(it.status)) return false
      pool(it)
      Object.assign(it, { joined: [], lowering: null, endedAt: null, undo: null })
      return true
    case 'withdraw': {
      if (it.reporter !== who || it.status === 'withdrawn') return false
      const part = world[other].into?.which === command.about && world[other].reporter !== null
      if (!open || it.severity >= 4 || part) it.reporter = null
      else Object.assign(it, { status: 'withdrawn', offer: null })
      return true
    }
    case 'merge':
      return mergeInto(it, world[other], other, who, now)
    case 'unmerge':
      return it.into !== null && part(it, world[it.into.which], coordinates, now)
  }
}

/** Whoever has it keeps it by whatever they do; one that became graver is kept no longer than its new severity lets. */
function signOfLife(before: Model, after: Model, who: Name, now: number): void {
  if (before.status !== 'claimed' || after.status !== 'claimed' || !after.claim) return
  if (before.claim?.by !== after.claim.by) return
  const until = now + lease[after.severity]
  if (after.claim.by === who && until > after.claim.until) after.claim.until = until
  if (after.severity > before.severity && until < after.claim.until) after.claim.until = until
}

function end(it: Model, status: Model['status'], now: number): boolean {
  it.undo = { until: now + 1, status: it.status, claim: it.claim }
  Object.assign(it, { status, offer: null })
  return true
}

function raise(it: Model, to: Mark): void {
  if (marks.indexOf(to) > marks.indexOf(it.mark)) it.mark = to
}

function take(it: Model, who: Name, now: number): void {
  const joined = it.joined.filter(one => one !== who)
  Object.assign(it, { status: 'claimed', claim: { by: who, until: now + lease[it.severity] }, offer: null, joined })
}

function pool(it: Model): void {
  Object.assign(it, { status: 'reported', claim: null, offer: null })
}

function works(it: Model, who: Name): boolean {
  // Whoever reported it knows of it anyway.
  return who !== 'heron' && (it.named === null || it.named.includes(who) || it.reporter === who)
}

function setSeverity(it: Model, who: Name, to: Severity): boolean {
  if (to < it.severity && it.severity >= 4) {
    if (it.lowering?.to !== to) it.lowering = { by: who, to }
    else if (it.lowering.by === who) return false
    else Object.assign(it, { severity: to, lowering: null })
  } else Object.assign(it, { severity: to, lowering: null })
  return true
}

function mergeInto(it: Model, whole: Model, which: Which, who: Name, now: number): boolean {
  const open = (one: Model) => one.status === 'reported' || one.status === 'claimed'
  if (!open(it) || !open(whole) || (it.named === null) !== (whole.named === null)) return false
  if (!works(it, who) || !works(whole, who)) return false
  const was = lifted(whole)
  if (it.severity > whole.severity) Object.assign(whole, { severity: it.severity, lowering: null })
  if (marks.indexOf(it.mark) > marks.indexOf(whole.mark)) whole.mark = it.mark
  whole.took = { was, made: lifted(whole) }
  raise(it, whole.mark)
  Object.assign(it, { status: 'duplicate', into: { which, at: now, offer: it.offer }, offer: null })
  return true
}

const lifted = ({ severity, mark, lowering }: Model): Lifted => ({ severity, mark, lowering })

/** Within a minute everything is as it was before; later only a coordinator parts them, and nobody has it then. */
function part(it: Model, whole: Model, coordinates: boolean, now: number): boolean {
  const { into } = it
  if (!into || it.reporter === null) return false
  const soon = now <= into.at + 1
  if (!soon && !coordinates) return false
  it.into = null
  if (!soon) {
    pool(it)
    it.joined = []
  } else {
    if (it.claim && it.named && !it.named.includes(it.claim.by)) it.claim = null
    it.status = it.claim ? 'claimed' : 'reported'
    if (it.claim && it.claim.until <= now) it.claim = { ...it.claim, until: now + 5 }
    it.offer = into.offer && into.offer.until > now ? into.offer : null
    const { was, made } = whole.took ?? { was: lifted(whole), made: lifted(whole) }
    if (whole.severity === made.severity && was.severity < made.severity) {
      Object.assign(whole, { severity: was.severity, lowering: was.lowering })
    }
    if (whole.mark === made.mark) whole.mark = was.mark
  }
  whole.took = null
  return true
}
