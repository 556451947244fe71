/** What a unit of the hub is made of; all paths are absolute. */
export type HubUnit = {
  readonly folder: string
  readonly node: string
  /** The account that it runs under; null for a unit of one's own. */
  readonly user: string | null
  readonly withSignal: boolean
}

/** What a unit of signal-cli-rest-api is made of; `engine` is the absolute path of podman or docker. */
export type SignalUnit = { readonly engine: string; readonly folder: string; readonly port: number }

/** The names that systemd knows the two by. */
export const unitNames = { hub: 'trust-hub.service', signal: 'trust-hub-signal.service' } as const

/** Newer ones answer otherwise to a send; the hub understands both. */
const signalImage = 'docker.io/bbernhard/signal-cli-rest-api:0.100'

/** The unit of the hub: it comes back by itself, may write its data folder only, and has 512 MB. */
export function hubUnit({ folder, node, user, withSignal }: HubUnit): string {
  return unit(
    [
      'Description=Trust Hub',
      `After=network-online.target${withSignal ? ` ${unitNames.signal}` : ''}`,
      `Wants=network-online.target${withSignal ? ` ${unitNames.signal}` : ''}`,
    ],
    [
      ...(user === null ? [] : [`User=${user}`]),
      `WorkingDirectory=${folder}`,
      `ExecStart=${quoted(node)} bot/main.ts`,
      'Restart=always',
      'RestartSec=2',
      // It finishes what is in hand first.
      'TimeoutStopSec=20',
      'MemoryMax=512M',
      'NoNewPrivileges=yes',
      'PrivateTmp=yes',
      // What guards the rest of the machine needs the system's own systemd.
      ...(user === null
        ? []
        : ['ProtectSystem=strict', 'ProtectHome=read-only', `ReadWritePaths=${folder}/data`, 'UMask=0077']),
    ],
    user === null,
  )
}

/** The unit of signal-cli-rest-api: reached from this machine alone, for it asks nobody who they are. */
export function signalUnit({ engine, folder, port }: SignalUnit, own: boolean): string {
  const name = 'trust-hub-signal'
  return unit(
    ['Description=Signal for Trust Hub', 'After=network-online.target', 'Wants=network-online.target'],
    [
      `ExecStartPre=-${quoted(engine)} rm -f ${name}`,
      [
        `ExecStart=${quoted(engine)} run --rm --name ${name} --memory 1g`,
        `-p 127.0.0.1:${port}:8080 -e MODE=json-rpc`,
        `-v ${quoted(`${folder}:/home/.local/share/signal-cli`)} ${signalImage}`,
      ].join(' '),
      `ExecStop=${quoted(engine)} stop ${name}`,
      'Restart=always',
      'RestartSec=5',
    ],
    own,
  )
}

function unit(head: readonly string[], service: readonly string[], own: boolean): string {
  const target = own ? 'default.target' : 'multi-user.target'
  return ['[Unit]', ...head, '', '[Service]', ...service, '', '[Install]', `WantedBy=${target}`, ''].join('\n')
}

// systemd takes a percent sign for one of its own, also between quotes.
function quoted(path: string): string {
  const plain = path.replaceAll('%', '%%')
  return /[\s"\\]/.test(plain) ? `"${plain.replaceAll(/["\\]/g, '\\$&')}"` : plain
}
