import type { Region } from '../directory.ts'
import type { DrillId } from '../drill.ts'
import type { ProtocolId, RegionCode } from '../ids.ts'
import { plain } from '../spoken.ts'
import { fastest } from './scenario.ts'

/** What somebody wants of exercises. */
export type Wish =
  | {
      readonly type: 'start'
      readonly protocol: ProtocolId
      readonly region: RegionCode | null
      readonly room: string | null
    }
  | {
      readonly type: 'run'
      readonly name: string
      readonly region: RegionCode | null
      readonly room: string | null
      readonly speed: number | null
    }
  | { readonly type: 'status' | 'unknown' }
  | (Which & { readonly type: 'stop' | 'report' })
  | (Which & { readonly type: 'join' | 'leave' })

/** Which exercise is meant: by its name, or by its region. */
export type Which = { readonly drill: DrillId | null; readonly region: RegionCode | null }

const verbs: Readonly<Record<string, Wish['type']>> = {
  ...{ start: 'start', begin: 'start', empezar: 'start', iniciar: 'start' },
  ...{ run: 'run', play: 'run', correr: 'run', jugar: 'run', ensayar: 'run' },
  ...{ stop: 'stop', end: 'stop', parar: 'stop', detener: 'stop', terminar: 'stop' },
  ...{ status: 'status', estado: 'status' },
  ...{ report: 'report', timing: 'report', informe: 'report' },
  ...{ join: 'join', entrar: 'join', unirme: 'join' },
  ...{ leave: 'leave', salir: 'leave' },
}

/** Reads `start P1 in AZ room arizona-drill`, `run election-day in AZ 12x`, `stop`, in any language of the hub. */
export function readDrill(words: string, regions: readonly Region[]): Wish {
  const [verb = '', ...rest] = words.trim().split(/\s+/)
  if (words.trim() === '') return { type: 'status' }
  const type = verbs[plain(verb)] ?? 'unknown'
  const said = rest.join(' ')
  switch (type) {
    case 'start': {
      const { left, ...where } = placed(said, regions)
      return left === '' ? { type: 'unknown' } : { type, protocol: left.toUpperCase(), ...where }
    }
    case 'run': {
      const fast = /(?:^|\s)(?:at\s+|a\s+)?(\d{1,3})\s*x(?=\s|$)/iu.exec(said)
      const speed = fast ? Math.min(fastest, Math.max(1, Number(fast[1]))) : null
      const { left, ...where } = placed(fast ? said.replace(fast[0], ' ') : said, regions)
      return left === '' ? { type: 'unknown' } : { type, name: left, speed, ...where }
    }
    case 'stop':
    case 'report':
    case 'join':
    case 'leave': {
      const region = regionIn(said.replace(/^(?:in|en)\s+/iu, ''), regions)
      return { type, region, drill: region === null && said !== '' ? said.toLowerCase() : null }
    }
    case 'status':
    case 'unknown':
      return { type }
  }
}

function placed(said: string, regions: readonly Region[]) {
  const roomed = /^(.*?)\s+(?:room|sala)\s+(.+)$/isu.exec(` ${said}`)
  const room = roomed?.[2]?.trim().replace(/^#/, '') ?? null
  const [, left = '', where = ''] = /^(.*?)(?:\s+(?:in|en)\s+(.+))?$/isu.exec((roomed?.[1] ?? said).trim()) ?? []
  return { left: left.trim(), region: regionIn(where, regions), room }
}

function regionIn(words: string, regions: readonly Region[]): RegionCode | null {
  const said = plain(words)
  return regions.find(({ code, name }) => plain(code) === said || plain(name) === said)?.code ?? null
}
