import { type Incident, isOpen, isWaiting } from '../workflows/incident.ts'
import { listLines } from '../workflows/inside.ts'
import { actsAs, maySee } from '../workflows/permission.ts'
import { type PhraseKey, phrase } from '../workflows/phrase.ts'
import type { IncidentFilter, OwnTask } from '../workflows/ports.ts'
import { taskLine } from '../workflows/run/tasks.ts'
import { actorSight } from '../workflows/sight.ts'
import type { Line } from '../workflows/view.ts'
import { type Context, defineCommand, tell } from './command.ts'

// Nine lines with a button each, and four headings, are what the tightest platform shows in one message.
const most = 9
// What one does oneself must not hide what nobody has.
const mostSteps = 5
const mostPlayed = 2
const mostTasks = 50
const lately = 25
const claimedAtOnce = 200

/**
 * What waits for this person: steps of protocols by their hour, handovers offered, claims by the end of their lease,
 * what nobody has, own reports; what an exercise wants of them stands below all that is real.
 */
export const mine = defineCommand({
  name: 'mine',
  summary: 'command.mine',
  usage: 'usage.none',
  permission: 'anyone',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (_, context) => {
    const [tasks, ...sections] = await Promise.all([
      tasksFor(context),
      offered(context),
      claimed(context),
      free(context),
      reported(context),
    ])
    const steps = tasks.filter(isReal).slice(0, mostSteps)
    const played = tasks.filter(one => !isReal(one))
    const kept = Math.min(played.length, mostPlayed)
    let left = most - steps.length - kept
    const others = sections.flatMap(({ title, items }): Line[] => {
      const shown = items.toSorted(realFirst).slice(0, left)
      left -= shown.length
      const heading: Line = { type: 'strong', text: phrase(title) }
      return shown.length === 0 ? [] : [heading, ...listLines(shown, context)]
    })
    const exercise = played.slice(0, Math.min(left + kept, mostSteps))
    const lines = [...stepLines(steps), ...others, ...stepLines(exercise)]
    if (lines.length === 0) return tell('reply.mine-none')
    const shown = steps.length + exercise.length
    const hidden = tasks.filter(task => !steps.includes(task) && !exercise.includes(task))
    const [first] = hidden
    if (first) {
      const params = { count: tasks.length - shown, id: first.incident.id }
      lines.push({ type: 'note', text: phrase('reply.mine-more-steps', params) })
    }
    const count = sections.reduce((sum, { items }) => sum + items.length, 0) - (most - steps.length - kept - left)
    if (count > 0) lines.push({ type: 'note', text: phrase('reply.mine-more', { count }) })
    return {
      type: 'view',
      private: true,
      view: { tone: 'plain', title: phrase('reply.mine-title'), lines, buttons: [] },
    }
  },
})

type Waiting = { readonly incident: Incident; readonly line: Line }

/** Steps of protocols that wait for them, as lines; left out is what may be shown here by its bare facts only. */
async function tasksFor({ actor, read, now }: Context): Promise<readonly Waiting[]> {
  const tasks = await read.tasks.list(actor.id, mostTasks)
  const seen = tasks.filter(({ incident }) => actorSight(incident, actor, read.directory) === 'whole')
  return seen.toSorted(byHour).flatMap(task => {
    const line = taskLine(task, read.taxonomy, now)
    return line ? [{ incident: task.incident, line }] : []
  })
}

function stepLines(waiting: readonly Waiting[]): readonly Line[] {
  if (waiting.length === 0) return []
  return [{ type: 'strong', text: phrase('protocol.mine') }, ...waiting.map(({ line }) => line)]
}

function isReal({ incident }: Pick<Waiting, 'incident'>): boolean {
  return incident.drill === undefined
}

function realFirst(a: Incident, b: Incident): number {
  return Number(a.drill !== undefined) - Number(b.drill !== undefined)
}

/** By the hour due; what has none comes last, as its protocol counts: 9, 10, C1. */
function byHour(a: OwnTask, b: OwnTask): number {
  const [left, right] = [a.dueAt ?? Number.MAX_SAFE_INTEGER, b.dueAt ?? Number.MAX_SAFE_INTEGER]
  return left - right || `${a.run}.${a.step}`.localeCompare(`${b.run}.${b.step}`, 'en', { numeric: true })
}

type Section = { readonly title: PhraseKey; readonly items: readonly Incident[] }

async function offered(context: Context): Promise<Section> {
  const claims = await list(context, { status: ['claimed'], open: true, limit: claimedAtOnce })
  const items = claims.filter(({ handover }) => handover?.to === context.actor.id && handover.until > context.now)
  return { title: 'reply.mine-offered', items }
}

async function claimed(context: Context): Promise<Section> {
  const claims = await list(context, { claimer: context.actor.id, open: true, limit: claimedAtOnce })
  const items = claims.toSorted((a, b) => (a.claim?.until ?? 0) - (b.claim?.until ?? 0))
  return { title: 'reply.mine-claimed', items }
}

async function reported(context: Context): Promise<Section> {
  const reporter = context.actor.id
  const items = await list(context, { reporter, open: true, limit: most + 1 })
  // What they sent as a stranger, before they were known here, may still wait for a person to look at it.
  const waiting = (await list(context, { reporter, limit: lately })).filter(one => isOpen(one) && isWaiting(one))
  return { title: 'reply.mine-reported', items: [...items, ...waiting] }
}

async function free(context: Context): Promise<Section> {
  const { actor } = context
  const mayTake = actsAs(actor, 'responder') || actsAs(actor, 'leader')
  const items = mayTake
    ? await list(context, { status: ['reported'], open: true, regions: actor.regions, limit: most + 1 })
    : []
  return { title: 'reply.mine-free', items }
}

async function list(
  { read, actor }: Context,
  filter: Omit<IncidentFilter, 'viewer' | 'regions'> & Partial<Pick<IncidentFilter, 'regions'>>,
): Promise<readonly Incident[]> {
  const { items } = await read.incidents.list({ regions: 'all', viewer: actor.id, ...filter })
  return items.filter(incident => maySee(actor, incident))
}
