import { circumstancesOf } from '../workflows/broadcast/audience/circumstances.ts'
import type { Counted } from '../workflows/broadcast.ts'
import { phrase } from '../workflows/phrase.ts'
import { mayDecide, sceneOf } from '../workflows/recurring/scene.ts'
import {
  type RecurringScene,
  readRecurringPress,
  recurringList,
  recurringView,
  slugOf,
} from '../workflows/recurring/view.ts'
import type { RecurringDeed } from '../workflows/recurring.ts'
import { plain } from '../workflows/spoken.ts'
import type { View } from '../workflows/view.ts'
import { type Context, type Doing, defineCommand, type Reply, type Request, refuse, shown } from './command.ts'

/** Shows the broadcasts that come again and how each stands; has them approved, rest, and go on. */
export const recurring = defineCommand({
  name: 'recurring',
  summary: 'command.recurring',
  permission: 'lead',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const scenes = await scenesOf(context)
    const { name, verb, digest } = wishOf(request)
    if (name === '') return shown(recurringList(scenes))
    const scene = scenes.find(one => slugOf(one.plan.name) === name)
    if (!scene) return refuse('recurring.unknown')
    const may = mayDecide(context.actor, scene)
    const look = (said?: Parameters<typeof phrase>) => shown(withFirst(viewOf(scene, may, context), said))
    if (verb === 'see') return look()
    if (!may) return refuse('recurring.who-not')
    switch (verb) {
      case 'approve':
        return approve(scene, digest, request, context)
      case 'pause':
      case 'resume': {
        const rests = scene.standing?.pausedAt != null
        if (rests === (verb === 'pause') || !scene.standing) return look()
        const said = phrase(verb === 'pause' ? 'recurring.paused' : 'recurring.resumed')
        return done({ type: verb, name: scene.plan.name }, said)
      }
    }
  },
})

/** Nobody approves what they have not seen, or what has changed since. */
function approve(scene: RecurringScene, digest: string, request: Request, context: Context): Doing | Reply {
  const { meaning, plan, counted, approvals, needs } = scene
  const view = viewOf(scene, true, context)
  if ('problem' in meaning) return shown(view)
  const given = approvals.find(one => one.by === context.actor.id)
  if (scene.cleared) return shown(view)
  if (given) return shown(withFirst(view, ['recurring.already', { time: { date: given.at } }]))
  if (digest !== meaning.digest) return shown(request.from === 'press' ? withFirst(view, ['recurring.changed']) : view)
  const deed: RecurringDeed = { type: 'approve', name: plan.name, digest, ...onlyCounts(counted) }
  const last = approvals.length + 1 >= needs.count && clears(scene, context)
  return done(deed, phrase(last ? 'recurring.approved-last' : 'recurring.approved-first'))
}

function clears(scene: RecurringScene, { actor, now, read }: Context): boolean {
  const { plan, meaning, standing, counted } = scene
  if ('problem' in meaning) return false
  const mine = { by: actor.id, at: now, ...onlyCounts(counted) }
  const known = standing?.digest === meaning.digest ? standing.approvals : []
  const after = { ...unseen(plan.name, meaning.digest, now), approvals: [...known, mine] }
  return sceneOf(plan, after, scene.message, read.directory, scene.about).cleared
}

function done(action: RecurringDeed, said: ReturnType<typeof phrase>): Doing {
  const view: View = { tone: 'plain', title: null, lines: [{ type: 'text', text: said }], buttons: [] }
  return { type: 'do', action: { type: 'recurring', do: action }, say: () => shown(view) }
}

async function scenesOf({ read, now }: Context): Promise<readonly RecurringScene[]> {
  const { directory, connections } = read
  const plans = directory.broadcasts ?? []
  if (plans.length === 0) return []
  const standings = await read.recurring.standings()
  const acquainted = await read.acquainted()
  const about = circumstancesOf({ now, incident: null, drill: null, connections, acquainted })
  return Promise.all(
    plans.map(async plan => {
      const message = plan.message === null ? null : ((await read.library.find(plan.message))?.approved ?? null)
      return sceneOf(plan, standings.get(plan.name) ?? null, message, directory, about)
    }),
  )
}

function viewOf(scene: RecurringScene, may: boolean, { read, actor }: Context): View {
  return recurringView(scene, read.directory, may, actor.language)
}

function withFirst(view: View, said: Parameters<typeof phrase> | undefined): View {
  return said ? { ...view, lines: [{ type: 'strong', text: phrase(...said) }, ...view.lines] } : view
}

function onlyCounts({ people, rooms }: Counted): Counted {
  return { people, rooms }
}

function unseen(name: string, digest: string, since: number) {
  return { name, digest, since, pausedAt: null, pausedBy: null }
}

type Verb = 'see' | 'approve' | 'pause' | 'resume'

const verbs: Readonly<Record<string, Verb>> = {
  ...{ see: 'see', open: 'see', ver: 'see', abrir: 'see', approve: 'approve', aprobar: 'approve' },
  ...{ pause: 'pause', rest: 'pause', pausar: 'pause', resume: 'resume', continue: 'resume', reanudar: 'resume' },
}

/** `weekly check-in`, `weekly check-in pause`, or what was pressed. */
function wishOf({ from, words, assumed }: Request): { readonly name: string; readonly verb: Verb; digest: string } {
  if (from === 'press') {
    const { press, digest } = readRecurringPress(assumed)
    return { name: words.trim(), verb: verbs[press] ?? 'see', digest }
  }
  const [, before = '', last = ''] = /^([\s\S]*?)\s*(\S+)\s*$/u.exec(words.trim()) ?? []
  const verb = before === '' ? undefined : verbs[plain(last)]
  return { name: slugOf((verb ? before : words).trim()), verb: verb ?? 'see', digest: '' }
}
