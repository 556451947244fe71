import { platformAddresses } from '../../config.ts'
import type { FoundRoom, Inspection } from '../../platform.ts'
import type { PlatformSettings } from '../../settings.ts'
import { examine } from '../checks.ts'
import { type Inspected, inspections } from '../inspections.ts'
import type { Answers } from './answers.ts'
import type { Asker } from './asker.ts'

/** The tools that these answers connect, each to be asked. */
export function toolsOf({ slack, discord, signal }: Answers): Promise<readonly Inspected[]> {
  const addresses = platformAddresses()
  const settings: PlatformSettings = {
    slack: slack ? { ...slack, signingSecret: null, port: 0, apiUrl: addresses.slack } : null,
    discord: discord ? { ...discord, apiUrl: addresses.discord } : null,
    signal: signal ?? null,
  }
  return inspections(settings)
}

/** The one tool that these answers connect. */
export async function toolOf(answers: Pick<Answers, Inspected['tool']>): Promise<Inspection> {
  const [only] = await toolsOf(answers)
  if (!only) throw new Error('nothing was connected')
  return only.inspection
}

/** Tries what must be so and says what was found, a line each; true if all is well. */
export function tried(inspection: Inspection, rooms: readonly FoundRoom[], { say }: Asker): Promise<boolean> {
  return examine(inspection.probes(rooms), line => say(`  ${line}`))
}
