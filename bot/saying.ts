import { readSay } from '../workflows/wish.ts'
import type { Interaction } from './platform.ts'

/**
 * A direct message that is nothing but STOP or START, as the command that it means wherever people write it; anything
 * else as it is.
 */
export function asSaid(interaction: Interaction): Interaction {
  if (interaction.type !== 'message' || interaction.room !== null || interaction.files.length > 0) return interaction
  const name = readSay(interaction.words)
  if (!name) return interaction
  const { platform, key, account, also, room, message, at, groups, language } = interaction
  const origin = { platform, key, account, room, message, at }
  const known = { ...(also ? { also } : {}), ...(groups ? { groups } : {}), ...(language ? { language } : {}) }
  return { ...origin, ...known, type: 'command', name, words: '' }
}
