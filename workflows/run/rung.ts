import type { Entry } from '../event.ts'
import type { RunEvent, StepState } from '../run.ts'

/** How far reminding has climbed: nobody yet, reminded before, said to be overdue; then level by level. */
export const rungs = { none: 0, reminded: 1, overdue: 2, backup: 3, region: 4, duty: 5, leaders: 6 } as const

/** What a step is at the begin of each round: nobody was reminded of it, nobody has it in hand. */
export const silent = {
  rung: rungs.none,
  heldBy: null,
  saidAt: null,
  snoozedUntil: null,
  snoozedBy: [],
} as const satisfies Partial<StepState>

/** A step after something that is about reminding of it; the same after anything else. */
export function reminded(state: StepState, on: RunEvent, { at, by }: Pick<Entry, 'at' | 'by'>): StepState {
  switch (on.type) {
    case 'step-reminded':
      return on.again
        ? { ...state, snoozedUntil: null, snoozedBy: [] }
        : { ...state, rung: Math.max(state.rung, rungs.reminded), saidAt: at }
    case 'step-overdue':
      return { ...state, rung: Math.max(state.rung, on.rung), saidAt: at }
    case 'step-held':
      return { ...state, heldBy: by, saidAt: at }
    case 'step-help':
      return { ...state, help: by, saidAt: at }
    case 'step-snoozed':
      return by === null ? state : { ...state, ...snoozed(state, on.until), snoozedBy: [...others(state, by), by] }
    default:
      return state
  }
}

/** A step whose run stood still for so many ms: nobody was silent meanwhile. */
export function rested(state: StepState, ms: number): StepState {
  const { saidAt, snoozedUntil } = state
  return {
    ...state,
    saidAt: saidAt === null ? null : saidAt + ms,
    snoozedUntil: snoozedUntil === null ? null : snoozedUntil + ms,
  }
}

// Who asked to be reminded later than another is reminded with them: sooner than asked harms nobody.
function snoozed({ snoozedUntil }: StepState, until: number): Pick<StepState, 'snoozedUntil'> {
  return { snoozedUntil: snoozedUntil === null ? until : Math.min(snoozedUntil, until) }
}

function others({ snoozedBy }: StepState, by: string) {
  return snoozedBy.filter(person => person !== by)
}
