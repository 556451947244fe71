import { hasRole } from '../workflows/directory.ts'
import type { Health } from '../workflows/health.ts'
import { type Actor, actsAs, refusal } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import type { ToolState } from '../workflows/ports.ts'
import { plain } from '../workflows/spoken.ts'
import { type Line, plainView, type View } from '../workflows/view.ts'
import { figureLines, heardText, wellness, wellnessBrief } from '../workflows/wellness.ts'
import { type Command, type Context, defineCommand, type Reply, tell } from './command.ts'

const groups = [
  {
    title: 'reply.help-report',
    names: ['report', 'mine', 'incident', 'update', 'mark', 'withdraw', 'shield', 'whoami', 'hub'],
  },
  {
    title: 'reply.help-response',
    names: ['triage', 'incidents', 'claim', 'join', 'release', 'handover', 'escalate', 'protocol', 'step', 'duty'],
  },
  { title: 'reply.help-ending', names: ['verify', 'resolve', 'dismiss', 'merge', 'reopen'] },
  {
    title: 'reply.help-coordination',
    names: [
      ...(['broadcast', 'sitrep', 'board', 'warning', 'rumour', 'brief', 'agenda'] as const),
      ...(['export', 'delivery', 'drill', 'bind'] as const),
    ],
  },
] as const

/** Makes the command that explains the hub: what this person may do of `commands`, and what the hub is. */
export function hubCommand(commands: () => readonly Command[]): Command {
  return defineCommand({
    name: 'hub',
    summary: 'command.hub',
    usage: 'usage.hub',
    permission: 'anyone',
    about: 'nothing',
    strangers: true,
    opens: 'work',
    private: true,
    subs: { invite: 'invite', invitar: 'invite', board: 'board', tablero: 'board' },
    run: async (request, context) => {
      switch (plain(request.words)) {
        case '':
        case 'help':
        case 'ayuda':
          return help(commands(), context.actor)
        case 'status':
        case 'estado':
          return status(context)
        default:
          return tell('reply.hub-unknown')
      }
    },
  })
}

function help(commands: readonly Command[], actor: Actor): Reply {
  const may = commands.filter(command => command.usage !== undefined && allowed(command, actor))
  const lines = groups.flatMap(({ title, names }): Line[] => {
    const items = names.flatMap(name => may.find(command => command.name === name) ?? [])
    return items.length === 0 ? [] : [{ type: 'strong', text: phrase(title) }, ...items.map(helpLine)]
  })
  return {
    type: 'view',
    private: true,
    view: { tone: 'plain', title: phrase('reply.help-title'), lines, buttons: [] },
  }
}

function helpLine({ name, usage, summary }: Command): Line {
  const params = { name, usage: usage ? phrase(usage) : '', summary: phrase(summary) }
  return { type: 'item', text: phrase(usage === 'usage.none' ? 'reply.help-bare' : 'reply.help-line', params) }
}

// Whoever reported an incident may open it and add to it, though lists are not for them.
function allowed({ about, permission, strangers }: Command, actor: Actor): boolean {
  if (!actor.vetted) return strangers === true
  return (about === 'incident' && permission === 'read') || refusal(permission, actor, null, '') === null
}

async function status({ read, actor, now }: Context): Promise<Reply> {
  const { directory } = read
  const onDuty = new Set(directory.duty.filter(one => one.until > now).map(one => one.person))
  const about = plainView([phrase('reply.status-hub', { network: directory.name })]).lines
  const lines = [
    phrase('reply.status-regions', { regions: directory.regions.map(region => region.name) }),
    phrase('reply.status-duty', { count: onDuty.size }),
  ]
  const reads = actsAs(actor, 'responder') || actsAs(actor, 'leader')
  if (reads) {
    const open = await read.incidents.list({ regions: actor.regions, viewer: actor.id, open: true, limit: 1 })
    lines.push(phrase('reply.status-open', { count: open.total }))
  }
  const isCoordinator = hasRole(actor, 'coordinator', 'admin')
  const health = await read.health()
  const view: View = {
    ...plainView(lines),
    lines: [
      ...about,
      ...(isCoordinator ? wellness(health) : [wellnessBrief(health)]),
      ...plainView(lines).lines,
      ...read.connections.flatMap(state => toolLines(state, isCoordinator, health)),
      ...(isCoordinator ? figureLines(health) : []),
      ...plainView([phrase('reply.status-not')]).lines,
    ],
  }
  return { type: 'view', view, private: true }
}

// What is wrong in the tool's own words is for whoever can do something about it.
function toolLines(state: ToolState, isCoordinator: boolean, health: Health): readonly Line[] {
  const { platform, since, problem } = state
  const tool = phrase(`sight.tool-${platform}`)
  const { lines } = plainView([phrase(`host.status-${state.state}`, { tool, time: { date: since } })])
  if (!isCoordinator) return lines
  const pulse = health.tools.find(one => one.platform === platform)
  const heard = pulse ? heardText(pulse) : null
  const why = problem ? plainView([phrase('host.status-problem', { reason: { words: problem } })]).lines : []
  return [...lines, ...why, ...(heard ? [{ type: 'note', text: heard } as const] : [])]
}
