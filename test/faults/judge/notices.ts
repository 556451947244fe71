import { coordination, everybody } from '../town.ts'
import type { Check, Evidence } from './verdict.ts'

/** Whatever went wrong in a way that a person could meet is said in chat, with what to do. */
export const notices: Check = async (evidence, { check }) => {
  const { diary } = evidence
  const said = await everything(evidence)
  const met = (pattern: RegExp) => [...diary.troubles].some(([name, times]) => times > 0 && pattern.test(name))
  for (const { trouble, notice } of expected) {
    if (met(trouble)) check('a failure is said in chat', notice.test(said), () => `${trouble} without ${notice}`)
  }
}

const expected: readonly { readonly trouble: RegExp; readonly notice: RegExp }[] = [
  { trouble: /^down \(slack\)/, notice: /Slack cannot be reached since .*(another tool|call)/ },
  { trouble: /^down \(discord\)/, notice: /Discord cannot be reached since .*(another tool|call)/ },
  {
    trouble: /^down \(signal\)/,
    notice: /(did not hear from Signal|heard nothing from Signal|Signal cannot be reached)/,
  },
  { trouble: /^limited/, notice: /Signal limits how much the hub may send/ },
]

async function everything({ stage }: Evidence): Promise<string> {
  const rooms = [...stage.written('slack', coordination.slack), ...stage.written('signal', coordination.signal)]
  const direct = await Promise.all(
    everybody.flatMap(one =>
      Object.keys(one.accounts).map(tool => stage.someone(one.callsign, tool as never).direct()),
    ),
  )
  return [...rooms, ...direct.flat().map(seen => seen.text)].join('\n')
}
