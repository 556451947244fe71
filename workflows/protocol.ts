import type { GateId, ProtocolId, StepId } from './ids.ts'
import type { InLanguages, Kind, Severity } from './taxonomy.ts'

/**
 * Who does a step: duty officer, regional coordinator, field responder pair, safety officer, verifier, communications
 * lead, liaison, legal adviser, wellbeing lead, leadership, scribe.
 */
export const runRoles = ['DO', 'RC', 'FR', 'SO', 'VE', 'CM', 'LI', 'LG', 'WB', 'LD', 'SC'] as const
/** One of these roles in a run. */
export type RunRole = (typeof runRoles)[number]

/** When a step is due: minutes (negative: before) from the start of the run, from when a step was done, or an event. */
export type Due = {
  readonly from: 'start' | 'event' | { readonly step: StepId }
  readonly minutes: number
}

/** What decides whether a step appears: answers given so far, gates, and facts of the incident. */
export type Condition =
  | { readonly type: 'answer'; readonly ask: string; readonly is: readonly string[] }
  | { readonly type: 'number'; readonly ask: string; readonly over: number }
  | { readonly type: 'gate'; readonly gate: GateId; readonly is: 'passed' | 'refused' | 'open' }
  | { readonly type: 'step'; readonly step: StepId; readonly is: 'done' | 'skipped' | 'open' }
  | { readonly type: 'severity'; readonly atLeast: Severity }
  | { readonly type: 'kind'; readonly in: readonly (Kind | string)[] }
  | { readonly type: 'weapons'; readonly in: readonly string[] }
  | { readonly type: 'credibility'; readonly in: readonly string[] }
  | { readonly type: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly type: 'not'; readonly of: Condition }

/**
 * An answer that a step wants when it is done; its id is unique in the protocol. Choices are kept as codes, numbers as
 * digits; what is typed as text is people's words and decides nothing.
 */
export type Ask = {
  readonly id: string
  readonly text: InLanguages
  readonly type: 'choice' | 'number' | 'text'
  readonly required: boolean
  readonly choices: readonly { readonly code: string; readonly name: InLanguages }[]
}

/** One step: what is done, by whom, by when, and what it needs. */
export type Step = {
  readonly id: StepId
  readonly phase: InLanguages | null
  readonly text: InLanguages
  /** More than fits a line: how to do it. */
  readonly detail: InLanguages | null
  readonly role: RunRole
  /** So many different people must each do it before it is done; absent: one is enough. */
  readonly people?: number | undefined
  readonly due: Due | null
  readonly when: Condition | null
  /** The gate that must be passed before it can be done; the step itself is where it is asked. */
  readonly gate: GateId | null
  readonly asks: readonly Ask[]
  /** Roles that are told when it is done. */
  readonly notify: readonly RunRole[]
  /** Minutes after which it is due anew, from the last time it was done. */
  readonly repeat: number | null
  /** Whether photos or files are wanted with it. */
  readonly evidence: boolean
  /** Whether no later step may be done before it. */
  readonly blocking: boolean
  /** The skill that whoever it is given to must have. */
  readonly skill: string | null
  /** Doing it begins to ask everyone there whether they are safe, or, at that interval (minutes), those deployed. */
  readonly headcount: 'deployed' | 'region' | 'network' | null
  readonly checkin: number | null
}

/** A question of a gate: the answer that it needs; any other blocks the steps behind the gate. */
export type GateQuestion = {
  readonly id: string
  readonly text: InLanguages
  /** `record`: the answer is kept and blocks nothing. */
  readonly needs: 'yes' | 'no' | 'record'
}

/** Yes/no questions that stand before some steps, with what is to be done instead if the answer is no. */
export type Gate = {
  readonly id: GateId
  readonly title: InLanguages
  readonly questions: readonly GateQuestion[]
  /** What follows if it is not passed. */
  readonly refused: InLanguages
  /** What everyone is reminded of when it is asked. */
  readonly note: InLanguages | null
  /** The gate whose "yes" to life in danger lets a second person override this one, with a reason; null: nothing. */
  readonly overriddenBy: GateId | null
}

/** What proposes (or starts by itself) a protocol. Everything given must hold. */
export type Trigger = {
  readonly id: string
  readonly kinds: readonly string[]
  readonly severity: Severity | null
  readonly regions: readonly string[]
  readonly words: Readonly<Record<'en' | 'es', readonly string[]>> | null
  /** So many of them within so many minutes, in one county, one region, or from different counties. */
  readonly count: {
    readonly atLeast: number
    readonly minutes: number
    readonly within: 'county' | 'region' | 'network'
    readonly counties: number
    /** Only those that say much the same count together; absent: rumors from several counties, as `saysSame` has it. */
    readonly alike?: boolean | undefined
  } | null
  /** Nobody has claimed it for so many minutes. */
  readonly unclaimed: number | null
  readonly start: 'propose' | 'itself'
}

/** A checklist with roles, clocks and gates, as a network wrote it. Runs are pinned to `rev`, its very wording. */
export type Protocol = {
  readonly id: ProtocolId
  readonly version: number
  readonly rev: string
  readonly title: InLanguages
  readonly summary: InLanguages
  /** Kinds (`VO-1`) or groups (`VO`) that it is suggested for, nearest first. */
  readonly kinds: readonly string[]
  readonly triggers: readonly Trigger[]
  readonly roles: readonly RunRole[]
  /** Roles that are told of the start. */
  readonly told: readonly RunRole[]
  /** Whether it is about an event at a set time, which is asked for at the start. */
  readonly event: boolean
  readonly steps: readonly Step[]
  /** Steps that stand after all others, the same in each protocol. */
  readonly closing: readonly Step[]
  readonly gates: readonly Gate[]
  /** Hours after its last step by which the after-action note (C4) is due; null: as the closing steps say. */
  readonly reviewHours: number | null
  /** True while nobody of the network has approved it. */
  readonly sample: boolean
}

/** The protocols of a network: those that can be started now, and every wording that a run may be pinned to. */
export type Protocols = {
  readonly current: readonly Protocol[]
  /** The very wording a run is pinned to; null where this process does not know it (yet). */
  find(id: ProtocolId, rev: string): Protocol | null
}

/** All steps of a protocol in order, the closing ones last. */
export function stepsOf(protocol: Protocol): readonly Step[] {
  return [...protocol.steps, ...protocol.closing]
}
