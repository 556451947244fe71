import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { ConfigError } from '../../workflows/errors.ts'

/** One thing to look at: `run` says what is well, or throws an Error that says what is wrong and what to do. */
export type Check = { readonly name: string; readonly run: () => Promise<string> | string }

/** Looks at everything in turn and says a line or more for each; true if all is well. */
export async function examine(checks: readonly Check[], print: (line: string) => void): Promise<boolean> {
  const width = Math.max(...checks.map(check => check.name.length))
  let well = true
  for (const { name, run } of checks) {
    const say = (mark: string, words: string) =>
      words.split('\n').forEach((line, at) => {
        print(at === 0 ? `${mark}  ${name.padEnd(width)}  ${line}` : `${' '.repeat(width + 7)}${line}`)
      })
    try {
      say('ok ', await run())
    } catch (error) {
      well = false
      say('NOT', error instanceof Error ? error.message : String(error))
    }
  }
  return well
}

/** That this Node can run TypeScript as it is. */
export function nodeCheck(version: string): Check {
  return {
    name: 'Node',
    run() {
      const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
      if (major > 22 || (major === 22 && minor >= 18)) return version
      throw new ConfigError(
        `${version} is too old. Run the hub through npm, which uses the Node that npm ci installed.`,
      )
    },
  }
}

/** Where links to evidence lead, and who can open them. */
export function addressCheck(publicUrl: string | null): Check {
  return {
    name: 'Address',
    run: () =>
      publicUrl ?? 'links to evidence open on this computer only; set PUBLIC_URL where people reach the hub elsewhere',
  }
}

/** That files can be written into a folder, or the folder be made. */
export function folderCheck(folder: string): Check {
  return {
    name: 'Data folder',
    run() {
      try {
        accessSync(nearest(folder), constants.W_OK | constants.X_OK)
      } catch (cause) {
        throw new ConfigError(`${folder} cannot be written. Give this user the right to write there.`, { cause })
      }
      return existsSync(folder) ? folder : `${folder} (made at the first start)`
    },
  }
}

/** That the key is there and has its shape; `load` throws if it is wrong, `isNew` that no database needs it yet. */
export function keyCheck(
  key: { readonly value: string | undefined; readonly file: string },
  isNew: boolean,
  load: () => unknown,
): Check {
  return {
    name: 'Key',
    run() {
      if (key.value === undefined && isNew && !existsSync(key.file)) return `${key.file} (made at the first start)`
      load()
      if (key.value !== undefined) return 'in HUB_KEY'
      if (process.platform !== 'win32' && (statSync(key.file).mode & 0o077) !== 0) {
        throw new ConfigError(`Others on this machine can read ${key.file}. Run: chmod 600 ${key.file}`)
      }
      return key.file
    },
  }
}

const leastFree = 500 * 1024 * 1024

/** That the disk under a folder has room for a busy week. */
export function diskCheck(folder: string): Check {
  return {
    name: 'Disk',
    run() {
      const { bavail, bsize } = statfsSync(folder)
      const free = bavail * bsize
      const words = `${(free / 1024 ** 3).toFixed(1)} GB free`
      if (free < leastFree) throw new ConfigError(`Only ${words}. Make room: a full disk refuses reports.`)
      return words
    },
  }
}

const mostOffMs = 5_000

/** That this machine's clock agrees with that of a server out there; `asked` gives an address, or null. */
export function clockCheck(address: string | null, now: () => number = Date.now): Check {
  return {
    name: 'Clock',
    async run() {
      if (!address) return 'not compared: no chat tool is connected'
      const before = now()
      const answer = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(5000) }).catch(() => null)
      const said = Date.parse(answer?.headers.get('date') ?? '')
      if (Number.isNaN(said)) return 'not compared: nobody told the time'
      // The header has whole seconds.
      const off = said + 500 - (before + now()) / 2
      if (Math.abs(off) <= mostOffMs) return 'right'
      const seconds = Math.round(Math.abs(off) / 1000)
      throw new ConfigError(
        `${seconds} seconds ${off > 0 ? 'slow' : 'fast'}: Slack refuses what is five minutes off, clocks ring late. ` +
          'Let the machine set it: timedatectl set-ntp true',
      )
    },
  }
}

/** That the outside watcher answers where it is called. */
export function watcherCheck(url: string | null): Check {
  return {
    name: 'Watcher',
    async run() {
      if (url === null) return 'none: set HEARTBEAT_URL, so that somebody is told if the hub dies'
      const { host } = new URL(url)
      const ask = fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) })
      const answer = await ask.catch(cause => {
        throw new ConfigError(`${host} does not answer. Check HEARTBEAT_URL, and that this machine may call it.`, {
          cause,
        })
      })
      await answer.body?.cancel()
      if (answer.ok) return `${host} answers (it took this for a sign of life)`
      throw new ConfigError(`${host} answers with status ${answer.status}. Check HEARTBEAT_URL.`)
    },
  }
}

/** That the hub's port is free, or that a hub answers on it. */
export function portCheck(host: string, port: number): Check {
  return {
    name: 'Port',
    async run() {
      const url = urlOf(host, port)
      if (port === 0) return 'any free port'
      if (await answers(url)) return `a hub answers at ${url}`
      const problem = await listenProblem(host, port)
      if (problem === null) return `${port} is free`
      throw new ConfigError(
        problem === 'EADDRINUSE'
          ? `${port} is taken by another program. Stop it, or set PORT to another number.`
          : `${host}:${port} cannot be used (${problem}). Set HOST and PORT to others.`,
      )
    },
  }
}

/** Where a hub on that host and port is reached by a browser. */
export function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** True if a hub answers at that address within two seconds. */
export async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) })
    return answer.ok && (await answer.text()) === 'up'
  } catch {
    return false
  }
}

function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder))
}

function listenProblem(host: string, port: number): Promise<string | null> {
  return new Promise(done => {
    const probe = createServer()
      .once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
      .listen(port, host, () => probe.close(() => done(null)))
  })
}
