import type { Inspection } from '../platform.ts'
import type { PlatformSettings } from '../settings.ts'

/** A chat tool that can be asked how it stands. */
export type Inspected = { readonly tool: keyof PlatformSettings; readonly inspection: Inspection }

/** The names of the tools as people know them. */
export const toolNames: Readonly<Record<Inspected['tool'], string>> = {
  slack: 'Slack',
  discord: 'Discord',
  signal: 'Signal',
}

/** What can be asked of the chat tools that are set up; only their own clients are loaded. */
export async function inspections({ slack, discord, signal }: PlatformSettings): Promise<readonly Inspected[]> {
  const made = await Promise.all([
    slack &&
      import('../slack/inspect.ts').then(({ inspectSlack }) => ({
        tool: 'slack' as const,
        inspection: inspectSlack(slack),
      })),
    discord &&
      import('../discord/inspect.ts').then(({ inspectDiscord }) => ({
        tool: 'discord' as const,
        inspection: inspectDiscord(discord),
      })),
    signal &&
      import('../signal/inspect.ts').then(({ inspectSignal }) => ({
        tool: 'signal' as const,
        inspection: inspectSignal(signal),
      })),
  ])
  return made.filter(one => one !== null)
}
