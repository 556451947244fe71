import { accessSync, constants, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { ConfigError } from '../../workflows/errors.ts'
import { searchPath } from '../config.ts'
import { print, run } from './terminal.ts'
import { hubUnit, signalUnit, unitNames } from './units.ts'

type Choices = { readonly signal: boolean; readonly port: number; readonly print: boolean; readonly to?: string }

/** `hub install`. */
export function addInstall(program: Command): void {
  program
    .command('install')
    .description('Have the hub start by itself: writes a systemd unit for it and one for Signal, and says what to do')
    .option('--no-signal', 'without a unit for signal-cli-rest-api')
    .addOption(new Option('--port <port>', 'where Signal answers on this machine').default(8080).argParser(readPort))
    .option('--print', 'only show the units', false)
    .option('--to <folder>', 'write the units into this folder instead')
    .action((choices: Choices) => run(async () => install(choices)))
}

function install({ signal, port, print: only, to }: Choices): boolean {
  const root = userInfo().uid === 0
  const folder = resolve('.')
  const owner = statSync(folder).uid
  const engine = signal ? engineOf() : null
  if (signal && !engine && !only)
    throw new ConfigError(
      'Signal needs podman or docker, and neither is on this machine. Install podman, or leave Signal out: ' +
        'npm run -s hub -- install --no-signal',
    )
  const user = root ? String(owner) : null
  const units = [
    { name: unitNames.hub, text: hubUnit({ folder, node: process.execPath, user, withSignal: signal }) },
    ...(signal
      ? [
          {
            name: unitNames.signal,
            text: signalUnit({ engine: engine ?? '/usr/bin/podman', folder: join(folder, 'data/signal'), port }, !root),
          },
        ]
      : []),
  ]
  if (only) {
    for (const { name, text } of units) print(`# ${name}`, text)
    return true
  }
  const place = to ?? (root ? '/etc/systemd/system' : join(homedir(), '.config/systemd/user'))
  mkdirSync(place, { recursive: true })
  mkdirSync(join(folder, signal ? 'data/signal' : 'data'), { recursive: true, mode: 0o700 })
  for (const { name, text } of units) writeFileSync(join(place, name), text)
  print(
    ...said(
      units.map(one => one.name),
      place,
      root,
      owner === 0 && root,
    ),
  )
  return true
}

function said(names: readonly string[], place: string, root: boolean, ownedByRoot: boolean): readonly string[] {
  const systemctl = root ? 'systemctl' : 'systemctl --user'
  const list = names.join(' ')
  return [
    ...names.map(name => `Written: ${join(place, name)}`),
    '',
    'Start them, now and at every boot:',
    `  ${systemctl} daemon-reload && ${systemctl} enable --now ${list}`,
    ...(root
      ? []
      : [`  loginctl enable-linger ${userInfo().username}      (so that they run while you are logged out)`]),
    'See what they say:',
    `  ${root ? 'journalctl' : 'journalctl --user'} -u ${names[0]} -f`,
    'Remove them; data and keys stay where they are:',
    `  ${systemctl} disable --now ${list} && rm ${names.map(name => join(place, name)).join(' ')}`,
    ...(ownedByRoot
      ? ['', 'This folder belongs to root, and the hub would run as root. Better give it to a user of its own first:']
      : []),
    ...(ownedByRoot ? [`  useradd --system trusthub && chown -R trusthub ${resolve('.')}`] : []),
  ]
}

function engineOf(): string | null {
  const places = searchPath().split(delimiter)
  const found = ['podman', 'docker'].flatMap(name => places.map(place => join(place, name)).filter(isProgram))
  return found[0] ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function readPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new InvalidArgumentError('Use a number to 65535.')
  return port
}
