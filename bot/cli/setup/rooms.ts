import { ConfigError, HubError } from '../../../workflows/errors.ts'
import type { FoundRoom, Inspection } from '../../platform.ts'
import { type Inspected, toolNames } from '../inspections.ts'
import type { Answers, ChosenRoom } from './answers.ts'
import { type Asker, someOf } from './asker.ts'
import { toolsOf } from './tools.ts'

/**
 * Has rooms chosen for every region and purpose that has none yet; `save` keeps each choice.
 * @throws ConfigError where no chat tool is connected
 */
export async function askRooms(answers: Answers, asker: Asker, save: (answers: Answers) => void): Promise<Answers> {
  const { say } = asker
  const tools = await toolsOf(answers)
  if (tools.length === 0) {
    const { slack, discord, signal, ...rest } = answers
    save(rest)
    throw new ConfigError(
      'No chat tool is connected, so there is nothing to set up: npm start runs the practice workspace.',
    )
  }
  const found = new Map<Inspected['tool'], readonly FoundRoom[]>()
  for (const { tool, inspection } of tools) found.set(tool, await listed(inspection, say))
  say('Invite the bot to a room first, and it stands in these lists. Choose by number, several with commas between.')
  let rooms = answers.rooms ?? {}
  for (const purpose of purposes(answers)) {
    const { key, title, none } = purpose
    while (!isChosen(purpose, rooms)) {
      const taken = new Set(Object.values(rooms).flatMap(some => some.map(addressOf)))
      const chosen = await choose(none ? `${title} (none: ${none})` : title, tools, { found, taken }, asker)
      if (chosen.length === 0 && !none) say('  At least one room is needed here.')
      rooms = { ...rooms, [key]: chosen }
      save({ ...answers, rooms })
    }
  }
  return { ...answers, rooms }
}

/** What is chosen from: the rooms that each tool lists, but for those that serve something else already. */
type Offer = {
  readonly found: Map<Inspected['tool'], readonly FoundRoom[]>
  readonly taken: ReadonlySet<string>
}

async function choose(
  title: string,
  tools: readonly Inspected[],
  { found, taken }: Offer,
  { ask, say }: Asker,
): Promise<ChosenRoom[]> {
  const chosen: ChosenRoom[] = []
  for (const { tool, inspection } of tools) {
    for (;;) {
      const rooms = (found.get(tool) ?? []).filter(room => !taken.has(room.address))
      say('', `${title}, in ${toolNames[tool]}:`, ...rooms.map(({ name }, at) => `  ${at + 1}  ${name}`))
      if (rooms.length === 0) say('  The bot is in no other room there yet: invite it, and type "again".')
      const some = await ask('Which? ("again" lists them anew)', { ...someOf(rooms), read: readSome(rooms) })
      if (some !== 'again') {
        chosen.push(...some.map(({ address, name }) => ({ platform: tool, address, name })))
        break
      }
      found.set(tool, await listed(inspection, say))
    }
  }
  return chosen
}

function readSome(rooms: readonly FoundRoom[]): (answer: string) => readonly FoundRoom[] | 'again' {
  const { read } = someOf(rooms)
  return answer => (answer === 'again' ? 'again' : (read(answer) as readonly FoundRoom[]))
}

/** Something that rooms are chosen for; `none` says what holds without one, where it can do without. */
type Purpose = { readonly key: string; readonly title: string; readonly none?: string }

/** Everything that rooms are chosen for, in the order in which it is asked. */
function purposes({ regions = [] }: Answers): readonly Purpose[] {
  const first = regions[0]?.name ?? ''
  return [
    ...regions.map(region => ({
      key: region.code,
      title: `Where incidents of ${region.name} stand`,
      ...(region.state === null ? { none: `${first} takes them` } : {}),
    })),
    { key: 'coordination', title: 'Where coordinators sit, best on two tools, for one may be down' },
    { key: 'leadership', title: 'Where the daily summary goes', none: 'to the coordinators' },
  ]
}

function isChosen({ key, none }: Purpose, rooms: NonNullable<Answers['rooms']>): boolean {
  const chosen = rooms[key]
  return chosen !== undefined && (chosen.length > 0 || none !== undefined)
}

/** Whether rooms were chosen for everything that needs some. */
export function hasAllRooms(answers: Answers): boolean {
  return purposes(answers).every(purpose => isChosen(purpose, answers.rooms ?? {}))
}

const addressOf = ({ address }: FoundRoom) => address

/** The rooms that a tool lists; none, and its reason said, where it cannot. */
export async function listed({ rooms }: Inspection, say: Asker['say']): Promise<readonly FoundRoom[]> {
  try {
    return await rooms()
  } catch (error) {
    if (!(error instanceof HubError)) throw error
    say(`  ${error.message}`)
    return []
  }
}
