import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { stringify } from 'yaml'
import type { Answers, ChosenRoom } from './answers.ts'

/** Names with values, as a hub reads them at its start. */
export type Variables = Readonly<Record<string, string>>

/** The variables that a hub with these answers needs. */
export function variablesOf({ slack, discord, signal }: Answers, networkFile: string): Variables {
  return {
    ...(slack ? { SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken } : {}),
    ...(discord ? { DISCORD_TOKEN: discord.token } : {}),
    ...(signal ? { SIGNAL_API_URL: signal.apiUrl, SIGNAL_NUMBER: signal.number } : {}),
    NETWORK_FILE: networkFile,
  }
}

/** Puts variables into a file of them that only its owner can read; lines about others stay as they are. */
export function writeVariables(path: string, variables: Variables): void {
  const before = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
  const kept = before
    .filter(line => !(nameOf(line) in variables))
    .join('\n')
    .trimEnd()
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${quoted(value)}`)
  // Written anew rather than over the old one, so that it is never open to others.
  writeFileSync(`${path}.new`, [...(kept ? [kept] : []), ...lines, ''].join('\n'), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

/** The network file of these answers, as YAML. */
export function networkYaml({ network, regions = [], rooms = {}, strangers = 'refuse' }: Answers): string {
  const roomsOf = (key: string) => (rooms[key] ?? []).map(bound)
  const housed = regions.filter(({ code }) => roomsOf(code).length > 0)
  // Reports from anywhere else must go somewhere.
  const stays = housed.some(({ state }) => state === null)
  const file = {
    network,
    regions: housed.map(({ code, name, zone, state }, at) => ({
      code,
      name,
      zone,
      places: [
        ...(state === null ? [] : [{ state }]),
        ...(state === null || (at === 0 && !stays) ? [{ anywhere: true }] : []),
      ],
      rooms: roomsOf(code),
    })),
    coordination: { rooms: roomsOf('coordination') },
    ...(roomsOf('leadership').length > 0 ? { leadership: { rooms: roomsOf('leadership') } } : {}),
    strangers,
    summaries: [{ name: 'daily', at: '07:00', zone: network?.zone, to: 'leadership', region: 'all' }],
  }
  const head = '# The network as it was set up. It seeds an empty database; from then on the database rules.\n'
  return head + stringify(file, { lineWidth: 0 })
}

const nameOf = (line: string) => /^\s*(?:export\s+)?([A-Z_][A-Z0-9_]*)\s*=/.exec(line)?.[1] ?? ''
const quoted = (value: string) => (/^[\w.:/+=@-]+$/.test(value) ? value : JSON.stringify(value))

// Signal shows nobody else what is said there; the other tools keep it on their servers.
const bound = ({ platform, address, name }: ChosenRoom) => ({
  [platform]: address,
  name,
  ...(platform === 'signal' ? { red: true } : {}),
})
