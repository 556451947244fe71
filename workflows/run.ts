import type { Count, CountDeed, CountEvent } from './headcount.ts'
import type { GateId, IncidentId, PersonId, ProtocolId, RunId, StepId } from './ids.ts'
import type { RunRole } from './protocol.ts'

/** Whether a run goes on; `done` with its last step, `stopped` by a person or by rule, `undone` if begun in error. */
export type RunStatus = 'running' | 'paused' | 'done' | 'stopped' | 'undone'

/** Why a run was stopped: by a person, or because its incident was merged, ended, taken back, or its drill is over. */
export type WhyStopped = 'person' | 'merged' | 'ended' | 'withdrawn' | 'drill'

/** One step as it stands; a step that nothing happened to has none. Times are epoch ms. */
export type StepState = {
  readonly state: 'open' | 'done' | 'skipped'
  /** Who is to do it; one of them is enough (`any`), or each must (`all`). Empty: whoever fills the role. */
  readonly owners: readonly PersonId[]
  readonly mode: 'any' | 'all'
  /** Of several who must all do it: who has. */
  readonly doneBy: readonly PersonId[]
  /** When, and by whom, it was last done or skipped; opened anew: since when, and null. */
  readonly at: number | null
  readonly by: PersonId | null
  /** How often it was done or skipped; what a press assumes, and what tells one round of a step from the next. */
  readonly times: number
  /** How long the run had stood still by `at` (ms); absent: not at all. */
  readonly stood?: number
  /** How far reminding has climbed in this round: 0 not at all, 1 reminded, 2 said to be overdue, then by level. */
  readonly rung: number
  /** Who answered a reminder: they have it, and silence starts anew. */
  readonly heldBy: PersonId | null
  /** Since when it is silent about this step (epoch ms): it was last said, held, or asked help with. */
  readonly saidAt: number | null
  /** When those are reminded again who asked for that (epoch ms), and who they are. */
  readonly snoozedUntil: number | null
  readonly snoozedBy: readonly PersonId[]
  /** Who asked for help with it. */
  readonly help: PersonId | null
}

/** What a gate was told, by whom and when; `passed` by its answers, or overridden. */
export type GateState = {
  readonly passed: boolean
  readonly answers: Readonly<Record<string, 'yes' | 'no'>>
  readonly by: PersonId
  readonly at: number
  /** Asked to be overridden: by whom; and who agreed. */
  readonly override: { readonly asked: PersonId; readonly agreed: PersonId | null } | null
}

/** A protocol that is worked through for one incident, pinned to its wording. Ended runs keep no steps. */
export type Run = {
  readonly id: RunId
  readonly protocol: ProtocolId
  readonly rev: string
  readonly status: RunStatus
  readonly startedAt: number
  readonly startedBy: PersonId | null
  /** Until when a wrong start can be taken back. */
  readonly undoUntil: number
  readonly endedAt: number | null
  readonly pausedAt: number | null
  /** How long it stood still in all (ms): clocks do not run meanwhile. */
  readonly pausedMs: number
  /** When the event is that some steps are due before or after. */
  readonly eventAt: number | null
  readonly lead: PersonId | null
  readonly leadOffer: { readonly to: PersonId; readonly until: number } | null
  readonly roles: Readonly<Partial<Record<RunRole, readonly PersonId[]>>>
  readonly steps: Readonly<Record<StepId, StepState>>
  readonly gates: Readonly<Record<GateId, GateState>>
  /** Codes and numbers that steps were answered with; never words. */
  readonly answers: Readonly<Record<string, string>>
  readonly counts: Readonly<Record<StepId, Count>>
}

/** What can happen to a run; each is a timeline entry of its incident. `late`: when it was due, if the hub was away. */
export type RunEvent =
  | {
      readonly type: 'started'
      readonly protocol: ProtocolId
      readonly rev: string
      readonly eventAt: number | null
      readonly roles: Run['roles']
      readonly undoUntil: number
      /** The proposal that it answers. */
      readonly proposal?: string
    }
  /** It goes on here as it stood where it was begun (`from`): that incident is part of this one now. */
  | { readonly type: 'adopted'; readonly from: IncidentId; readonly state: Run }
  | { readonly type: 'undone' }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  | { readonly type: 'stopped'; readonly why: WhyStopped }
  | { readonly type: 'done' }
  | { readonly type: 'filled'; readonly role: RunRole; readonly people: readonly PersonId[] }
  | { readonly type: 'lead-offered'; readonly to: PersonId; readonly until: number }
  | { readonly type: 'lead-accepted'; readonly from: PersonId | null }
  | { readonly type: 'lead-declined'; readonly to: PersonId }
  | { readonly type: 'lead-expired'; readonly to: PersonId; readonly late?: number }
  | {
      readonly type: 'assigned'
      readonly step: StepId
      readonly people: readonly PersonId[]
      readonly mode: 'any' | 'all'
    }
  /** They left, or gave it back: the step is open to its role again. */
  | { readonly type: 'returned'; readonly step: StepId | null; readonly person: PersonId }
  | {
      readonly type: 'step-done'
      readonly step: StepId
      /** Codes and numbers; words go with the entry. */
      readonly answers?: Readonly<Record<string, string>>
      readonly files?: number
      /** Of several who must all do it: some are left. */
      readonly part?: true
    }
  | { readonly type: 'step-skipped'; readonly step: StepId }
  /** Done or skipped by mistake. */
  | { readonly type: 'step-reopened'; readonly step: StepId }
  | { readonly type: 'step-help'; readonly step: StepId }
  | { readonly type: 'step-held'; readonly step: StepId }
  | { readonly type: 'step-snoozed'; readonly step: StepId; readonly until: number }
  /** Reminded before it is due; `again`: only those are, who asked for it by snoozing, however far it has climbed. */
  | {
      readonly type: 'step-reminded'
      readonly step: StepId
      readonly dueAt: number
      readonly again?: readonly PersonId[]
      readonly late?: number
    }
  /** Overdue (rung 2), or still silent: level by level. */
  | {
      readonly type: 'step-overdue'
      readonly step: StepId
      readonly dueAt: number
      readonly rung: number
      readonly late?: number
    }
  | {
      readonly type: 'gate-answered'
      readonly gate: GateId
      readonly answers: Readonly<Record<string, 'yes' | 'no'>>
      readonly passed: boolean
      /** It was overridden, and stands again: no life is in danger any more. */
      readonly again?: true
    }
  | { readonly type: 'override-asked'; readonly gate: GateId }
  | { readonly type: 'overridden'; readonly gate: GateId; readonly asked: PersonId }
  | CountEvent

