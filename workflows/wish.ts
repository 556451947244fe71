import type { Urgency } from './broadcast.ts'
import type { Wishes } from './directory.ts'
import type { PlatformName } from './ids.ts'
import { phrase } from './phrase.ts'
import { plain } from './spoken.ts'
import { type Button, buttonId, type Line } from './view.ts'

type Wishing = { readonly wishes?: Wishes | null }

/** What a word or two, alone in a message to the hub, ask for: no broadcasts any more, or to have them again. */
export function readSay(words: string): 'stop' | 'start' | null {
  const said = plain(words)
  return stops.has(said) ? 'stop' : starts.has(said) ? 'start' : null
}

/** The tool that somebody names, however they write it; null if it is none of the hub's. */
export function readTool(words: string): PlatformName | null {
  return tools.get(plain(words)) ?? null
}

/**
 * How whoever has had enough of broadcasts says so by a press. Under a broadcast it takes for granted that they have
 * never done so before.
 */
export function stopButton({ wishes }: Wishing = {}): Button {
  return { id: buttonId('stop', '', seenOf(wishes?.again)), label: phrase('wish.button-stop') }
}

/** How whoever stopped them at that time (epoch ms) has them again. */
export function startButton(stopped: number): Button {
  return { id: buttonId('start', '', seenOf(stopped)), label: phrase('wish.button-start') }
}

/** The button that has somebody written to on that tool first, who now wishes what their wishes say. */
export function preferButton(platform: PlatformName, { wishes }: Wishing): Button {
  const label = phrase('wish.button-prefer', { tool: phrase(`sight.tool-${platform}`) })
  return { id: buttonId('prefer', platform, wishes?.platform ?? ''), label }
}

/** What a button takes for granted of a moment that a person has said something: nothing if they never did. */
export function seenOf(at: number | undefined): string {
  return at === undefined ? '' : at.toString(36)
}

/**
 * What stands under a broadcast in a direct conversation: how to have no more of them. What saves lives cannot be
 * stopped, so that nothing stands there. `typed`: the tool has no buttons.
 */
export function stopFooter(
  lifeSafety: boolean,
  typed: boolean,
): { readonly lines: readonly Line[]; readonly buttons: readonly Button[] } {
  if (lifeSafety) return { lines: [], buttons: [] }
  return typed
    ? { lines: [{ type: 'note', text: phrase('wish.how-stop') }], buttons: [] }
    : { lines: [], buttons: [stopButton()] }
}

/** True if they wish no broadcasts of that urgency: what saves lives cannot be stopped. */
export function hasStopped({ wishes }: Wishing, urgency: Urgency): boolean {
  return wishes?.stopped !== undefined && urgency !== 'life-safety'
}

const stops = waysOf('stop, stop all, stopall, stop messages, unsubscribe, parar, alto, baja, detener, darse de baja')
const starts = waysOf('start, unstop, start again, subscribe, empezar, empezar de nuevo, reanudar, alta')
const tools: ReadonlyMap<string, PlatformName> = new Map([
  ['slack', 'slack'],
  ['discord', 'discord'],
  ['signal', 'signal'],
  ['workspace', 'workspace'],
  ['practice', 'workspace'],
  ['practica', 'workspace'],
])

function waysOf(list: string): ReadonlySet<string> {
  return new Set(list.split(', '))
}
