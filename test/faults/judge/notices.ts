import type { Tool } from '../../journeys/net.ts'
import type { Trouble } from '../plan.ts'
import { coordination, everybody } from '../town.ts'
import type { Check, Evidence } from './verdict.ts'

/** Whatever went wrong in a way that a person could meet is said in chat, with what to do. */
export const notices: Check = async (evidence, { check }) => {
  const said = await everything(evidence)
  for (const { met, notice } of expected) {
    if (met(evidence)) check('a failure is said in chat', notice.test(said), () => `nobody was told ${notice}`)
  }
}

const longMs = 6 * 60_000

/** That tool was away for longer than people are spared. */
const away =
  (tool: Tool) =>
  ({ plan }: Evidence) =>
    plan.steps.some(step => step.kind === 'trouble' && isAway(step.trouble, tool))

function isAway(trouble: Trouble, tool: Tool): boolean {
  return trouble.type === 'down' && trouble.tool === tool && trouble.forMs >= longMs
}

/** The hub met it, as its log says. */
const logged =
  (pattern: RegExp) =>
  ({ log }: Evidence) =>
    pattern.test(log)

const expected: readonly { readonly met: (evidence: Evidence) => boolean; readonly notice: RegExp }[] = [
  { met: away('slack'), notice: /Slack cannot be reached since [\s\S]{0,400}(another tool|call)/ },
  { met: away('discord'), notice: /Discord cannot be reached since [\s\S]{0,400}(another tool|call)/ },
  { met: away('signal'), notice: /(did not hear from Signal|Signal cannot be reached)/ },
  { met: logged(/Signal limits how much the hub may send now/), notice: /Signal limits how much the hub may send/ },
  {
    met: logged(/nobody can tell whether something was sent/),
    notice: /I cannot tell if a message to|may or may not have arrived/,
  },
  {
    // Whoever was received in the end may have read that instead.
    met: evidence => logged(/"asked":"submission","msg":"not kept"/)(evidence) && !everybodyReceived(evidence),
    notice: /NOT received|not sure this was received|saving/i,
  },
]

function everybodyReceived({ diary }: Evidence): boolean {
  return [...diary.filed.values()].every(({ told }) => told === 'received' || told === 'silent')
}

async function everything({ stage, diary }: Evidence): Promise<string> {
  const rooms = [...stage.written('slack', coordination.slack), ...stage.written('signal', coordination.signal)]
  const direct = await Promise.all(
    everybody.flatMap(one =>
      Object.keys(one.accounts).map(tool => stage.someone(one.callsign, tool as never).direct()),
    ),
  )
  return [...rooms, ...diary.pages, ...direct.flat().map(seen => seen.text)].join('\n')
}