/** What a person wants of a run, judged against its present state. Words go with the deed and are sealed. */
export type RunDeed =
  | {
      readonly type: 'start'
      readonly protocol: ProtocolId
      readonly eventAt: number | null
      readonly proposal?: string
    }
  | ({ readonly run: RunId } & Deed)

type Deed =
  | { readonly type: 'undo-start' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'stop'; readonly reason: string }
  | { readonly type: 'fill'; readonly role: RunRole; readonly people: readonly PersonId[] }
  /** Takes the role for oneself, beside those who have it. */
  | { readonly type: 'take-role'; readonly role: RunRole }
  | { readonly type: 'offer-lead'; readonly to: PersonId }
  | { readonly type: 'accept-lead' }
  | { readonly type: 'decline-lead' }
  | {
      readonly type: 'assign'
      readonly step: StepId
      readonly people: readonly PersonId[]
      readonly mode: 'any' | 'all'
    }
  | { readonly type: 'take'; readonly step: StepId }
  | { readonly type: 'give-back'; readonly step: StepId }
  | {
      readonly type: 'do'
      readonly step: StepId
      /** The round that the press saw; another one means that somebody was quicker. */
      readonly times: number
      readonly answers: Readonly<Record<string, string>>
      /** By the id of the question; people's words. */
      readonly texts: Readonly<Record<string, string>>
      readonly note: string
    }
  | { readonly type: 'skip'; readonly step: StepId; readonly times: number; readonly reason: string }
  | { readonly type: 'reopen'; readonly step: StepId; readonly times: number }
  | { readonly type: 'help'; readonly step: StepId; readonly note: string }
  | { readonly type: 'hold'; readonly step: StepId }
  | { readonly type: 'snooze'; readonly step: StepId; readonly minutes: number }
  | {
      readonly type: 'gate'
      readonly gate: GateId
      readonly answers: Readonly<Record<string, 'yes' | 'no'>>
      readonly note: string
    }
  | { readonly type: 'ask-override'; readonly gate: GateId; readonly reason: string }
  | { readonly type: 'agree-override'; readonly gate: GateId }
  | CountDeed

/**
 * A clock of a run: of one step (reminding, overdue, climbing; or, repeating, due anew), of the offered lead, or of a
 * head count or check-in. One of each at most.
 */
export type RunClock = `step:${string}.${string}` | `lead:${string}` | `count:${string}.${string}`

/** True if somebody has a part in a run that goes on: they lead it, are offered that, or have a role or a step. */
export function isNamedIn(runs: readonly Run[], person: PersonId): boolean {
  return openRuns({ runs }).some(
    ({ lead, leadOffer, roles, steps }) =>
      lead === person ||
      leadOffer?.to === person ||
      Object.values(roles).some(people => people.includes(person)) ||
      Object.values(steps).some(step => step.owners.includes(person) && step.state === 'open'),
  )
}

/** The runs of an incident that go on. */
export function openRuns({ runs = [] }: { readonly runs?: readonly Run[] }): readonly Run[] {
  return runs.filter(run => run.status === 'running' || run.status === 'paused')
}

/** What the clock of a step, a lead or a count is called. */
export function runClock(of: 'step' | 'count', run: RunId, step: StepId): RunClock {
  return `${of}:${run}.${step}`
}

/** Which clock of which run and step that is; null for a clock of the incident itself. */
export function readRunClock(
  clock: string,
): { readonly of: 'step' | 'lead' | 'count'; readonly run: RunId; readonly step: StepId } | null {
  const [, of, run, step = ''] = /^(step|lead|count):([^.]+)(?:\.(.+))?$/.exec(clock) ?? []
  return of && run ? { of: of as 'step' | 'lead' | 'count', run: run as RunId, step: step as StepId } : null
}
